package dev.faultline.checkers.transactions.graph;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Answers for many pairs of nodes whether one reaches the other, 64 pairs in a pass: each node
 * keeps a bit for each start from which it is reached.
 *
 * <p>A pass goes through the nodes in topological order of their components, so that without cycles
 * one pass is enough.
 */
final class Reachability {

  private final Rows rows;
  private final int way;
  private final int[] order;
  private final long[] reached;

  Reachability(Component component, CycleClass wanted) {
    this.rows = component.rows();
    this.way = wanted.way();
    int[] number = component.within(new CycleClass(wanted.anomaly(), way, 0, way, false));
    this.order =
        IntStream.range(0, component.size())
            .boxed()
            .sorted(Comparator.comparingInt(node -> -number[node]))
            .mapToInt(Integer::intValue)
            .toArray();
    this.reached = new long[component.size()];
  }

  /** Keeps of {@code edges} those from whose end their beginning can be reached. */
  int[] closing(int[] froms, int[] tos, Deadline deadline) {
    int[] kept = new int[froms.length];
    int count = 0;
    for (int first = 0; first < froms.length && !deadline.isOver(); first += Long.SIZE) {
      int last = Math.min(froms.length, first + Long.SIZE);
      Arrays.fill(reached, 0);
      for (int i = first; i < last; i++) {
        reached[tos[i]] |= 1L << i;
      }
      spread();
      for (int i = first; i < last; i++) {
        if ((reached[froms[i]] & 1L << i) != 0) {
          kept[count++] = i;
        }
      }
    }
    return Arrays.copyOf(kept, count);
  }

  private void spread() {
    boolean changed = true;
    while (changed) {
      changed = false;
      for (int node : order) {
        long bits = reached[node];
        if (bits == 0) {
          continue;
        }
        for (int edge = rows.start(node); edge < rows.end(node); edge++) {
          int target = rows.target(edge);
          if ((rows.kinds(edge) & way) != 0 && (reached[target] | bits) != reached[target]) {
            reached[target] |= bits;
            changed = true;
          }
        }
      }
    }
  }
}

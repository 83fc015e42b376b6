package dev.faultline.checkers.transactions.graph;

import java.util.Arrays;

/**
 * Answers for 64 transactions in one pass which of them can be reached from where their own edges
 * lead.
 *
 * <p>Each strong component of the way back keeps a bit for each transaction whose edges lead into
 * it. A pass hands the bits on in topological order, so that one is enough.
 */
final class Reachability {

  private final Component component;
  private final Rows rows;
  private final CycleClass wanted;
  private final Starts starts;
  private final Deadline deadline;

  /** The strong component of each node; edges lead to smaller numbers. */
  private final int[] number;

  /** The nodes by their component, those that nothing leads into first. */
  private final int[] order;

  /** For each component, the bits of those that reach it. */
  private final long[] reached;

  /** For each node, the bits of those whose cycle must not start with an edge to it. */
  private final long[] barred;

  private final long[] before;

  Reachability(Component component, CycleClass wanted, Starts starts, Deadline deadline) {
    this.component = component;
    this.rows = component.rows();
    this.wanted = wanted;
    this.starts = starts;
    this.deadline = deadline;
    int way = wanted.way();
    this.number = component.within(new CycleClass(wanted.anomaly(), way, 0, way, false));
    this.order = sortByComponent();
    this.reached = new long[rows.nodes()];
    this.barred = new long[rows.nodes()];
    this.before = new long[component.junctions()];
  }

  private int[] sortByComponent() {
    int[] places = new int[number.length + 1];
    for (int each : number) {
      places[number.length - each]++;
    }
    for (int i = 0; i < number.length; i++) {
      places[i + 1] += places[i];
    }
    int[] sorted = new int[number.length];
    for (int node = 0; node < number.length; node++) {
      sorted[places[number.length - number[node] - 1]++] = node;
    }
    return sorted;
  }

  /** Returns about how many steps a pass takes. */
  int steps() {
    return rows.nodes() + rows.edges();
  }

  /**
   * Returns a bit for each of {@code origins}, of 64 at most, that a cycle leads back to.
   *
   * @throws OutOfTimeException if the deadline comes first
   */
  long closing(int[] origins, int first, int last) {
    Arrays.fill(reached, 0);
    Arrays.fill(barred, 0);
    Arrays.fill(before, 0);
    for (int i = first; i < last; i++) {
      start(origins[i], 1L << i);
    }
    crossJunctions();
    for (int node : order) {
      long bits = reached[number[node]];
      if (bits != 0) {
        for (int edge = rows.start(node); edge < rows.end(node); edge++) {
          deadline.check();
          if (wanted.isOnWay(rows.kinds(edge))) {
            reached[number[rows.target(edge)]] |= bits;
          }
        }
      }
    }
    long closing = 0;
    for (int i = first; i < last; i++) {
      closing |= reached[number[origins[i]]] & 1L << i;
    }
    return closing;
  }

  private void start(int origin, long bit) {
    barred[origin] |= bit;
    for (int edge = rows.start(origin); edge < rows.end(origin); edge++) {
      int target = rows.target(edge);
      if ((rows.kinds(edge) & wanted.lacks()) != 0) {
        barred[target] |= bit;
      } else if (starts.canStart(origin, edge) && component.isJunction(target)) {
        before[target - component.size()] |= bit;
      } else if (starts.canStart(origin, edge)) {
        reached[number[target]] |= bit;
      }
    }
  }

  private void crossJunctions() {
    for (int i = 0; i < before.length; i++) {
      if (before[i] != 0) {
        int junction = component.size() + i;
        for (int edge = rows.start(junction); edge < rows.end(junction); edge++) {
          deadline.check();
          int target = rows.target(edge);
          reached[number[target]] |= before[i] & ~barred[target];
        }
      }
    }
  }
}

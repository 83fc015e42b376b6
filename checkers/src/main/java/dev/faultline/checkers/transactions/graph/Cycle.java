package dev.faultline.checkers.transactions.graph;

import dev.faultline.checkers.transactions.models.Anomaly;
import java.util.Arrays;

/**
 * A cycle of dependencies: {@code kind(i)} leads from {@code node(i)} to {@code node(i + 1)}, the
 * last one back to {@code node(0)}. No transaction is in it twice. Immutable.
 */
public final class Cycle {

  private final Anomaly anomaly;
  private final int[] nodes;
  private final int[] kinds;

  Cycle(Anomaly anomaly, int[] nodes, int[] kinds) {
    this.anomaly = anomaly;
    this.nodes = nodes.clone();
    this.kinds = kinds.clone();
  }

  /** Returns what this cycle is. */
  public Anomaly anomaly() {
    return anomaly;
  }

  /** Returns how many transactions it joins. */
  public int length() {
    return nodes.length;
  }

  /** Returns the transaction at {@code place}, counted around the cycle. */
  public int node(int place) {
    return nodes[place % nodes.length];
  }

  /** Returns the single kind of {@link Dependency} from {@code place} to the next. */
  public int kind(int place) {
    return kinds[place];
  }

  /** Tells whether no transaction is in it twice. */
  boolean isSimple() {
    return Arrays.stream(nodes).distinct().count() == nodes.length;
  }

  /**
   * Returns this cycle with neighbouring edges of real time, or of one process, joined: both orders
   * are transitive, and only their direct successors are edges.
   */
  Cycle joined() {
    int length = nodes.length;
    int first = 0; // Begin where nothing is joined across the seam.
    while (first < length && joins(kinds[(first + length - 1) % length], kinds[first])) {
      first++;
    }
    int[] keptNodes = new int[length];
    int[] keptKinds = new int[length];
    int kept = 0;
    for (int i = 0; i < length; i++) {
      int at = (first + i) % length;
      if (kept == 0 || !joins(keptKinds[kept - 1], kinds[at])) {
        keptNodes[kept] = nodes[at];
        keptKinds[kept++] = kinds[at];
      }
    }
    return new Cycle(anomaly, Arrays.copyOf(keptNodes, kept), Arrays.copyOf(keptKinds, kept));
  }

  private static boolean joins(int kind, int next) {
    return kind == next && (kind == Dependency.REALTIME || kind == Dependency.PROCESS);
  }

  @Override
  public String toString() {
    StringBuilder out = new StringBuilder(anomaly.word()).append(':');
    for (int i = 0; i < nodes.length; i++) {
      out.append(' ').append(nodes[i]).append(" -").append(Dependency.word(kinds[i])).append("->");
    }
    return out.append(' ').append(nodes[0]).toString();
  }
}

package dev.faultline.checkers.linearizability;

/** Counts how many spans lie over each moment (a segment tree with counts that are passed down). */
final class Coverage {

  private final int leaves;
  private final int[] added;
  private final int[] least;
  private final int[] most;

  /** Creates a count for each moment from 0 to {@code end}, at first 0. */
  Coverage(int end) {
    int size = 1;
    while (size <= end + 1) {
      size *= 2;
    }
    leaves = size;
    added = new int[2 * size];
    least = new int[2 * size];
    most = new int[2 * size];
  }

  /** Adds {@code by} to the moments from {@code from} to {@code to}. */
  void add(int from, int to, int by) {
    if (from <= to) {
      add(1, 0, leaves - 1, from, to, by);
    }
  }

  private void add(int node, int low, int high, int from, int to, int by) {
    if (from <= low && high <= to) {
      added[node] += by;
      least[node] += by;
      most[node] += by;
      return;
    }
    int middle = (low + high) >>> 1;
    if (from <= middle) {
      add(2 * node, low, middle, from, to, by);
    }
    if (to > middle) {
      add(2 * node + 1, middle + 1, high, from, to, by);
    }
    least[node] = Math.min(least[2 * node], least[2 * node + 1]) + added[node];
    most[node] = Math.max(most[2 * node], most[2 * node + 1]) + added[node];
  }

  /** Returns the first moment, not before {@code from}, that is covered, or that is not. */
  int next(int from, boolean covered) {
    int found = next(1, 0, leaves - 1, from, 0, covered);
    return found < 0 ? leaves : found;
  }

  private int next(int node, int low, int high, int from, int above, boolean covered) {
    if (high < from || (covered ? most[node] + above <= 0 : least[node] + above > 0)) {
      return -1;
    }
    if (low == high) {
      return low;
    }
    int middle = (low + high) >>> 1;
    int left = next(2 * node, low, middle, from, above + added[node], covered);
    return left >= 0
        ? left
        : next(2 * node + 1, middle + 1, high, from, above + added[node], covered);
  }
}

package dev.faultline.checkers.linearizability;

import java.util.Arrays;

/** A number at each place, with the next place at which it is small (a segment tree of minima). */
final class LeastTree {

  private final int leaves;
  private final int[] least;

  /** Creates a tree for places from 0 to {@code end}, each with a number that is never small. */
  LeastTree(int end) {
    int size = 1;
    while (size <= end) {
      size *= 2;
    }
    leaves = size;
    least = new int[2 * size];
    Arrays.fill(least, Integer.MAX_VALUE);
  }

  void set(int place, int number) {
    int node = leaves + place;
    least[node] = number;
    for (node /= 2; node > 0; node /= 2) {
      least[node] = Math.min(least[2 * node], least[2 * node + 1]);
    }
  }

  /**
   * Returns the first place from {@code from} to {@code to} with a number below {@code bound}, or
   * -1.
   */
  int next(int from, int to, int bound) {
    return next(1, 0, leaves - 1, from, to, bound);
  }

  private int next(int node, int low, int high, int from, int to, int bound) {
    if (high < from || low > to || least[node] >= bound) {
      return -1;
    }
    if (low == high) {
      return low;
    }
    int middle = (low + high) >>> 1;
    int left = next(2 * node, low, middle, from, to, bound);
    return left >= 0 ? left : next(2 * node + 1, middle + 1, high, from, to, bound);
  }
}

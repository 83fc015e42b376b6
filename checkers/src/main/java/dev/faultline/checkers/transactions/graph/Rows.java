package dev.faultline.checkers.transactions.graph;

import java.util.Arrays;

/**
 * Edges row by row: those that leave node {@code n} are numbered {@code start(n)} to {@code
 * end(n)}, in the order of their targets.
 */
final class Rows {

  private final int[] starts;
  private final int[] targets;
  private final byte[] kinds;

  Rows(int[] starts, int[] targets, byte[] kinds) {
    this.starts = starts;
    this.targets = targets;
    this.kinds = kinds;
  }

  int nodes() {
    return starts.length - 1;
  }

  int edges() {
    return targets.length;
  }

  int start(int node) {
    return starts[node];
  }

  int end(int node) {
    return starts[node + 1];
  }

  int target(int edge) {
    return targets[edge];
  }

  /** Returns the edge from {@code node} to {@code target}, or less than 0. */
  int find(int node, int target) {
    return Arrays.binarySearch(targets, start(node), end(node), target);
  }

  int kinds(int edge) {
    return kinds[edge];
  }
}

package dev.faultline.checkers.transactions.graph;

/** A directed graph as {@link StrongComponents} needs it. */
interface Digraph {

  /** Returns how many nodes there are. */
  int nodes();

  /** Returns how many places for successors {@code node} has. */
  int places(int node);

  /** Returns the successor of {@code node} at {@code place}, or -1 if there is none there. */
  int successor(int node, int place);
}

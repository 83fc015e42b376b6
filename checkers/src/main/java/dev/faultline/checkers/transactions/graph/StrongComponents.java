package dev.faultline.checkers.transactions.graph;

import java.util.Arrays;

/**
 * Numbers the strongly connected components of a graph: Tarjan's algorithm (SIAM J. Comput. 1972)
 * with its stack on the heap.
 *
 * <p>Components are numbered in the order in which they are finished, which is a reverse
 * topological order: edges between components lead to smaller numbers.
 */
final class StrongComponents {

  private static final int UNSEEN = 0;

  private final Digraph graph;
  private final Deadline deadline;
  private final int[] component;
  private final int[] low;
  private final int[] stack;
  private int stackSize;
  private int[] callNode = new int[64];
  private int[] callPlace = new int[64];

  /** The number that each node under way got when it was entered; its lowlink may sink below. */
  private int[] callNumber = new int[64];

  private int calls;
  private int nextNumber = 1;
  private int count;

  private StrongComponents(Digraph graph, Deadline deadline) {
    this.graph = graph;
    this.deadline = deadline;
    this.component = new int[graph.nodes()];
    this.low = new int[graph.nodes()];
    this.stack = new int[graph.nodes()];
    Arrays.fill(component, -1);
  }

  /** Returns the number of each node's component in a graph of a few nodes. */
  static int[] of(Digraph graph) {
    return of(graph, Deadline.never());
  }

  /**
   * Returns the number of each node's component.
   *
   * @throws OutOfTimeException if {@code deadline} comes first
   */
  static int[] of(Digraph graph, Deadline deadline) {
    StrongComponents search = new StrongComponents(graph, deadline);
    for (int node = 0; node < graph.nodes(); node++) {
      if (search.low[node] == UNSEEN) {
        search.visit(node);
      }
    }
    return search.component;
  }

  private void visit(int root) {
    enter(root);
    while (calls > 0) {
      deadline.check();
      int node = callNode[calls - 1];
      if (callPlace[calls - 1] < graph.places(node)) {
        advance(node, graph.successor(node, callPlace[calls - 1]++));
      } else {
        leave(node);
      }
    }
  }

  private void advance(int node, int successor) {
    if (successor < 0 || component[successor] >= 0) {
      return;
    }
    if (low[successor] == UNSEEN) {
      enter(successor);
    } else {
      // Lowlinks share one array with numbers: any number on the stack below ours will do.
      low[node] = Math.min(low[node], low[successor]);
    }
  }

  private void enter(int node) {
    if (calls == callNode.length) {
      callNode = Arrays.copyOf(callNode, calls * 2);
      callPlace = Arrays.copyOf(callPlace, calls * 2);
      callNumber = Arrays.copyOf(callNumber, calls * 2);
    }
    callNode[calls] = node;
    callPlace[calls] = 0;
    callNumber[calls] = nextNumber;
    calls++;
    stack[stackSize++] = node;
    low[node] = nextNumber++;
  }

  private void leave(int node) {
    calls--;
    int lowest = low[node];
    if (lowest == callNumber[calls]) {
      int member;
      do {
        member = stack[--stackSize];
        component[member] = count;
      } while (member != node);
      count++;
    }
    if (calls > 0 && component[node] < 0) {
      int caller = callNode[calls - 1];
      low[caller] = Math.min(low[caller], lowest);
    }
  }
}

package dev.faultline.checkers.transactions.graph;

import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** The edges of a component that can start a cycle of a class, by the transactions they leave. */
final class Starts {

  private final Component component;
  private final Rows rows;
  private final CycleClass wanted;

  /** The components that remain for the class, of nodes or of states of nodes. */
  private final int[] within;

  private final Deadline deadline;

  Starts(Component component, CycleClass wanted, int[] within, Deadline deadline) {
    this.component = component;
    this.rows = component.rows();
    this.wanted = wanted;
    this.within = within;
    this.deadline = deadline;
  }

  /** Returns the transactions that an edge leaves which can start a cycle. */
  int[] origins() {
    return IntStream.range(0, component.size())
        .filter(node ->
            IntStream.range(rows.start(node), rows.end(node))
                .anyMatch(edge -> canStart(node, edge)))
        .toArray();
  }

  /** Tells whether {@code edge} of {@code origin}, perhaps to a junction, can start a cycle. */
  boolean canStart(int origin, int edge) {
    deadline.check();
    return wanted.canStart(rows.kinds(edge)) && mayClose(origin, rows.target(edge));
  }

  /** Visits the transactions that {@code edge}, which can start a cycle, leads to. */
  void visit(int origin, int edge, IntConsumer visitor) {
    int target = rows.target(edge);
    if (!component.isJunction(target)) {
      visitor.accept(target);
      return;
    }
    for (int beyond = rows.start(target); beyond < rows.end(target); beyond++) {
      if (canStartTo(origin, rows.target(beyond))) {
        visitor.accept(rows.target(beyond));
      }
    }
  }

  /** Tells whether a cycle can start over a junction between {@code origin} and {@code target}. */
  boolean canStartTo(int origin, int target) {
    deadline.check();
    return origin != target && mayClose(origin, target) && !isLacking(origin, target);
  }

  private boolean isLacking(int origin, int target) {
    int direct = rows.find(origin, target);
    return direct >= 0 && (rows.kinds(direct) & wanted.lacks()) != 0;
  }

  /** Tells whether beginning and end of an edge are in one of the components looked at. */
  private boolean mayClose(int from, int to) {
    return within.length == rows.nodes()
        ? within[from] == within[to]
        : within[2 * from] == within[2 * to + 1];
  }
}

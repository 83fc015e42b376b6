package dev.faultline.checkers.linearizability;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Finds an order of one key's operations to show to somebody.
 *
 * <p>Most algorithms of single objects decide by making an order: locks, queues, stacks, growing
 * sets and registers whose values are unique. Those that only refute (counters, versions,
 * revisions) and those that have no answer leave it to the search. That one can take more time or
 * memory than there is left, where the verdict needed a part of it; then no order is shown.
 *
 * <p>Parts of an object that are independent of each other are searched one by one, and their
 * orders merged by the moments at which the operations take effect (linearizability is local:
 * Herlihy &amp; Wing 1990).
 *
 * <p>Whatever was found is replayed through the model before it is shown.
 */
final class ShownOrder {

  private final Operations operations;
  private final Limits limits;

  private ShownOrder(Operations operations, Limits limits) {
    this.operations = operations;
    this.limits = limits;
  }

  /**
   * Returns an order of {@code operations} as indexes of their invocations, without those that need
   * not have happened; none if there is none, or if the limits do not suffice to find one.
   */
  static Optional<int[]> of(Operations operations, Limits limits) {
    try {
      ShownOrder shown = new ShownOrder(operations, limits);
      return shown
          .found()
          .filter(shown::isOrder)
          .map(order -> Arrays.stream(order).map(operations::invocation).toArray());
    } catch (BudgetSpentException | OutOfMemoryError _) {
      // There is nothing to show, but the verdict stays.
      return Optional.empty();
    }
  }

  private Optional<int[]> found() {
    return switch (operations.space().specialist().decide(operations)) {
      case Specialist.Ordered ordered -> Optional.of(ordered.order().get());
      case Specialist.Contradiction _ -> Optional.empty();
      case Specialist.Undecided _ -> searched(Linearization.parts(operations));
    };
  }

  private Optional<int[]> searched(List<Operations> parts) {
    long[] byMoment = new long[operations.size()];
    int[] placed = new int[operations.size()];
    int count = 0;
    for (Operations part : parts) {
      Optional<int[]> order = Search.order(part, limits);
      if (order.isEmpty()) {
        return Optional.empty();
      }
      int moment = 0;
      for (int invocation : order.get()) {
        moment = Math.max(moment, invocation);
        byMoment[count] = (long) moment << Integer.SIZE | count;
        placed[count++] = operations.invokedAt(invocation);
      }
    }
    Arrays.sort(byMoment, 0, count);
    return Optional.of(
        Arrays.stream(byMoment, 0, count).mapToInt(key -> placed[(int) key]).toArray());
  }

  /**
   * Tells whether {@code order} is one: it agrees with real time, with all answers, and is whole.
   */
  private boolean isOrder(int[] order) {
    boolean[] placed = new boolean[operations.size()];
    int latest = -1;
    for (int operation : order) {
      if (placed[operation] || operations.completion(operation) < latest) {
        return false;
      }
      placed[operation] = true;
      latest = Math.max(latest, operations.invocation(operation));
    }
    for (int i = 0; i < placed.length; i++) {
      if (!placed[i] && !operations.isOpenEnded(i)) {
        return false;
      }
    }
    return operations.space().accepts(operations, order, limits);
  }
}

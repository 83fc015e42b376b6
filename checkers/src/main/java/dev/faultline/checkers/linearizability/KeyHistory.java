package dev.faultline.checkers.linearizability;

import dev.faultline.checkers.history.History;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The operations of one key, by invocation, with all that is needed to explain a violation.
 *
 * @param key the key, or null where the workload has none
 * @param operations those that constrain an order or may take effect
 * @param failed those that definitely did not happen; kept because their values may still show up
 */
record KeyHistory(@Nullable String key, List<Operation> operations, List<Operation> failed) {

  /** Gathers the operations of one key, whose {@code invocations} are given. */
  static KeyHistory of(History history, Model<?> model, int[] invocations) {
    return of(history, model, invocations, Limits.NONE);
  }

  /**
   * Gathers the operations of one key, whose {@code invocations} are given.
   *
   * @throws BudgetSpentException if the time is up
   */
  static KeyHistory of(History history, Model<?> model, int[] invocations, Limits limits) {
    Recorded recorded = new Recorded(history, model);
    List<Operation> operations = new ArrayList<>();
    List<Operation> failed = new ArrayList<>();
    int steps = 0;
    for (int invocation : invocations) {
      limits.look(steps++);
      Operation operation = recorded.operation(invocation);
      if (recorded.isDefiniteFailure(invocation)) {
        failed.add(operation);
      } else if (!(operation.isOpenEnded() && model.isReadOnly(operation.call()))) {
        operations.add(operation);
      }
      if (operation.call().answer() == Call.Answer.REFUSED) {
        // Should what it would have written be seen all the same, this is where it came from.
        failed.add(
            new Operation(invocation, operation.completion(), operation.call().unanswered()));
      }
    }
    return new KeyHistory(history.key(invocations[0]), operations, failed);
  }

  /** Returns the operation whose completion is event {@code completion}. */
  Operation completedBy(int completion) {
    return operations.stream()
        .filter(operation -> operation.completion() == completion)
        .findFirst()
        .orElseThrow();
  }
}

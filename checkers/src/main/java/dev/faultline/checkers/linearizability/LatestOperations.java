package dev.faultline.checkers.linearizability;

import java.util.ArrayList;
import java.util.List;

/**
 * The latest operations of a long history of one register, such that what came before them cannot
 * have been seen by any of them.
 *
 * <p>Kept are the operations that were in flight since some moment, and all that never completed.
 * Of them, those that only observe are kept if a write that is kept was invoked after that moment
 * and completed before they were invoked: it hides whatever completed before that moment. So if any
 * order of all operations is an order of {@code model}, leaving the others out of it gives one too.
 * The model is {@link Relaxed}, so that hardly a write observes; where one does that can neither be
 * left out, because others may see it, nor be kept, because it may see what is left out, there is
 * no such part.
 */
final class LatestOperations {

  /**
   * Some of the latest operations.
   *
   * @param operations the operations, by invocation; none if they cannot be told apart from others
   * @param since the event before which everything that completed is hidden from them
   */
  record Latest(List<Operation> operations, int since) {}

  private final Relaxed<?> model;
  private final List<Operation> operations;
  private final Operation blocked;

  LatestOperations(Relaxed<?> model, List<Operation> operations, Operation blocked) {
    this.model = model;
    this.operations = operations;
    this.blocked = blocked;
  }

  /** Returns the operations since the {@code count}-th last before {@code blocked}. */
  Latest last(int count) {
    int since = operations.get(Math.max(0, operations.indexOf(blocked) - count)).invocation();
    List<Operation> latest =
        operations.stream().filter(operation -> operation.completion() >= since).toList();
    int hidden =
        latest.stream()
            .filter(operation -> operation.invocation() >= since && isWrite(operation))
            .mapToInt(Operation::completion)
            .min()
            .orElse(Operation.NEVER);
    List<Operation> kept = new ArrayList<>();
    for (Operation operation : latest) {
      if (!observes(operation) || hidden < operation.invocation()) {
        kept.add(operation);
      } else if (isWrite(operation)) {
        return new Latest(List.of(), since);
      }
    }
    return new Latest(kept, since);
  }

  private boolean observes(Operation operation) {
    RegisterAccess access = model.access(operation.call());
    return access == null || access.needs() != null || access.refutes() != null;
  }

  private boolean isWrite(Operation operation) {
    RegisterAccess access = model.access(operation.call());
    return access != null && access.leaves() != null;
  }
}

package dev.faultline.checkers.linearizability;

import dev.faultline.checkers.json.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Leaves out indeterminate writes to a register that cannot matter.
 *
 * <p>An indeterminate operation may always be taken as not having happened; the question is when
 * nothing is lost by it. Take any linearization and look at the operations between an indeterminate
 * write of {@code v} and the next change. None of them needs {@code v} if no operation of the
 * history does; then only a refusal (a compare-and-set that found another value than it expected)
 * can tell that {@code v} was there. So the write may be left out
 *
 * <ul>
 *   <li>if no operation needs {@code v} and no refusal completes after the write's invocation, or
 *   <li>if it is a compare-and-set that expects a value which nobody leaves.
 * </ul>
 *
 * <p>Leaving one out can free another, so this is repeated until nothing changes. Of the writes
 * that stay because of refusals, those whose value no operation names are interchangeable: all are
 * given the call of the first, and the search treats them as identical.
 */
final class Unobserved {

  private final Model<?> model;
  private final Json initial;
  private final Set<Json> needed = new HashSet<>();
  private final Set<Json> refuted = new HashSet<>();
  private final Set<Json> left = new HashSet<>();
  private int lastRefusal = -1;

  private Unobserved(Model<?> model, Json initial) {
    this.model = model;
    this.initial = initial;
  }

  /** Returns {@code operations} without those that cannot matter; all of them if no register. */
  static List<Operation> leaveOut(Model<?> model, List<Operation> operations) {
    if (!(model.initial() instanceof Json initial)
        || operations.stream().anyMatch(operation -> model.access(operation.call()) == null)) {
      return operations;
    }
    List<Operation> kept = operations;
    while (true) {
      Unobserved unobserved = new Unobserved(model, initial);
      unobserved.survey(kept);
      List<Operation> smaller = kept.stream().filter(o -> !unobserved.cannotMatter(o)).toList();
      if (smaller.size() == kept.size()) {
        return unobserved.unify(kept);
      }
      kept = smaller;
    }
  }

  private void survey(List<Operation> operations) {
    left.add(initial);
    for (Operation operation : operations) {
      RegisterAccess access = access(operation);
      addIfPresent(needed, access.needs());
      addIfPresent(left, access.leaves());
      if (access.refutes() != null) {
        refuted.add(access.refutes());
        lastRefusal = Math.max(lastRefusal, operation.completion());
      }
    }
  }

  private boolean cannotMatter(Operation operation) {
    if (!operation.isOpenEnded()) {
      return false;
    }
    RegisterAccess access = access(operation);
    if (access.needs() != null && !left.contains(access.needs())) {
      return true;
    }
    return !needed.contains(access.leaves()) && lastRefusal < operation.invocation();
  }

  private List<Operation> unify(List<Operation> operations) {
    List<Operation> unified = new ArrayList<>(operations.size());
    Call first = null;
    for (Operation operation : operations) {
      if (!isAnonymous(operation)) {
        unified.add(operation);
        continue;
      }
      if (first == null) {
        first = operation.call();
      }
      unified.add(new Operation(operation.invocation(), operation.completion(), first));
    }
    return unified;
  }

  private boolean isAnonymous(Operation operation) {
    RegisterAccess access = access(operation);
    return operation.isOpenEnded()
        && access.needs() == null
        && !needed.contains(access.leaves())
        && !refuted.contains(access.leaves());
  }

  private RegisterAccess access(Operation operation) {
    RegisterAccess access = model.access(operation.call());
    if (access == null) {
      throw new IllegalStateException("no access to a register: " + operation);
    }
    return access;
  }

  private static void addIfPresent(Set<Json> values, @Nullable Json value) {
    if (value != null) {
      values.add(value);
    }
  }
}

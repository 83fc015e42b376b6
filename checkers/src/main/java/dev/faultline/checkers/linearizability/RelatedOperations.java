package dev.faultline.checkers.linearizability;

import dev.faultline.checkers.json.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The operations of a register that have to do with what one of them saw.
 *
 * <p>Kept are those that need or leave the value that it saw, the latest writes before it, and, for
 * every value that one of these needs, all that leave it. So nobody who is kept can notice any of
 * the others, and an order of all operations is one of these too. Refusals, which notice
 * everything, are left out. In a register whose values are written many times that is little help;
 * where each is written once, it leaves a handful of millions.
 */
final class RelatedOperations {

  /** How many of the latest operations are kept in any case. */
  private static final int LATEST = 16;

  private final Model<?> model;
  private final List<Operation> operations;

  RelatedOperations(Model<?> model, List<Operation> operations) {
    this.model = model;
    this.operations = operations;
  }

  List<Operation> of(Operation blocked) {
    RegisterAccess access = model.access(blocked.call());
    Json seen = access == null ? null : access.needs();
    if (seen == null) {
      return operations;
    }
    Set<Json> needed = new HashSet<>();
    Set<Operation> kept = new HashSet<>();
    int latest = operations.indexOf(blocked) - LATEST;
    for (int i = 0; i < operations.size(); i++) {
      Operation operation = operations.get(i);
      RegisterAccess own = model.access(operation.call());
      if (own != null
          && own.refutes() == null
          && (seen.equals(own.needs()) || (i >= latest && own.leaves() != null))) {
        kept.add(operation);
        need(own.needs(), needed);
      }
    }
    int before = 0;
    while (before < needed.size()) {
      before = needed.size();
      for (Operation operation : operations) {
        RegisterAccess own = model.access(operation.call());
        if (own != null && own.leaves() != null && needed.contains(own.leaves())) {
          kept.add(operation);
          need(own.needs(), needed);
        }
      }
    }
    return operations.stream().filter(kept::contains).toList();
  }

  private static void need(@Nullable Json value, Set<Json> needed) {
    if (value != null) {
      boolean _ = needed.add(value);
    }
  }
}

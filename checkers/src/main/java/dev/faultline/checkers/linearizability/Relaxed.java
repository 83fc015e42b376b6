package dev.faultline.checkers.linearizability;

import dev.faultline.checkers.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * A register that asks less: a compare-and-set is taken for a write of its new value.
 *
 * <p>Whatever orders the operations of the register orders them here too. So what has no order here
 * has none at all; and because less is asked, fewer operations are needed to show it: nobody has to
 * account for the values that the compare-and-sets found.
 *
 * @param model the register
 * @param strict the one call that is taken as it is
 */
record Relaxed<S>(Model<S> model, Call strict) implements Model<S> {

  @Override
  public String name() {
    return model.name();
  }

  @Override
  public S initial() {
    return model.initial();
  }

  @Override
  public @Nullable S step(S state, Call call) {
    throw new UnsupportedOperationException("a register is searched by its accesses");
  }

  @Override
  public boolean observesRefusals(Call call) {
    return model.observesRefusals(call);
  }

  @Override
  public boolean isReadOnly(Call call) {
    return model.isReadOnly(call);
  }

  @Override
  public @Nullable String problem(Call call) {
    return model.problem(call);
  }

  @Override
  public @Nullable RegisterAccess access(Call call) {
    RegisterAccess access = model.access(call);
    if (access == null || call.equals(strict) || access.needs() == null) {
      return access;
    }
    Json left = access.leaves();
    return left == null ? access : new RegisterAccess(null, null, left);
  }
}

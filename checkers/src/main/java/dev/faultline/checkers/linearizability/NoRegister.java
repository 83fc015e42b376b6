package dev.faultline.checkers.linearizability;

import dev.faultline.checkers.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * An object of which only some calls are accesses to a register: evidence must not be left out as
 * if the others saw nothing.
 *
 * @param model the object
 */
record NoRegister<S>(Model<S> model) implements Model<S> {

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
    return model.step(state, call);
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
  public @Nullable Object part(Call call) {
    return model.part(call);
  }

  @Override
  public Json observed(Json value, Json.@Nullable Obj meta) {
    return model.observed(value, meta);
  }

  @Override
  public boolean observesMeta() {
    return model.observesMeta();
  }

  @Override
  public boolean isBlind(Call call) {
    return model.isBlind(call);
  }

  @Override
  public boolean overwrites(Call call) {
    return model.overwrites(call);
  }
}

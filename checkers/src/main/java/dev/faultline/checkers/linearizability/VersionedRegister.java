package dev.faultline.checkers.linearizability;

import dev.faultline.checkers.json.Json;
import dev.faultline.checkers.json.JsonWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A register that counts its changes, at first null in version 0: {@code read}, {@code write v} and
 * {@code cas [expected, new]}; every answer tells the version after it, as {@code meta.version} or
 * as the first of {@code [version, value]}.
 *
 * <p>A version pins the place of a write, so that histories are decided at once that would take a
 * plain register long (jepsen.etcd's model). An answer without a version is taken as it is.
 */
record VersionedRegister() implements Model<VersionedRegister.State>, Specialised {

  private static final String READ = "read";
  private static final String WRITE = "write";
  private static final String CAS = "cas";
  private static final String VERSION = "version";

  /** The register: how often it was changed, and its value. */
  record State(long version, Json value) {}

  @Override
  public String name() {
    return "versioned-register";
  }

  @Override
  public State initial() {
    return new State(0, Json.NULL);
  }

  @Override
  public boolean observesMeta() {
    return true;
  }

  @Override
  public Json observed(Json value, Json.@Nullable Obj meta) {
    Json version = meta == null ? null : meta.members().get(VERSION);
    return version == null ? value : Json.array(version, value);
  }

  @Override
  public @Nullable State step(State state, Call call) {
    if (call.f().equals(READ)) {
      return isTold(call, state) && isSeen(call, state) ? state : null;
    }
    Json written = call.argument();
    if (call.f().equals(CAS)) {
      List<Json> pair = ((Json.Array) call.argument()).values();
      boolean matches = pair.get(0).equals(state.value());
      if (call.answer() == Call.Answer.REFUSED) {
        return matches ? null : state;
      }
      if (!matches) {
        return null;
      }
      written = pair.get(1);
    }
    State next = new State(state.version() + 1, written);
    return isTold(call, next) ? next : null;
  }

  @Override
  public boolean observesRefusals(Call call) {
    return call.f().equals(CAS);
  }

  @Override
  public Specialist specialist() {
    return new PinnedOrder(VersionedRegister::pins);
  }

  @Override
  public Optional<Anomaly> explain(Violation violation) {
    return new PinnedAnomalies("version", VersionedRegister::pins, violation).find();
  }

  /** Returns what the version in the answer to {@code call} tells of its place. */
  private static @Nullable Pins pins(Call call) {
    if (call.answer() != Call.Answer.OK
        || !(call.result() instanceof Json.Array(List<Json> pair))
        || pair.size() != 2
        || !(pair.getFirst() instanceof Json.Int(long version))) {
      return null;
    }
    return switch (call.f()) {
      case READ -> Pins.after(version, Map.of(Json.NULL, pair.get(1)));
      case WRITE -> Pins.change(version, Map.of(Json.NULL, call.argument()));
      default ->
          // What a compare-and-set answers with is a version only beside a pair of values.
          pair.get(1) instanceof Json.Array
              ? Pins.change(version, Map.of(Json.NULL, written(call)))
              : null;
    };
  }

  private static Json written(Call cas) {
    return ((Json.Array) cas.argument()).values().get(1);
  }

  @Override
  public boolean isReadOnly(Call call) {
    return call.f().equals(READ);
  }

  @Override
  public @Nullable String problem(Call call) {
    return switch (call.f()) {
      case READ, WRITE -> null;
      case CAS ->
          call.argument() instanceof Json.Array(List<Json> pair) && pair.size() == 2
              ? null
              : "the value of a cas must be [expected, new], not "
                  + JsonWriter.toString(call.argument());
      default -> call.unknownTo(name());
    };
  }

  private static boolean isTold(Call call, State after) {
    return call.answer() != Call.Answer.OK
        || !(call.result() instanceof Json.Array(List<Json> pair))
        || pair.size() != 2
        || !(pair.getFirst() instanceof Json.Int(long version))
        || (call.f().equals(CAS) && !(pair.get(1) instanceof Json.Array))
        || version == after.version();
  }

  private static boolean isSeen(Call call, State state) {
    Json seen =
        call.result() instanceof Json.Array(List<Json> pair) && pair.size() == 2
            ? pair.get(1)
            : call.result();
    return call.answer() != Call.Answer.OK || seen.equals(state.value());
  }
}

package dev.faultline.checkers.linearizability;

import dev.faultline.checkers.json.Json;
import dev.faultline.checkers.json.JsonWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A register: {@code read}, {@code write v} and, if {@code withCas}, {@code cas [expected, new]}.
 */
record Register(String name, boolean withCas, Json initial) implements Model<Json> {

  private static final String READ = "read";
  private static final String WRITE = "write";
  private static final String CAS = "cas";

  @Override
  public @Nullable Json step(Json state, Call call) {
    RegisterAccess access = access(call);
    if (access.needs() != null && !access.needs().equals(state)) {
      return null;
    }
    if (access.refutes() != null && access.refutes().equals(state)) {
      return null;
    }
    return access.leaves() == null ? state : access.leaves();
  }

  @Override
  public boolean observesRefusals(Call call) {
    return call.f().equals(CAS);
  }

  @Override
  public boolean isReadOnly(Call call) {
    return access(call).leaves() == null;
  }

  @Override
  public RegisterAccess access(Call call) {
    return switch (call.f()) {
      case READ ->
          new RegisterAccess(call.answer() == Call.Answer.OK ? call.result() : null, null, null);
      case WRITE -> new RegisterAccess(null, null, call.argument());
      case CAS -> {
        List<Json> pair = ((Json.Array) call.argument()).values();
        yield call.answer() == Call.Answer.REFUSED
            ? new RegisterAccess(null, pair.get(0), null)
            : new RegisterAccess(pair.get(0), null, pair.get(1));
      }
      default -> throw new IllegalArgumentException("not a call of " + name + ": " + call);
    };
  }

  @Override
  public @Nullable String problem(Call call) {
    return switch (call.f()) {
      case READ, WRITE -> null;
      case CAS -> casProblem(call);
      default -> call.unknownTo(name);
    };
  }

  private @Nullable String casProblem(Call call) {
    if (!withCas) {
      return call.unknownTo(name);
    }
    return call.argument() instanceof Json.Array(List<Json> pair) && pair.size() == 2
        ? null
        : "the value of a cas must be [expected, new], not " + JsonWriter.toString(call.argument());
  }
}

package dev.faultline.checkers.linearizability;

import dev.faultline.checkers.json.Json;
import dev.faultline.checkers.json.JsonWriter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A counter, at first 0: {@code add n}, {@code add-and-get n}, which answers with the sum, and
 * {@code read}.
 */
record Counter() implements Model<Long>, Specialised {

  static final String ADD = "add";
  private static final String ADD_AND_GET = "add-and-get";
  static final String READ = "read";

  @Override
  public String name() {
    return "counter";
  }

  @Override
  public Long initial() {
    return 0L;
  }

  @Override
  public @Nullable Long step(Long state, Call call) {
    long next =
        call.argument() instanceof Json.Int(long amount) && !isReadOnly(call)
            ? state + amount
            : state;
    boolean told = call.answer() == Call.Answer.OK && !call.f().equals(ADD);
    return told && !call.result().equals(Json.of(next)) ? null : (Long) next;
  }

  @Override
  public Specialist specialist() {
    return new CounterBounds();
  }

  @Override
  public Optional<Anomaly> explain(Violation violation) {
    return new CounterAnomalies(violation).find();
  }

  @Override
  public boolean isReadOnly(Call call) {
    return call.f().equals(READ);
  }

  @Override
  public boolean isBlind(Call call) {
    return call.f().equals(ADD);
  }

  @Override
  public @Nullable String problem(Call call) {
    return switch (call.f()) {
      case READ -> null;
      case ADD, ADD_AND_GET ->
          call.argument() instanceof Json.Int
              ? null
              : "the value of "
                  + call.f()
                  + " must be an integer, not "
                  + JsonWriter.toString(call.argument());
      default -> call.unknownTo(name());
    };
  }
}

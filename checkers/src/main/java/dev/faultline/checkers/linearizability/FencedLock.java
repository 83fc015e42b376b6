package dev.faultline.checkers.linearizability;

import dev.faultline.checkers.json.Json;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A lock that hands out fencing tokens, at first free: {@code acquire} answers with a token greater
 * than all before, {@code release} may name the token that it gives back.
 *
 * <p>The token of an acquisition whose answer was lost is taken to be the least possible one: that
 * leaves most room for those that follow.
 */
record FencedLock() implements Model<FencedLock.State>, Specialised {

  private static final String ACQUIRE = "acquire";
  static final String RELEASE = "release";

  /**
   * The lock.
   *
   * @param held whether somebody has it
   * @param token the last token handed out, at least
   * @param exact whether it was that token, rather than a greater one
   */
  record State(boolean held, long token, boolean exact) {}

  @Override
  public String name() {
    return "fenced-lock";
  }

  @Override
  public State initial() {
    return new State(false, Long.MIN_VALUE, true);
  }

  @Override
  public @Nullable State step(State state, Call call) {
    if (call.f().equals(RELEASE)) {
      return state.held() ? released(state, call) : null;
    }
    if (state.held()) {
      return null;
    }
    if (call.result() instanceof Json.Int(long token)) {
      return token > state.token() ? new State(true, token, true) : null;
    }
    return new State(true, state.token() + 1, false);
  }

  private static @Nullable State released(State state, Call call) {
    if (!(call.argument() instanceof Json.Int(long token))) {
      return new State(false, state.token(), state.exact());
    }
    boolean fits = state.exact() ? token == state.token() : token >= state.token();
    return fits ? new State(false, token, true) : null;
  }

  @Override
  public Specialist specialist() {
    return new FencedLockOrder();
  }

  @Override
  public Optional<Anomaly> explain(Violation violation) {
    return new LockAnomalies(violation)
        .find()
        .or(() -> new PinnedAnomalies("token", FencedLock::pins, violation).find());
  }

  /** Returns what the token of {@code call} tells of its place. */
  static @Nullable Pins pins(Call call) {
    Json token = call.f().equals(RELEASE) ? call.argument() : call.result();
    if (call.answer() != Call.Answer.OK || !(token instanceof Json.Int(long number))) {
      return null;
    }
    return call.f().equals(RELEASE) ? Pins.after(number, Map.of()) : Pins.change(number, Map.of());
  }

  @Override
  public boolean isReadOnly(Call call) {
    return false;
  }

  @Override
  public @Nullable String problem(Call call) {
    return switch (call.f()) {
      case ACQUIRE, RELEASE -> null;
      default -> call.unknownTo(name());
    };
  }
}

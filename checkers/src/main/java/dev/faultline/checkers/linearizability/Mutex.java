package dev.faultline.checkers.linearizability;

import org.jspecify.annotations.Nullable;

/** A lock, at first free: {@code acquire} and {@code release}, by whomever. */
record Mutex() implements Model<Boolean> {

  private static final String ACQUIRE = "acquire";
  private static final String RELEASE = "release";

  @Override
  public String name() {
    return "mutex";
  }

  @Override
  public Boolean initial() {
    return false;
  }

  @Override
  public @Nullable Boolean step(Boolean held, Call call) {
    boolean acquires = call.f().equals(ACQUIRE);
    return held == acquires ? null : (Boolean) acquires;
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

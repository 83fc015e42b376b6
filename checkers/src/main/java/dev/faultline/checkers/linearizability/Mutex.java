package dev.faultline.checkers.linearizability;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A lock, at first free: {@code acquire} and {@code release}, by whomever. */
record Mutex() implements Model<Boolean>, Specialised {

  static final String ACQUIRE = "acquire";
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
  public Specialist specialist() {
    return new LockOrder();
  }

  @Override
  public Optional<Anomaly> explain(Violation violation) {
    return new LockAnomalies(violation).find();
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

package dev.faultline.checkers.linearizability;

import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A model that knows an algorithm better than search, and words for what the object did wrong. */
interface Specialised {

  /** Returns the algorithm. */
  Specialist specialist();

  /**
   * Returns an object that changes in place: given one call after the other, it tells of each
   * whether it is possible, as the model does, but without a new state each time, which can be as
   * large as the history is long. Null if states are small.
   */
  default @Nullable Predicate<Call> inPlace() {
    return null;
  }

  /** Puts {@code violation} into words, if it is of a kind that has some. */
  Optional<Anomaly> explain(Violation violation);
}

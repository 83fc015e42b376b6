package dev.faultline.checkers.linearizability;

import java.util.Optional;

/** A model that knows an algorithm better than search, and words for what the object did wrong. */
interface Specialised {

  /** Returns the algorithm. */
  Specialist specialist();

  /** Puts {@code violation} into words, if it is of a kind that has some. */
  Optional<Anomaly> explain(Violation violation);
}

package dev.faultline.checkers.linearizability;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Puts into words that two answers tell contradicting counts of changes, or values. */
final class PinnedAnomalies {

  private final String count;
  private final Function<Call, @Nullable Pins> pins;
  private final Violation violation;

  /**
   * Prepares to look at a violation.
   *
   * @param count what the object calls the number of its changes
   */
  PinnedAnomalies(String count, Function<Call, @Nullable Pins> pins, Violation violation) {
    this.count = count;
    this.pins = pins;
    this.violation = violation;
  }

  Optional<Anomaly> find() {
    if (violation.kept().size() != 2) {
      return Optional.empty();
    }
    Operation first = violation.kept().get(0);
    Operation second = violation.kept().get(1);
    Pins before = pins.apply(first.call());
    Pins after = pins.apply(second.call());
    if (before == null || after == null) {
      return Optional.empty();
    }
    String both = told(second, after) + ", ";
    if (before.changes() && after.changes() && before.earliest() == after.earliest()) {
      return anomaly(both + "and " + told(first, before) + ": one " + count + " of two changes");
    }
    if (first.precedes(second) && after.latest() < before.earliest()) {
      return anomaly(both + violation.between(first, second) + " after " + told(first, before));
    }
    return anomaly(
        both + "but " + told(first, before) + ", and nothing that changes it came between");
  }

  private String told(Operation operation, Pins pinned) {
    return violation.wording().didAt(operation) + " (" + count + " " + (pinned.latest() >> 1) + ")";
  }

  private static Optional<Anomaly> anomaly(String sentence) {
    return Optional.of(new Anomaly(sentence, List.of()));
  }
}

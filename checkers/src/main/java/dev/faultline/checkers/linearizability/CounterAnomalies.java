package dev.faultline.checkers.linearizability;

import dev.faultline.checkers.json.Json;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Recognises what a counter can do wrong that never goes down. */
final class CounterAnomalies {

  private final Violation violation;

  CounterAnomalies(Violation violation) {
    this.violation = violation;
  }

  Optional<Anomaly> find() {
    Operation blocked = violation.blocked();
    if (!(value(blocked) instanceof Json.Int(long seen))) {
      return Optional.empty();
    }
    Operation before =
        violation
            .answered(call -> !call.f().equals(Counter.ADD))
            .filter(o -> o.precedes(blocked))
            .findFirst()
            .orElse(null);
    long base = before != null && value(before) instanceof Json.Int(long told) ? told : 0;
    String since =
        before == null
            ? ""
            : " since " + violation.process(before) + " saw " + base + violation.at(before);
    long certain = sum(before, blocked, true);
    long possible = sum(before, blocked, false);
    long own = own(blocked);
    String saw =
        violation.process(blocked)
            + " saw "
            + seen
            + (own == 0 ? "" : " after adding " + own)
            + violation.at(blocked)
            + ", ";
    if (seen - own < base + certain) {
      if (certain > 0) {
        return anomaly(saw + "though " + certain + " had been added and acknowledged" + since);
      }
      return anomaly(
          before == null
              ? saw + "though it began at 0 and never goes down"
              : saw + "after " + violation.process(before) + " had seen " + base);
    }
    return seen > base + possible
        ? anomaly(saw + "though at most " + possible + " can have been added" + since)
        : Optional.empty();
  }

  private long sum(@Nullable Operation before, Operation blocked, boolean certain) {
    long sum = 0;
    for (Operation operation : violation.kept()) {
      boolean counts =
          certain
              ? operation.precedes(blocked) && (before == null || before.precedes(operation))
              : (before == null || !operation.precedes(before))
                  && !blocked.precedes(operation)
                  && !operation.equals(before);
      sum += counts ? own(operation) : 0;
    }
    return sum;
  }

  private static long own(Operation operation) {
    return !operation.call().f().equals(Counter.READ)
            && operation.call().argument() instanceof Json.Int(long amount)
        ? amount
        : 0;
  }

  private static Json value(Operation operation) {
    return operation.call().f().equals(Counter.ADD) ? Json.NULL : operation.call().result();
  }

  private static Optional<Anomaly> anomaly(String sentence) {
    return Optional.of(new Anomaly(sentence, List.of()));
  }
}

package dev.faultline.checkers.linearizability;

import dev.faultline.checkers.json.Json;
import java.util.List;
import java.util.Optional;

/** Recognises what a lock can do wrong. */
final class LockAnomalies {

  private final Violation violation;

  LockAnomalies(Violation violation) {
    this.violation = violation;
  }

  Optional<Anomaly> find() {
    List<Operation> acquisitions = violation.of(Mutex.ACQUIRE);
    List<Operation> releases = violation.of(FencedLock.RELEASE);
    return tokens(acquisitions, releases)
        .or(() -> heldTwice(acquisitions, releases))
        .or(() -> nobodyHeld(acquisitions, releases));
  }

  /** Two operations whose tokens contradict each other. */
  private Optional<Anomaly> tokens(List<Operation> acquisitions, List<Operation> releases) {
    if (acquisitions.size() != 2 || !releases.isEmpty()) {
      return Optional.empty();
    }
    Operation first = acquisitions.get(0);
    Operation second = acquisitions.get(1);
    if (!(first.call().result() instanceof Json.Int(long before))
        || !(second.call().result() instanceof Json.Int(long after))) {
      return Optional.empty();
    }
    if (before == after) {
      return anomaly(
          acquired(second)
              + ", which "
              + violation.process(first)
              + " had got"
              + violation.at(first));
    }
    return after < before && first.precedes(second)
        ? anomaly(
            acquired(second)
                + ", "
                + violation.between(first, second)
                + " after token "
                + before
                + " had been handed out to "
                + violation.process(first))
        : Optional.empty();
  }

  private Optional<Anomaly> heldTwice(List<Operation> acquisitions, List<Operation> releases) {
    if (acquisitions.size() != releases.size() + 2) {
      return Optional.empty();
    }
    Operation blocked = violation.blocked();
    Operation holder =
        acquisitions.stream()
            .filter(o -> !o.equals(blocked))
            .reduce((_, last) -> last)
            .orElseThrow();
    String sentence =
        acquired(blocked)
            + ", though "
            + acquired(holder)
            + (releases.isEmpty()
                ? " and nobody released it in between"
                : ": "
                    + acquisitions.size()
                    + " acquisitions, and only "
                    + counted(releases.size(), "release")
                    + " that can have come between them");
    return anomaly(sentence);
  }

  private Optional<Anomaly> nobodyHeld(List<Operation> acquisitions, List<Operation> releases) {
    if (releases.size() <= acquisitions.size()) {
      return Optional.empty();
    }
    Operation blocked = violation.blocked();
    // It may have been held at first where only the end of a history shows the contradiction.
    boolean fromTheBeginning = releases.size() == acquisitions.size() + 1;
    return anomaly(
        violation.process(blocked)
            + " released the lock"
            + violation.at(blocked)
            + ", though nobody can have held it: "
            + counted(releases.size(), "release")
            + ", and only "
            + counted(acquisitions.size(), "acquisition")
            + (fromTheBeginning ? " before or between them" : " that can have come between them"));
  }

  private static String counted(int count, String thing) {
    return count + " " + thing + (count == 1 ? "" : "s");
  }

  private String acquired(Operation acquisition) {
    return violation.process(acquisition)
        + " acquired the lock"
        + (acquisition.call().result() instanceof Json.Int(long token)
            ? " with token " + token
            : "")
        + violation.at(acquisition);
  }

  private static Optional<Anomaly> anomaly(String sentence) {
    return Optional.of(new Anomaly(sentence, List.of()));
  }
}

package dev.faultline.checkers.linearizability;

import dev.faultline.checkers.json.Json;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Recognises what a set that only grows can do wrong. */
final class SetAnomalies {

  private final Violation violation;

  SetAnomalies(Violation violation) {
    this.violation = violation;
  }

  Optional<Anomaly> find() {
    return lost().or(this::neither).or(this::notAdded);
  }

  /** Something was added, and is missing afterwards. */
  private Optional<Anomaly> lost() {
    for (Operation later : violation.kept()) {
      for (Operation earlier : violation.kept()) {
        for (Json value : earlier.precedes(later) ? presentAfter(earlier) : List.<Json>of()) {
          if (misses(later, value)) {
            boolean added = earlier.call().f().equals(SetOfValues.ADD);
            return anomaly(
                violation.process(later)
                    + " did not find "
                    + Wording.text(value)
                    + violation.at(later)
                    + ", "
                    + violation.between(earlier, later)
                    + " after "
                    + (added
                        ? "the add of it had been acknowledged"
                        : violation.process(earlier) + " had found it"));
          }
        }
      }
    }
    return Optional.empty();
  }

  /** Two reads of which each found what the other did not. */
  private Optional<Anomaly> neither() {
    List<Operation> reads = violation.of(SetOfValues.READ);
    if (reads.size() != 2) {
      return Optional.empty();
    }
    Optional<Json> one =
        finds(reads.get(0)).stream().filter(v -> misses(reads.get(1), v)).findFirst();
    Optional<Json> other =
        finds(reads.get(1)).stream().filter(v -> misses(reads.get(0), v)).findFirst();
    return one.isEmpty() || other.isEmpty()
        ? Optional.empty()
        : anomaly(
            violation.process(reads.get(0))
                + " found "
                + Wording.text(one.get())
                + " and not "
                + Wording.text(other.get())
                + violation.at(reads.get(0))
                + ", and "
                + violation.process(reads.get(1))
                + " the other way round"
                + violation.at(reads.get(1)));
  }

  /** Something was found that nobody had added, or not yet. */
  private Optional<Anomaly> notAdded() {
    if (violation.kept().size() != 1) {
      return Optional.empty();
    }
    Operation blocked = violation.blocked();
    return finds(blocked).stream()
        .filter(value -> adds(value).noneMatch(add -> add.invocation() < blocked.completion()))
        .findFirst()
        .map(value -> notAdded(blocked, value));
  }

  private Anomaly notAdded(Operation blocked, Json value) {
    String found =
        violation.process(blocked) + " found " + Wording.text(value) + violation.at(blocked) + ", ";
    return adds(value)
        .findFirst()
        .map(add ->
            new Anomaly(
                found + violation.between(blocked, add) + " before the add of it was invoked",
                List.of(add)))
        .orElseGet(() -> new Anomaly(found + "which nobody had added", List.of()));
  }

  private Stream<Operation> adds(Json value) {
    return violation.key().operations().stream()
        .filter(o -> o.call().f().equals(SetOfValues.ADD) && o.call().argument().equals(value));
  }

  private static List<Json> presentAfter(Operation operation) {
    return operation.call().f().equals(SetOfValues.ADD)
        ? List.of(operation.call().argument())
        : finds(operation);
  }

  private static List<Json> finds(Operation operation) {
    return switch (operation.call().result()) {
      case Json.Array(List<Json> values) when operation.call().f().equals(SetOfValues.READ) ->
          values;
      case Json.Bool(boolean found) when found && isContains(operation) ->
          List.of(operation.call().argument());
      default -> List.of();
    };
  }

  private static boolean misses(Operation operation, Json value) {
    return switch (operation.call().result()) {
      case Json.Array(List<Json> values) when operation.call().f().equals(SetOfValues.READ) ->
          !values.contains(value);
      case Json.Bool(boolean found) when isContains(operation) ->
          !found && operation.call().argument().equals(value);
      default -> false;
    };
  }

  private static boolean isContains(Operation operation) {
    return operation.call().f().equals(SetOfValues.CONTAINS);
  }

  private static Optional<Anomaly> anomaly(String sentence) {
    return Optional.of(new Anomaly(sentence, List.of()));
  }
}

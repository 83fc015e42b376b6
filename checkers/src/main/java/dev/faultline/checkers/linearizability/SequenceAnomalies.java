package dev.faultline.checkers.linearizability;

import dev.faultline.checkers.json.Json;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Recognises what a queue or a stack can do wrong with values that were put in once. */
final class SequenceAnomalies {

  private static final String NOBODY = ", which nobody had put in";

  private final Sequence model;
  private final Violation violation;
  private final Wording wording;

  SequenceAnomalies(Sequence model, Violation violation) {
    this.model = model;
    this.violation = violation;
    wording = violation.wording();
  }

  Optional<Anomaly> find() {
    return foundNothing().or(this::alone).or(this::twice).or(this::wrongTurn);
  }

  /** Something was inside all the time while a take found nothing. */
  private Optional<Anomaly> foundNothing() {
    Operation blocked =
        violation
            .answered(call -> isTake(call) && call.result() instanceof Json.Null)
            .findFirst()
            .orElse(null);
    List<Operation> puts = violation.of(model.put());
    if (blocked == null || puts.isEmpty()) {
      return Optional.empty();
    }
    String values =
        puts.stream().map(put -> Wording.text(put.call().argument())).collect(joining());
    return anomaly(
        violation.process(blocked)
            + " found the "
            + model.name()
            + " empty"
            + violation.at(blocked)
            + (puts.size() == 1
                ? ", though " + values + " was in it all the time"
                : ", though it never was: " + values + " were in it one after the other"));
  }

  private static Collector<CharSequence, ?, String> joining() {
    return Collectors.joining(", ");
  }

  /** A value was taken that was not put in, or not yet. */
  private Optional<Anomaly> alone() {
    List<Operation> takes = takes();
    if (takes.size() != 1) {
      return Optional.empty();
    }
    Operation take = takes.getFirst();
    return putOf(take) == null
        ? failedPut(take).or(() -> laterPut(take)).or(() -> anomaly(took(take) + NOBODY))
        : Optional.empty();
  }

  private Optional<Anomaly> failedPut(Operation take) {
    return violation.key().failed().stream()
        .filter(failed -> failed.call().argument().equals(take.call().result()))
        .filter(failed -> failed.invocation() < take.completion())
        .findFirst()
        .map(failed ->
            new Anomaly(
                took(take)
                    + ", the value of an "
                    + model.put()
                    + " by "
                    + violation.process(failed)
                    + " that was reported as definitely failed ("
                    + wording.errorCode(failed)
                    + ") at "
                    + wording.completedAt(failed),
                List.of(failed)));
  }

  private Optional<Anomaly> laterPut(Operation take) {
    return violation.key().operations().stream()
        .filter(put -> put.call().f().equals(model.put()))
        .filter(put -> put.call().argument().equals(take.call().result()))
        .findFirst()
        .map(put ->
            new Anomaly(
                took(take)
                    + ", "
                    + violation.between(take, put)
                    + " before the "
                    + model.put()
                    + " of it was invoked",
                List.of(put)));
  }

  private Optional<Anomaly> twice() {
    List<Operation> takes = takes();
    return takes.size() == 2 && takes.get(0).call().result().equals(takes.get(1).call().result())
        ? anomaly(
            took(takes.get(1))
                + ", and so did "
                + violation.process(takes.get(0))
                + violation.at(takes.get(0))
                + ": it was put in once and taken twice")
        : Optional.empty();
  }

  /** A value was taken while another one, which was due before it, was still inside. */
  private Optional<Anomaly> wrongTurn() {
    return takes().stream()
        .min(Comparator.comparingInt(Operation::completion))
        .flatMap(this::wrongTurn);
  }

  private Optional<Anomaly> wrongTurn(Operation early) {
    Operation put = putOf(early);
    if (put == null) {
      return Optional.empty();
    }
    return violation.of(model.put()).stream()
        .filter(other -> model.fromTheFront() ? other.precedes(put) : put.precedes(other))
        .filter(other -> !wasTakenBefore(other, early))
        .findFirst()
        .map(other -> new Anomaly(took(early) + ", though " + due(other, put), List.of()));
  }

  private String due(Operation other, Operation put) {
    String value = Wording.text(other.call().argument());
    String own = Wording.text(put.call().argument());
    return model.fromTheFront()
        ? value
            + ", put in "
            + violation.between(other, put)
            + " before "
            + own
            + " was, was still in the queue"
        : value
            + ", put in "
            + violation.between(put, other)
            + " after "
            + own
            + " had been, still lay on it";
  }

  private boolean wasTakenBefore(Operation put, Operation early) {
    return takes().stream()
        .anyMatch(
            take -> take.call().result().equals(put.call().argument()) && !early.precedes(take));
  }

  private List<Operation> takes() {
    return violation
        .answered(call -> isTake(call) && !(call.result() instanceof Json.Null))
        .toList();
  }

  private boolean isTake(Call call) {
    return call.f().equals(model.take());
  }

  private @Nullable Operation putOf(Operation take) {
    return violation.of(model.put()).stream()
        .filter(put -> put.call().argument().equals(take.call().result()))
        .findFirst()
        .orElse(null);
  }

  private String took(Operation take) {
    return violation.process(take)
        + " did "
        + model.take()
        + " "
        + Wording.text(take.call().result())
        + violation.at(take);
  }

  private static Optional<Anomaly> anomaly(String sentence) {
    return Optional.of(new Anomaly(sentence, List.of()));
  }
}

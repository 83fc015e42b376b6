package dev.faultline.checkers.linearizability;

import dev.faultline.checkers.json.Json;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Recognises the anomalies of a register that have a name.
 *
 * <p>Throughout, {@code blocked} is the operation that cannot be placed and {@code seen} the value
 * that it saw.
 */
final class RegisterAnomalies {

  /** What could not be shrunk to fewer operations is of no shape that has a name. */
  private static final int MOST_KEPT = 100;

  private final Model<?> model;
  private final KeyHistory key;
  private final List<Operation> kept;
  private final Operation blocked;
  private final Wording wording;

  RegisterAnomalies(
      Model<?> model, KeyHistory key, List<Operation> kept, Operation blocked, Wording wording) {
    this.model = model;
    this.key = key;
    this.kept = kept;
    this.blocked = blocked;
    this.wording = wording;
  }

  /** Returns the most telling anomaly, if the object is a register and one fits. */
  Optional<Anomaly> find() {
    RegisterAccess access = model.access(blocked.call());
    if (access == null || access.needs() == null || kept.size() > MOST_KEPT) {
      return Optional.empty();
    }
    Json seen = access.needs();
    return failedWrite(seen)
        .or(() -> nobodyWrote(seen))
        .or(() -> fromTheFuture(seen))
        .or(() -> bothSucceeded(seen))
        .or(() -> lostWrite(seen))
        .or(() -> cameBack(seen))
        .or(() -> staleRead(seen))
        .or(() -> wentBack(seen));
  }

  /** The value was written only by an operation that was reported as definitely failed. */
  private Optional<Anomaly> failedWrite(Json seen) {
    if (couldHaveBeen(seen)) {
      return Optional.empty();
    }
    return key.failed().stream()
        .filter(o -> leaves(o, seen) && o.invocation() < blocked.completion())
        .max(Comparator.comparingInt(Operation::invocation))
        .map(failed ->
            new Anomaly(
                wording.didAt(blocked)
                    + ", the value of "
                    + wording.noun(failed)
                    + " by "
                    + wording.process(failed)
                    + ", which was reported as definitely failed ("
                    + wording.errorCode(failed)
                    + ") at "
                    + wording.completedAt(failed),
                List.of(failed)));
  }

  private Optional<Anomaly> nobodyWrote(Json seen) {
    if (couldHaveBeen(seen) || writers(seen).findAny().isPresent()) {
      return Optional.empty();
    }
    return Optional.of(new Anomaly(wording.didAt(blocked) + ", which nobody wrote", List.of()));
  }

  private Optional<Anomaly> fromTheFuture(Json seen) {
    if (couldHaveBeen(seen)) {
      return Optional.empty();
    }
    return writers(seen)
        .min(Comparator.comparingInt(Operation::invocation))
        .map(writer ->
            new Anomaly(
                wording.didAt(blocked)
                    + ", "
                    + wording.between(blocked, writer)
                    + " before the first write of it was invoked",
                List.of(writer)));
  }

  /** Two operations changed the same value although it was there once. */
  private Optional<Anomaly> bothSucceeded(Json seen) {
    if (leaves(blocked) == null || timesWritten(seen) > 1) {
      return Optional.empty();
    }
    return kept.stream()
        .filter(o -> !o.equals(blocked) && needs(o, seen) && leaves(o) != null && !leaves(o, seen))
        .findFirst()
        .map(other ->
            new Anomaly(
                wording.didAt(blocked)
                    + " and "
                    + wording.didAt(other)
                    + ", although "
                    + Wording.text(seen)
                    + " was there only once",
                lastWriter(seen)));
  }

  /** Several processes saw the old value after an acknowledged write that nobody ever saw. */
  private Optional<Anomaly> lostWrite(Json seen) {
    return overwriter(seen)
        .filter(write -> key.operations().stream().noneMatch(o -> needs(o, valueOf(write))))
        .filter(write ->
            key.operations().stream()
                .filter(o -> write.precedes(o) && needs(o, seen))
                .anyMatch(o -> !wording.process(o).equals(wording.process(blocked))))
        .map(write ->
            new Anomaly(
                wording.didAt(blocked)
                    + ", "
                    + wording.between(write, blocked)
                    + " after "
                    + wording.noun(write)
                    + " had been acknowledged, and nobody ever saw "
                    + Wording.text(valueOf(write))
                    + ": the write seems lost",
                lastWriter(seen)));
  }

  /** The value that was overwritten is back, and later operations see it too. */
  private Optional<Anomaly> cameBack(Json seen) {
    if (timesWritten(seen) > 1) {
      return Optional.empty();
    }
    Optional<Operation> write = overwriter(seen);
    Optional<Operation> later =
        key.operations().stream()
            .filter(o -> blocked.precedes(o) && needs(o, seen))
            .min(Comparator.comparingInt(Operation::invocation));
    if (write.isEmpty() || later.isEmpty()) {
      return Optional.empty();
    }
    Json newer = valueOf(write.get());
    boolean seenBefore =
        key.operations().stream().anyMatch(o -> needs(o, newer) && o.precedes(blocked));
    boolean seenAfter =
        key.operations().stream().anyMatch(o -> needs(o, newer) && blocked.precedes(o));
    if (!seenBefore || seenAfter) {
      return Optional.empty();
    }
    return Optional.of(
        new Anomaly(
            wording.didAt(blocked)
                + ", "
                + wording.between(write.get(), blocked)
                + " after "
                + wording.noun(write.get())
                + " had been acknowledged, and it stayed: "
                + Wording.text(seen)
                + " was written once but seems to have taken effect twice",
            withLastWriter(seen, later.get())));
  }

  private Optional<Anomaly> staleRead(Json seen) {
    return overwriter(seen)
        .map(write ->
            new Anomaly(
                wording.didAt(blocked)
                    + ", "
                    + wording.between(write, blocked)
                    + " after "
                    + wording.noun(write)
                    + " had been acknowledged",
                lastWriter(seen)));
  }

  /** Another value was seen in between, though the value seen was written only once. */
  private Optional<Anomaly> wentBack(Json seen) {
    if (timesWritten(seen) > 1) {
      return Optional.empty();
    }
    return kept.stream()
        .filter(o -> o.precedes(blocked) && seesOther(o, seen) && isOlder(seen, o))
        .max(Comparator.comparingInt(Operation::completion))
        .map(other ->
            new Anomaly(
                wording.didAt(blocked)
                    + ", "
                    + wording.between(other, blocked)
                    + " after "
                    + wording.didAt(other)
                    + ": a newer value was seen before an older one",
                lastWriter(seen)));
  }

  /** The latest acknowledged write of another value that came after every write of {@code seen}. */
  private Optional<Operation> overwriter(Json seen) {
    return kept.stream()
        .filter(o -> leaves(o) != null && !leaves(o, seen) && o.precedes(blocked))
        .filter(o -> writersBefore(seen).allMatch(writer -> writer.precedes(o)))
        .max(Comparator.comparingInt(Operation::completion));
  }

  private boolean seesOther(Operation operation, Json seen) {
    RegisterAccess access = model.access(operation.call());
    return access != null
        && access.needs() != null
        && !access.needs().equals(seen)
        && !seen.equals(access.leaves());
  }

  /** Tells whether {@code seen} had certainly been there when {@code other} saw another value. */
  private boolean isOlder(Json seen, Operation other) {
    return seen.equals(model.initial())
        || writersBefore(seen).allMatch(writer -> writer.precedes(other))
        || key.operations().stream().anyMatch(o -> needs(o, seen) && o.precedes(other));
  }

  private boolean couldHaveBeen(Json seen) {
    return seen.equals(model.initial()) || writersBefore(seen).findAny().isPresent();
  }

  private long timesWritten(Json seen) {
    return writersBefore(seen).count() + (seen.equals(model.initial()) ? 1 : 0);
  }

  /** The last write of {@code seen}, which shows where the value came from; none if initial. */
  private List<Operation> lastWriter(Json seen) {
    return writersBefore(seen)
        .max(Comparator.comparingInt(Operation::invocation))
        .map(List::of)
        .orElse(List.of());
  }

  private List<Operation> withLastWriter(Json seen, Operation other) {
    return Stream.concat(lastWriter(seen).stream(), Stream.of(other)).toList();
  }

  private Stream<Operation> writersBefore(Json value) {
    return writers(value).filter(o -> o.invocation() < blocked.completion());
  }

  private Stream<Operation> writers(Json value) {
    Predicate<Operation> leavesIt = o -> leaves(o, value);
    return key.operations().stream()
        .filter(leavesIt.and(o -> o.invocation() != blocked.invocation()));
  }

  private boolean needs(Operation operation, Json value) {
    RegisterAccess access = model.access(operation.call());
    return access != null
        && value.equals(access.needs())
        && operation.call().answer() == Call.Answer.OK;
  }

  private boolean leaves(Operation operation, Json value) {
    return value.equals(leaves(operation));
  }

  private @Nullable Json leaves(Operation operation) {
    RegisterAccess access = model.access(operation.call());
    return access == null ? null : access.leaves();
  }

  private Json valueOf(Operation write) {
    return Objects.requireNonNull(leaves(write));
  }
}

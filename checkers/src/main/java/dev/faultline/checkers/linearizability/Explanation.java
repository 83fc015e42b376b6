package dev.faultline.checkers.linearizability;

import dev.faultline.checkers.Finding;
import dev.faultline.checkers.history.History;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Puts a violation into one sentence and names its evidence.
 *
 * <p>A sentence says only what the history shows. The anomalies that have a name are tried from the
 * most telling to the least, those of a register by {@link RegisterAnomalies}, those of other
 * objects by their model ({@link Specialised}); where none fits, the sentence says which operation
 * has no place.
 */
final class Explanation {

  private final History history;
  private final KeyHistory key;
  private final Wording wording;

  Explanation(History history, KeyHistory key, Model<?> model) {
    this.history = history;
    this.key = key;
    this.wording = new Wording(history, model);
  }

  /**
   * Explains why {@code kept} has no order.
   *
   * @param kept what shrinking left
   * @param blocked the one of them that cannot be placed
   * @param model the object
   */
  Finding explain(List<Operation> kept, Operation blocked, Model<?> model) {
    Anomaly anomaly = named(kept, blocked, model).orElseGet(() -> unexplained(kept, blocked));
    List<Operation> evidence = new ArrayList<>(kept);
    evidence.addAll(anomaly.further());
    String claim = key.key() == null ? anomaly.sentence() : key.key() + ": " + anomaly.sentence();
    return new Finding(Finding.Severity.VIOLATION, claim, key.key(), events(evidence), List.of());
  }

  private Optional<Anomaly> named(List<Operation> kept, Operation blocked, Model<?> model) {
    if (!(model instanceof Specialised object)) {
      return new RegisterAnomalies(model, key, kept, blocked, wording).find();
    }
    // Only what the object's own algorithm refutes is of the shapes that have names: after a
    // search, values may be there twice, or counters go down.
    return object.specialist().decide(Operations.of(model, kept))
            instanceof Specialist.Contradiction
        ? object.explain(new Violation(kept, blocked, key, wording))
        : Optional.empty();
  }

  /** Tells of a violation for whose evidence there was no time or memory left. */
  static Finding unshrunk(
      History history, @Nullable String key, Operation blocked, Model<?> model) {
    String claim =
        "nothing explains that "
            + new Wording(history, model).didAt(blocked)
            + "; with more time or memory there would be evidence";
    return new Finding(
        Finding.Severity.VIOLATION,
        key == null ? claim : key + ": " + claim,
        key,
        List.of(blocked.invocation(), blocked.completion()),
        List.of());
  }

  private Anomaly unexplained(List<Operation> kept, Operation blocked) {
    String sentence =
        "nothing explains that "
            + wording.didAt(blocked)
            + (kept.size() == 1
                ? ""
                : ": these "
                    + kept.size()
                    + " operations have no order in which each could happen");
    return new Anomaly(sentence, List.of());
  }

  private List<Integer> events(List<Operation> operations) {
    TreeSet<Integer> events = new TreeSet<>();
    for (Operation operation : operations) {
      events.add(operation.invocation());
      int completion = history.counterpart(operation.invocation());
      if (completion >= 0) {
        events.add(completion);
      }
    }
    return List.copyOf(events);
  }
}

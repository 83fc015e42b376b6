package dev.faultline.results.compare;

import dev.faultline.results.RunSummary.Counts;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All rounds of one system together.
 *
 * @param system its name
 * @param description its name with version, cluster and links, as far as they are known
 * @param runs its runs, by round
 * @param checks how often each checker gave which verdict
 * @param counterexample the first broken promise, in the order of rounds and checkers; null if none
 * @param operations how its operations ended, by function
 * @param conditions what clients got: in the main phase, outside of faults, during each kind
 * @param recovery the times around each kind of fault
 * @param leaderChanges how often the leader changed in a run, as the harness saw; null if no run
 *     tells
 * @param errors what clients met, most frequent first
 * @param metrics what its nodes told: times, changes and proposals of all runs added up, of all
 *     else the worst
 * @param alerts the thresholds that were passed
 */
public record SystemFigures(
    String system,
    String description,
    List<RunRow> runs,
    List<CheckRow> checks,
    @Nullable Counterexample counterexample,
    Map<String, Counts> operations,
    List<ConditionRow> conditions,
    List<RecoveryRow> recovery,
    @Nullable Spread leaderChanges,
    List<ErrorCount> errors,
    ServerMetrics metrics,
    List<AlertRow> alerts) {

  /** The verdict of a run that could not be carried out. */
  public static final String NOT_STARTED = "NOT STARTED";

  /** The name of the condition that always holds. */
  public static final String MAIN_PHASE = "main phase";

  /** The name of the condition that no fault is active. */
  public static final String OUTSIDE_FAULTS = "outside faults";

  /**
   * One run.
   *
   * @param round its round
   * @param verdict {@code VALID}, {@code INVALID}, {@code UNKNOWN} or {@link #NOT_STARTED}
   * @param reason why not VALID; null for VALID
   * @param seed its seed; null if it was not started
   * @param directory where it is kept; null if it was not started
   */
  public record RunRow(
      int round,
      String verdict,
      @Nullable String reason,
      @Nullable String seed,
      @Nullable String directory) {}

  /**
   * How often one checker gave which verdict.
   *
   * @param checker its name
   * @param verdicts how many runs had each verdict
   */
  public record CheckRow(String checker, Map<String, Integer> verdicts) {

    public CheckRow {
      verdicts = Collections.unmodifiableMap(new LinkedHashMap<>(verdicts));
    }
  }

  /**
   * A broken promise.
   *
   * @param round the round of its run
   * @param checker the checker that found it
   * @param claim what happened, in a sentence
   * @param directory where its run is kept
   */
  public record Counterexample(int round, String checker, String claim, String directory) {}

  /**
   * What clients got under one condition, in all runs.
   *
   * @param condition {@link #MAIN_PHASE}, {@link #OUTSIDE_FAULTS} or a kind of fault
   * @param nanos for how long it held
   * @param okPerSecond the throughput of successes in each run in which it held; null if in none
   * @param answered operations in flight in it that were answered: {@code ok}, or a refused
   *     compare-and-set
   * @param total operations in flight in it
   * @param raw the latencies of successes, as clients saw them
   * @param corrected the same, corrected for coordinated omission
   * @param histogram the latencies as they were seen, whole, in HdrHistogram's encoding
   */
  public record ConditionRow(
      String condition,
      long nanos,
      @Nullable Spread okPerSecond,
      long answered,
      long total,
      Quantiles raw,
      Quantiles corrected,
      String histogram) {}

  /**
   * The times around one kind of fault, over all of its windows in all runs.
   *
   * @param fault the kind
   * @param afterEnd from a fault's end to the first success of an operation invoked after it
   * @param afterStart from its start to the first success of an operation invoked after that
   * @param outage the longest time without success, until the first one after its end
   */
  public record RecoveryRow(
      String fault, TimeSpread afterEnd, TimeSpread afterStart, TimeSpread outage) {}

  /**
   * A threshold that was passed.
   *
   * @param runs in how many runs
   * @param worst by the most
   */
  public record AlertRow(int runs, Alert worst) {}

  public SystemFigures {
    Objects.requireNonNull(system, "system");
    runs = List.copyOf(runs);
    checks = List.copyOf(checks);
    operations = Collections.unmodifiableMap(new LinkedHashMap<>(operations));
    conditions = List.copyOf(conditions);
    recovery = List.copyOf(recovery);
    errors = List.copyOf(errors);
    alerts = List.copyOf(alerts);
  }

  /** Returns how many runs have {@code verdict}. */
  public int runsWith(String verdict) {
    return (int) runs.stream().filter(run -> run.verdict().equals(verdict)).count();
  }

  /** Returns what clients got under {@code condition}; empty if it never held. */
  public Optional<ConditionRow> condition(String condition) {
    return conditions.stream().filter(row -> row.condition().equals(condition)).findFirst();
  }

  /** Returns the times around faults of kind {@code fault}; empty if none had an effect. */
  public Optional<RecoveryRow> recoveryFrom(String fault) {
    return recovery.stream().filter(row -> row.fault().equals(fault)).findFirst();
  }

  /** Returns how all operations ended. */
  public Counts allOperations() {
    return operations.values().stream().reduce(new Counts(0, 0, 0), Counts::plus);
  }
}

package dev.faultline.results.compare;

import dev.faultline.checkers.history.History;
import dev.faultline.results.RunSummary.Counts;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * The figures of one run, worked out from its history alone.
 *
 * <p>Conditions cover the main phase, in which clients and faults run side by side. The windows of
 * faults come from the history: one that was skipped never was; one whose effect was not seen
 * counts neither as a fault nor as time without faults; one that was never removed lasts until the
 * main phase ends. The time outside of faults includes the time after a fault in which the system
 * still recovers; how long that takes is told by {@link #faults}.
 *
 * @param operations how the operations of the whole run ended, by function
 * @param mainPhase what clients got in the whole main phase
 * @param outsideFaults what they got while no fault was active
 * @param duringFaults what they got during each kind of fault that had an effect
 * @param faults the times around each fault that had an effect, by their start
 * @param leaderChanges how often the leader changed; null if the history names no leader
 * @param errors what clients met, most frequent first
 */
public record RunFigures(
    Map<String, Counts> operations,
    Condition mainPhase,
    Condition outsideFaults,
    SequencedMap<String, Condition> duringFaults,
    List<FaultTimes> faults,
    @Nullable Integer leaderChanges,
    List<ErrorCount> errors) {

  public RunFigures {
    operations = Collections.unmodifiableMap(new LinkedHashMap<>(operations));
    duringFaults = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(duringFaults));
    faults = List.copyOf(faults);
    errors = List.copyOf(errors);
  }

  /**
   * Works out the figures of {@code history}.
   *
   * @param history a run; one without phases is taken for one main phase
   * @param expectedInterval after what time a process was expected to invoke again, for the
   *     correction that {@link Latencies} explains; see {@link #expectedInterval}
   */
  public static RunFigures of(History history, Duration expectedInterval) {
    return new FigureReader(history, expectedInterval).read();
  }

  /**
   * Returns after what time each of {@code concurrency} processes is expected to invoke again, when
   * {@code perSecond} operations a second are dealt to them.
   */
  public static Duration expectedInterval(int concurrency, double perSecond) {
    if (concurrency < 1 || !(perSecond > 0)) {
      throw new IllegalArgumentException(
          "no schedule of " + perSecond + " a second for " + concurrency + " processes");
    }
    return Duration.ofNanos(Math.round(concurrency / perSecond * Duration.ofSeconds(1).toNanos()));
  }
}

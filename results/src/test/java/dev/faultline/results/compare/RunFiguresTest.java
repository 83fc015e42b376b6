package dev.faultline.results.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.results.RunSummary.Counts;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class RunFiguresTest {

  private static final long MILLI = HistoryScript.MILLI;
  private static final Percentage THREE_DIGITS = Percentage.withPercentage(0.1);

  /** The main phase lasts from 1 s to 11 s; a partition from 4 s to 6 s, a kill from 5 s to 8 s. */
  private static HistoryScript overlapping() {
    return new HistoryScript()
        .ok(0, "write", 100, 900)
        .phase(1_000, "main")
        .ok(1, "read", 2_000, 2_010)
        .ok(1, "read", 3_000, 3_020)
        .fault("f1", "partition", "effective", 4_000, 6_000)
        .ok(2, "write", 3_990, 4_100)
        .fault("f2", "kill", "effective", 5_000, 8_000)
        .info(3, "write", 5_500, 6_500, "timeout")
        .ok(4, "read", 6_400, 6_600)
        .fail(1, "cas", 6_700, 6_710, "compare-failed", true)
        .fail(1, "write", 7_000, 7_010, "not-leader", true)
        .fail(1, "read", 7_100, 7_900, "timeout", false)
        .ok(5, "read", 8_200, 8_250)
        .invoke(6, "write", 9_000)
        .phase(11_000, "heal")
        .ok(7, "read", 11_500, 12_000);
  }

  private final RunFigures figures = RunFigures.of(overlapping().build(), Duration.ofMillis(50));

  private static Condition during(RunFigures figures, String kind) {
    return Objects.requireNonNull(figures.duringFaults().get(kind), kind);
  }

  @Test
  void operationsOfTheWholeRunAreCountedByFunction() {
    assertThat(figures.operations())
        .containsOnly(
            Map.entry("write", new Counts(2, 1, 2)),
            Map.entry("read", new Counts(5, 1, 0)),
            Map.entry("cas", new Counts(0, 1, 0)));
  }

  @Test
  void throughputCountsCompletionsAndDividesByTheTimeOfTheCondition() {
    assertThat(figures.mainPhase().nanos()).isEqualTo(10_000 * MILLI);
    assertThat(figures.mainPhase().okPerSecond()).isEqualTo(0.5);
    // 10 s without the 4 s from 4 s to 8 s.
    assertThat(figures.outsideFaults().nanos()).isEqualTo(6_000 * MILLI);
    assertThat(figures.outsideFaults().okPerSecond()).isEqualTo(0.5);
    Condition partition = during(figures, "partition");
    Condition kill = during(figures, "kill");
    assertThat(partition.okPerSecond()).isEqualTo(0.5);
    assertThat(kill.okCompleted()).isEqualTo(1);
    assertThat(kill.nanos()).isEqualTo(3_000 * MILLI);
  }

  @Test
  void anOperationBelongsToEveryKindThatItMetAndElseToTheTimeOutside() {
    Condition partition = during(figures, "partition");
    Condition kill = during(figures, "kill");
    // The write that began just before, and the one that met both.
    assertThat(partition.total()).isEqualTo(2);
    assertThat(partition.answered()).isEqualTo(1);
    assertThat(kill.total()).isEqualTo(5);
    assertThat(kill.answered()).isEqualTo(2);
    // Two reads before, one after, and the write that nobody heard of again.
    assertThat(figures.outsideFaults().total()).isEqualTo(4);
    assertThat(figures.outsideFaults().answered()).isEqualTo(3);
    assertThat(figures.mainPhase().total()).isEqualTo(10);
  }

  @Test
  void latenciesAreThoseOfSuccesses() {
    Condition kill = during(figures, "kill");
    assertThat(kill.latencies().raw().count()).isEqualTo(1);
    assertThat(kill.latencies().raw().maxNanos()).isCloseTo(200 * MILLI, THREE_DIGITS);
    // 200, 150, 100 and 50 ms.
    assertThat(kill.latencies().corrected().count()).isEqualTo(4);
    Quantiles outside = figures.outsideFaults().latencies().raw();
    assertThat(outside.count()).isEqualTo(3);
    assertThat(outside.p50Nanos()).isCloseTo(20 * MILLI, THREE_DIGITS);
    assertThat(outside.p90Nanos()).isCloseTo(50 * MILLI, THREE_DIGITS);
  }

  @Test
  void timesAroundAFaultRunToTheFirstSuccessOfAnOperationInvokedAfterIt() {
    assertThat(figures.faults())
        .containsExactly(
            // After the start, what was invoked at 3.99 s does not count, but it ends no outage
            // that began at 4.1 s: served again at 6.6 s.
            new FaultTimes(
                "partition",
                OptionalLong.of(2_600 * MILLI),
                OptionalLong.of(600 * MILLI),
                2_500 * MILLI),
            new FaultTimes(
                "kill",
                OptionalLong.of(1_600 * MILLI),
                OptionalLong.of(250 * MILLI),
                1_650 * MILLI));
  }

  @Test
  void aRefusedCompareAndSetIsNoErrorAndAReadWithoutAnswerIsIndefinite() {
    assertThat(figures.errors())
        .containsExactlyInAnyOrder(
            new ErrorCount("timeout", false, 2),
            new ErrorCount("not-leader", true, 1),
            new ErrorCount("unspecified", false, 1));
    assertThat(figures.errors().getFirst()).isEqualTo(new ErrorCount("timeout", false, 2));
  }

  @Test
  void aSkippedFaultNeverWasAndOneWithoutEffectIsNeitherFaultNorCalm() {
    RunFigures doubtful =
        RunFigures.of(
            new HistoryScript()
                .phase(0, "main")
                .fault("f1", "kill", "skipped", 1_000, 2_000)
                .ok(1, "read", 1_500, 1_510)
                .fault("f2", "pause", "ineffective", 3_000, 4_000)
                .ok(1, "read", 3_500, 3_510)
                .phase(10_000, "heal")
                .build(),
            Duration.ZERO);

    assertThat(doubtful.duringFaults()).isEmpty();
    assertThat(doubtful.faults()).isEmpty();
    assertThat(doubtful.outsideFaults().nanos()).isEqualTo(9_000 * MILLI);
    assertThat(doubtful.outsideFaults().total()).isEqualTo(1);
    assertThat(doubtful.mainPhase().total()).isEqualTo(2);
  }

  @Test
  void aFaultThatWasNeverRemovedLastsUntilTheMainPhaseEnds() {
    RunFigures endless =
        RunFigures.of(
            new HistoryScript()
                .phase(0, "main")
                .ok(1, "read", 100, 110)
                .endlessFault("f1", "kill", 1_000)
                .info(1, "write", 2_000, 3_000, "timeout")
                .phase(5_000, "heal")
                .build(),
            Duration.ZERO);

    Condition kill = during(endless, "kill");
    assertThat(kill.nanos()).isEqualTo(4_000 * MILLI);
    assertThat(kill.latencies().raw().count()).isZero();
    assertThat(endless.faults())
        .containsExactly(
            new FaultTimes("kill", OptionalLong.empty(), OptionalLong.empty(), 4_000 * MILLI));
  }

  @Test
  void leaderChangesAreOneLessThanLeaders() {
    assertThat(figures.leaderChanges()).isNull();
    assertThat(
            RunFigures.of(
                    new HistoryScript().phase(0, "leader").phase(5, "leader").build(),
                    Duration.ZERO)
                .leaderChanges())
        .isEqualTo(1);
  }

  @Test
  void anEmptyHistoryHasNoFigures() {
    RunFigures none = RunFigures.of(new HistoryScript().build(), Duration.ofMillis(1));

    assertThat(none.operations()).isEmpty();
    assertThat(none.mainPhase().okPerSecond()).isZero();
    assertThat(none.errors()).isEmpty();
  }

  @Test
  void theExpectedIntervalIsTheTimeInWhichEachProcessGetsItsTurn() {
    assertThat(RunFigures.expectedInterval(20, 400)).isEqualTo(Duration.ofMillis(50));
    assertThatThrownBy(() -> RunFigures.expectedInterval(20, 0))
        .hasMessage("no schedule of 0.0 a second for 20 processes");
  }
}

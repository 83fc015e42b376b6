package dev.faultline.results.compare;

import static dev.faultline.results.compare.HistoryScript.MILLI;

import dev.faultline.checkers.CheckResult;
import dev.faultline.checkers.Verdict;
import dev.faultline.results.RunSummary;
import dev.faultline.results.RunSummary.Counts;
import dev.faultline.results.Runs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SequencedMap;

/** Hand-made comparisons, for tests. */
final class Comparisons {

  private static final long SECOND = 1_000 * MILLI;

  static final ServerMetrics QUIET =
      new ServerMetrics(
          300,
          0,
          60 * SECOND,
          12 * SECOND,
          2 * SECOND,
          6L,
          0L,
          12L,
          0L,
          9L,
          1L,
          new BucketQuantile(0.0033, 0.002, 0.004),
          new BucketQuantile(0.00005, 0, 0.0001),
          null,
          List.of());

  static final ServerMetrics LOUD =
      new ServerMetrics(
          280,
          2,
          60 * SECOND,
          11 * SECOND,
          4 * SECOND,
          9L,
          1L,
          7L,
          3L,
          12L,
          2L,
          new BucketQuantile(0.0121, 0.008, 0.016),
          null,
          null,
          List.of(
              new Alert("failed proposals outside faults", 3, 0, "3 proposals failed; none should"),
              new Alert("WAL fsync p99 (ms)", 12.1, 10, "an fsync took between 8 and 16 ms")));

  private Comparisons() {}

  /**
   * Two systems, three rounds, six faults of each of three kinds; etcd recovers from kills later.
   */
  static Comparison twoSystems() {
    List<ComparedRun> runs = new ArrayList<>();
    for (int round = 1; round <= 3; round++) {
      runs.add(
          judged("raft", round, valid(), figures(round, 400), QUIET, settings("0.1.0", "100 ms")));
      runs.add(
          judged("etcd", round, valid(), figures(round, 900), LOUD, settings("3.4.23", "50 ms")));
    }
    return Comparison.of(runs);
  }

  /** The same, and etcd broke a promise in its second round. */
  static Comparison brokenPromise() {
    List<ComparedRun> runs = new ArrayList<>();
    for (int round = 1; round <= 3; round++) {
      runs.add(judged("raft", round, valid(), figures(round, 900), QUIET, Map.of()));
      List<CheckResult> checks =
          round == 2
              ? List.of(
                  Runs.result("linearizable", Verdict.invalid(), "broken", Runs.staleRead()),
                  Runs.result("stats", Verdict.valid(), "fine"))
              : valid();
      runs.add(judged("etcd", round, checks, figures(round, 400), QUIET, Map.of()));
    }
    return Comparison.of(runs);
  }

  static ComparedRun.Judged judged(
      String system,
      int round,
      List<CheckResult> checks,
      RunFigures figures,
      ServerMetrics metrics,
      Map<String, String> settings) {
    Verdict verdict =
        checks.stream().map(CheckResult::verdict).reduce(Verdict.valid(), Verdict::and);
    String reason = verdict instanceof Verdict.Unknown(String why) ? why : null;
    RunSummary summary = Runs.summary(verdict.word(), reason, 0);
    return new ComparedRun.Judged(
        system,
        round,
        Path.of("results/runs/" + system + "-" + round),
        summary,
        checks,
        figures,
        metrics,
        settings);
  }

  static List<CheckResult> valid() {
    return List.of(
        Runs.result("linearizable", Verdict.valid(), "all keys are linearizable"),
        Runs.result("stats", Verdict.valid(), "fine"));
  }

  static Map<String, String> settings(String version, String heartbeat) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("version", version);
    settings.put("nodes", "5");
    settings.put("heartbeat", heartbeat);
    return settings;
  }

  /** A run of 60 s with two kills, two partitions and two pauses. */
  static RunFigures figures(int round, int killMillis) {
    SequencedMap<String, Condition> during = new LinkedHashMap<>();
    during.put("partition", condition(10, 3_400, 3_500, 4, round));
    during.put("kill", condition(8, 2_000 + round, 3_000, 30, round));
    during.put("pause", condition(6, 2_390, 2_400, 9, round));
    List<FaultTimes> faults = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      faults.add(times("partition", 20 + 7 * round + i, 5 + i, 1_100 + 50 * i));
      faults.add(times("kill", killMillis + 11 * round + i, killMillis, 2 * killMillis + round));
      faults.add(times("pause", 40 + i, 3, 50 + i));
    }
    return new RunFigures(
        Map.of("read", new Counts(11_902, 40, 0), "write", new Counts(11_902, 56, 218)),
        condition(60, 23_800 + round, 24_000, 3, round),
        condition(36, 14_390, 14_400, 2, round),
        during,
        faults,
        4 + round,
        List.of(
            new ErrorCount("timeout", false, 200),
            new ErrorCount("not-connected", true, 31),
            new ErrorCount("leader-changed", false, 18)));
  }

  private static FaultTimes times(String kind, long afterEnd, long afterStart, long outage) {
    return new FaultTimes(
        kind,
        OptionalLong.of(afterStart * MILLI),
        OptionalLong.of(afterEnd * MILLI),
        outage * MILLI);
  }

  private static Condition condition(
      int seconds, long answered, long total, int millis, int round) {
    Latencies latencies = new Latencies();
    for (int i = 0; i < 98; i++) {
      latencies.record(millis * MILLI, Duration.ofMillis(50));
    }
    latencies.record(20L * millis * MILLI, Duration.ofMillis(50));
    latencies.record(90L * millis * MILLI + round, Duration.ofMillis(50));
    return new Condition(seconds * SECOND, answered, answered, total, latencies);
  }
}

package dev.faultline.results;

import dev.faultline.checkers.CheckResult;
import dev.faultline.checkers.Finding;
import dev.faultline.checkers.Verdict;
import dev.faultline.checkers.history.History;
import dev.faultline.checkers.history.HistoryReader;
import dev.faultline.checkers.json.Json;
import dev.faultline.results.RunSummary.Counts;
import dev.faultline.results.RunSummary.FaultAvailability;
import dev.faultline.results.RunSummary.HarnessHealth;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Hand-made runs, for tests. */
public final class Runs {

  static final String STALE_READ =
      """
      {"time":0,"process":"nemesis","type":"info","f":"phase","value":{"phase":"main"}}
      {"time":11000000000,"process":"nemesis","type":"info","f":"start","value":{"id":"f1","fault":"kill","targets":["n2"],"effect":"pending","detail":"kill n2"}}
      {"time":11900000000,"process":"nemesis","type":"info","f":"start","value":{"id":"f2","fault":"partition","targets":["n4"],"effect":"pending","detail":"isolate n4 (leader)"}}
      {"time":12000000000,"process":"nemesis","type":"info","f":"start","value":{"id":"f3","fault":"pause","targets":["n1"],"effect":"pending","detail":"pause n1"}}
      {"time":12001000000,"process":"nemesis","type":"info","f":"stop","value":{"id":"f3","fault":"pause","targets":["n1"],"effect":"skipped","detail":"pause n1"}}
      {"time":12371000000,"process":0,"type":"invoke","f":"write","key":"k3","value":18,"node":"n1"}
      {"time":12388000000,"process":0,"type":"ok","f":"write","key":"k3","value":18,"node":"n1"}
      {"time":12390000000,"process":5,"type":"invoke","f":"cas","key":"k3","value":[17,99],"node":"n3"}
      {"time":12391000000,"process":5,"type":"fail","f":"cas","key":"k3","value":[17,99],"node":"n3","error":{"code":"compare-failed","message":"k3 was 18","definite":true}}
      {"time":12402000000,"process":2,"type":"invoke","f":"read","key":"k3","value":null,"node":"n4"}
      {"time":12409000000,"process":2,"type":"ok","f":"read","key":"k3","value":17,"node":"n4"}
      {"time":12410000000,"process":7,"type":"invoke","f":"write","key":"k3","value":20,"node":"n4"}
      {"time":13410000000,"process":7,"type":"info","f":"write","key":"k3","value":20,"node":"n4","error":{"code":"timeout","message":"","definite":false}}
      {"time":14000000000,"process":"nemesis","type":"info","f":"stop","value":{"id":"f2","fault":"partition","targets":["n4"],"effect":"effective","detail":"isolate n4 (leader)"}}
      """;

  private Runs() {}

  public static History history(Path directory, String lines) {
    try {
      Path file = Files.createTempFile(directory, "history", ".ndjson");
      Files.writeString(file, lines);
      return HistoryReader.read(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static CheckResult result(
      String checker, Verdict verdict, String summary, Finding... findings) {
    return new CheckResult(
        checker,
        verdict,
        summary,
        List.of(findings),
        new Json.Obj(
            Map.of(
                "keys", Json.of(312),
                "states", Json.array(Json.of(1), Json.NULL, Json.of(true), Json.of("é\u0007")),
                "ratio", new Json.Real(0.5))),
        1_400_000_000L,
        4096);
  }

  public static Finding staleRead() {
    return new Finding(
        Finding.Severity.VIOLATION,
        "register k3: process 2 read 17 at 12.402 s, 14 ms after write 18 had been acknowledged",
        "k3",
        List.of(5, 6, 7, 8, 9, 10, 11, 12),
        List.of());
  }

  public static RunSummary summary(String verdict, @Nullable String reason, int exitCode) {
    return new RunSummary(
        RunSummary.VERSION,
        "register",
        "0x9e3779b97f4a7c15",
        "0.1.0",
        Instant.parse("2026-11-23T02:14:07Z"),
        63_500_000_000L,
        "raft",
        null,
        null,
        null,
        null,
        List.of("n1", "n2", "n3", "n4", "n5"),
        "register",
        List.of("partition", "kill", "pause"),
        verdict,
        reason,
        exitCode,
        new Counts(23_804, 96, 218),
        312,
        5,
        1_900_000_000L,
        new HarnessHealth(400_000, 12_000_000, 9_000_000),
        List.of("./faultline run -f register.yaml --seed 0x9e3779b97f4a7c15"),
        "./faultline analyze results/runs/2026-11-23T02-14-07Z-register",
        List.of(
            new FaultAvailability("partition", 3, 0, 0, 410_000_000L, 1_912_000_000L),
            new FaultAvailability("kill", 1, 0, 0, 12_300_000L, 12_300_000L),
            new FaultAvailability("pause", 2, 1, 0, null, null)));
  }

  public static RunSummary inDocker(RunSummary run, String systemVersion) {
    return new RunSummary(
        run.version(),
        run.name(),
        run.seed(),
        run.faultline(),
        run.started(),
        run.durationNanos(),
        run.system(),
        systemVersion,
        "docker",
        "packets",
        run.deviation(),
        run.nodes(),
        run.workload(),
        run.faults(),
        run.verdict(),
        run.reason(),
        run.exitCode(),
        run.operations(),
        run.keys(),
        run.leaderChanges(),
        run.recoveryNanos(),
        run.harness(),
        run.again(),
        run.recheck(),
        run.availability());
  }

  static RunSummary deviating(RunSummary run, String deviation) {
    return new RunSummary(
        run.version(),
        run.name(),
        run.seed(),
        run.faultline(),
        run.started(),
        run.durationNanos(),
        run.system(),
        run.systemVersion(),
        run.cluster(),
        run.links(),
        deviation,
        run.nodes(),
        run.workload(),
        run.faults(),
        run.verdict(),
        run.reason(),
        run.exitCode(),
        run.operations(),
        run.keys(),
        null,
        null,
        run.harness(),
        run.again(),
        run.recheck(),
        run.availability());
  }
}

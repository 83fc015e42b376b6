package dev.faultline.checkers.logs;

import dev.faultline.checkers.Budget;
import dev.faultline.checkers.CheckResult;
import dev.faultline.checkers.Checker;
import dev.faultline.checkers.Finding;
import dev.faultline.checkers.Recording;
import dev.faultline.checkers.Times;
import dev.faultline.checkers.Verdict;
import dev.faultline.checkers.faults.FaultWindows;
import dev.faultline.checkers.faults.Phase;
import dev.faultline.checkers.json.Json;
import dev.faultline.checkers.json.JsonWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Warns of alarms in the nodes' logs; a node that exited unasked is INVALID. */
public final class LogsChecker implements Checker {

  private static final int LAST_LINES = 20;

  /** Creates one. */
  public LogsChecker() {}

  @Override
  public String name() {
    return "logs";
  }

  @Override
  public CheckResult check(Recording recording, Budget budget) {
    long startNanos = System.nanoTime();
    Path logs = recording.logDirectory();
    List<Finding> findings = new ArrayList<>();
    FaultWindows.of(recording.history()).phases().stream()
        .filter(phase -> phase.name().equals(Phase.EXITED))
        .forEach(phase -> findings.add(exited(phase, logs)));
    int exits = findings.size();
    Verdict verdict = exits > 0 ? Verdict.invalid() : Verdict.valid();
    if (logs != null) {
      try {
        addAlarms(logs, findings);
      } catch (IOException e) {
        verdict = verdict.and(Verdict.unknown("the logs in " + logs + " cannot be read: " + e));
      }
    }
    int alarms = findings.size() - exits;
    return new CheckResult(
        name(),
        verdict,
        summary(findings, exits, alarms, logs),
        findings,
        new Json.Obj(Map.of("exits", Json.of(exits), "alarms", Json.of(alarms))),
        System.nanoTime() - startNanos,
        0);
  }

  private static String summary(
      List<Finding> findings, int exits, int alarms, @Nullable Path logs) {
    if (exits > 0) {
      return findings.getFirst().claim();
    }
    if (logs == null) {
      return "no logs were kept";
    }
    return alarms == 0 ? "nothing alarming in the logs" : alarms + " kinds of alarm in the logs";
  }

  private static void addAlarms(Path logs, List<Finding> findings) throws IOException {
    for (NodeLogs node : NodeLogs.all(logs)) {
      for (AlarmGroup group : node.alarms()) {
        findings.add(
            new Finding(Finding.Severity.WARNING, group.claim(), null, List.of(), group.lines()));
      }
    }
  }

  private static Finding exited(Phase phase, @Nullable Path logs) {
    String node =
        phase.value().members().get("node") instanceof Json.Text(String name) ? name : "?";
    Json code = phase.value().members().getOrDefault("code", Json.of("unknown"));
    String claim =
        "node "
            + node
            + " exited unasked at "
            + Times.moment(phase.timeNanos())
            + ", code "
            + (code instanceof Json.Text(String word) ? word : JsonWriter.toString(code));
    return new Finding(
        Finding.Severity.VIOLATION, claim, null, List.of(phase.event()), lastLines(logs, node));
  }

  private static List<String> lastLines(@Nullable Path logs, String node) {
    if (logs == null) {
      return List.of();
    }
    try {
      return NodeLogs.of(logs, node).lastLines(LAST_LINES);
    } catch (IOException e) {
      return List.of("its log cannot be read: " + e);
    }
  }
}

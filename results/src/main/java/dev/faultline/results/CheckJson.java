package dev.faultline.results;

import dev.faultline.checkers.CheckResult;
import dev.faultline.checkers.Finding;
import dev.faultline.checkers.Verdict;
import dev.faultline.checkers.json.Json;
import dev.faultline.checkers.json.JsonWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What {@code check --json} prints for one file: one JSON object on one line, with {@code file,
 * checker, model, verdict, reason, operations, keys, statesExplored, readMilliseconds,
 * milliseconds, peakBytes, details, counterexample}.
 *
 * <p>{@code model}, {@code keys} and {@code statesExplored} are there if the checker knows them,
 * {@code readMilliseconds} if the file was read for this check. {@code reason} is there only for
 * UNKNOWN, {@code counterexample} only for INVALID: {@code {claim, key, events}}, where {@code
 * events} are the lines of the history, counted from 0.
 */
public final class CheckJson {

  private CheckJson() {}

  /**
   * Returns the line for one file, without a line end.
   *
   * @param file the file, as the user named it
   * @param operations how many operations the history holds
   * @param result what the checker found
   */
  public static String line(Path file, long operations, CheckResult result) {
    return line(file, operations, OptionalLong.empty(), result);
  }

  /**
   * Returns the line for one file, without a line end.
   *
   * @param file the file, as the user named it
   * @param operations how many operations the history holds
   * @param readNanos how long it took to read the file
   * @param result what the checker found
   */
  public static String line(
      Path file, long operations, OptionalLong readNanos, CheckResult result) {
    Map<String, Json> members = new LinkedHashMap<>();
    members.put("file", Json.of(file.toString()));
    members.put("checker", Json.of(result.checker()));
    lift("model", result, members);
    members.put("verdict", Json.of(result.verdict().word()));
    if (result.verdict() instanceof Verdict.Unknown(String reason)) {
      members.put("reason", Json.of(reason));
    }
    members.put("operations", Json.of(operations));
    lift("keys", result, members);
    lift("statesExplored", result, members);
    readNanos.ifPresent(nanos -> members.put("readMilliseconds", Json.of(Math.round(nanos / 1e6))));
    members.put("milliseconds", Json.of(Math.round(result.elapsedNanos() / 1e6)));
    members.put("peakBytes", Json.of(result.peakBytes()));
    members.put("details", result.details());
    result.findings().stream()
        .filter(finding -> finding.severity() == Finding.Severity.VIOLATION)
        .findFirst()
        .ifPresent(finding -> members.put("counterexample", counterexample(finding)));
    return JsonWriter.toString(new Json.Obj(members));
  }

  /** Copies a detail to where a script finds it. */
  private static void lift(String name, CheckResult result, Map<String, Json> members) {
    Json value = result.details().members().get(name);
    if (value != null) {
      members.put(name, value);
    }
  }

  private static Json counterexample(Finding finding) {
    Map<String, Json> members = new LinkedHashMap<>();
    members.put("claim", Json.of(finding.claim()));
    if (finding.key() != null) {
      members.put("key", Json.of(finding.key()));
    }
    List<Json> events = finding.events().stream().map(index -> Json.of((long) index)).toList();
    members.put("events", new Json.Array(events));
    return new Json.Obj(members);
  }
}

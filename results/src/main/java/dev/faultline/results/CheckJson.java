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
 * checker, model, workload, models, verdict, valid, reason, operations, keys, statesExplored,
 * readMilliseconds, milliseconds, peakBytes, anomalies, not, alsoNot, details, counterexample}.
 *
 * <p>{@code valid} is true, false or {@code "unknown"}. {@code model}, {@code keys} and {@code
 * statesExplored} are there for linearizability, {@code workload}, {@code models}, {@code
 * anomalies} (each with its count and examples), {@code not} and {@code alsoNot} for transactions,
 * {@code readMilliseconds} if the file was read for this check. {@code reason} is there only for
 * UNKNOWN, {@code counterexample} only for INVALID: {@code {claim, key, events}}, where {@code
 * events} are the lines of the history, counted from 0. A file that cannot be checked has an object
 * with {@code file} and {@code error} alone.
 */
public final class CheckJson {

  private CheckJson() {}

  /** Returns the line for a file that cannot be checked, for which {@code error} is the reason. */
  public static String error(Path file, String error) {
    Map<String, Json> members = new LinkedHashMap<>();
    members.put("file", Json.of(file.toString()));
    members.put("error", Json.of(error));
    return JsonWriter.toString(new Json.Obj(members));
  }

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
    Map<String, Json> details = new LinkedHashMap<>(result.details().members());
    move(details, "model", members);
    move(details, "workload", members);
    move(details, "models", members);
    members.put("verdict", Json.of(result.verdict().word()));
    members.put("valid", valid(result.verdict()));
    if (result.verdict() instanceof Verdict.Unknown(String reason)) {
      members.put("reason", Json.of(reason));
    }
    members.put("operations", Json.of(operations));
    move(details, "keys", members);
    move(details, "statesExplored", members);
    readNanos.ifPresent(nanos -> members.put("readMilliseconds", Json.of(Math.round(nanos / 1e6))));
    members.put("milliseconds", Json.of(Math.round(result.elapsedNanos() / 1e6)));
    members.put("peakBytes", Json.of(result.peakBytes()));
    move(details, "anomalies", members);
    move(details, "not", members);
    move(details, "alsoNot", members);
    members.put("details", new Json.Obj(details));
    result.findings().stream()
        .filter(finding -> finding.severity() == Finding.Severity.VIOLATION)
        .findFirst()
        .ifPresent(finding -> members.put("counterexample", counterexample(finding)));
    return JsonWriter.toString(new Json.Obj(members));
  }

  /** Moves a detail to where a script finds it. */
  private static void move(Map<String, Json> details, String name, Map<String, Json> members) {
    Json value = details.remove(name);
    if (value != null) {
      members.put(name, value);
    }
  }

  private static Json valid(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Valid() -> Json.of(true);
      case Verdict.Invalid() -> Json.of(false);
      case Verdict.Unknown _ -> Json.of("unknown");
    };
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

package dev.faultline.checkers;

import dev.faultline.checkers.json.Json;
import java.util.List;

/**
 * What one checker found in one recording.
 *
 * @param checker the checker's name
 * @param verdict what it found
 * @param summary one sentence, for people
 * @param findings what it has to show, worst first
 * @param details figures for machines, by name
 * @param elapsedNanos how long it took
 * @param peakBytes the most memory that it accounted for, in bytes
 */
public record CheckResult(
    String checker,
    Verdict verdict,
    String summary,
    List<Finding> findings,
    Json.Obj details,
    long elapsedNanos,
    long peakBytes) {

  public CheckResult {
    findings = List.copyOf(findings);
  }
}

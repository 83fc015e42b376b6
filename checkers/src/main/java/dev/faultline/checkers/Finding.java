package dev.faultline.checkers;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a checker has to show.
 *
 * @param severity whether it breaks a promise or only deserves a look
 * @param claim what happened, as one plain sentence with times, processes and values
 * @param key the key that it is about, or null
 * @param events indexes into the history of every event needed to see it, ascending
 * @param lines further lines of evidence, such as log lines; often empty
 */
public record Finding(
    Severity severity,
    String claim,
    @Nullable String key,
    List<Integer> events,
    List<String> lines) {

  /** How bad a finding is. */
  public enum Severity {
    /** A promise was broken. */
    VIOLATION,
    /** Worth a look; no promise was broken. */
    WARNING
  }

  public Finding {
    events = List.copyOf(events);
    lines = List.copyOf(lines);
  }
}

package dev.faultline.results;

import dev.faultline.checkers.CheckResult;
import dev.faultline.checkers.Finding;
import dev.faultline.checkers.Verdict;
import dev.faultline.checkers.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * All that the checkers found in a run, and the table by which its errors were judged: the content
 * of {@code results.json}. Immutable.
 *
 * @param version the version of this format, {@link #VERSION}
 * @param checks one entry for each checker
 * @param errorTable the rules that told definite errors from others, in the order in which they
 *     were tried
 */
public record RunResults(int version, List<Check> checks, List<ErrorRow> errorTable) {

  /** The version of the format that this class reads and writes. */
  public static final int VERSION = 1;

  /**
   * What one checker found.
   *
   * @param checker its name
   * @param verdict {@code VALID}, {@code INVALID} or {@code UNKNOWN}
   * @param reason why it is UNKNOWN; null otherwise
   * @param summary one sentence
   * @param milliseconds how long it took
   * @param peakBytes the most memory that it accounted for
   * @param details its figures
   * @param findings what it has to show
   */
  public record Check(
      String checker,
      String verdict,
      @Nullable String reason,
      String summary,
      long milliseconds,
      long peakBytes,
      Json.Obj details,
      List<Shown> findings) {

    public Check {
      Objects.requireNonNull(checker, "checker");
      Objects.requireNonNull(verdict, "verdict");
      Objects.requireNonNull(summary, "summary");
      Objects.requireNonNull(details, "details");
      findings = List.copyOf(Objects.requireNonNull(findings, "findings"));
    }

    /** Returns {@code result} in the form that is stored. */
    public static Check of(CheckResult result) {
      return new Check(
          result.checker(),
          result.verdict().word(),
          result.verdict() instanceof Verdict.Unknown(String reason) ? reason : null,
          result.summary(),
          Math.round(result.elapsedNanos() / 1e6),
          result.peakBytes(),
          result.details(),
          result.findings().stream().map(Shown::of).toList());
    }
  }

  /**
   * One finding.
   *
   * @param severity {@code violation} or {@code warning}
   * @param claim what happened
   * @param key the key that it is about, or null
   * @param events the lines of the history that show it
   * @param lines further evidence
   */
  public record Shown(
      String severity,
      String claim,
      @Nullable String key,
      List<Integer> events,
      List<String> lines) {

    public Shown {
      Objects.requireNonNull(severity, "severity");
      Objects.requireNonNull(claim, "claim");
      events = List.copyOf(Objects.requireNonNull(events, "events"));
      lines = List.copyOf(Objects.requireNonNull(lines, "lines"));
    }

    static Shown of(Finding finding) {
      return new Shown(
          finding.severity().name().toLowerCase(Locale.ROOT),
          finding.claim(),
          finding.key(),
          finding.events(),
          finding.lines());
    }
  }

  /**
   * One rule of the table that tells definite errors from others.
   *
   * @param status the system's own code for the error, or {@code *}
   * @param text what its message contains
   * @param unsentOnly whether it is only about requests that were never sent
   * @param code the word for it in the history
   * @param definite whether it proves that the operation had no effect
   * @param why the reason
   */
  public record ErrorRow(
      String status, String text, boolean unsentOnly, String code, boolean definite, String why) {}

  public RunResults {
    checks = List.copyOf(Objects.requireNonNull(checks, "checks"));
    errorTable = List.copyOf(Objects.requireNonNull(errorTable, "errorTable"));
  }

  /** Returns what is to be stored of {@code results}. */
  public static RunResults of(List<CheckResult> results, List<ErrorRow> errorTable) {
    return new RunResults(VERSION, results.stream().map(Check::of).toList(), errorTable);
  }

  /** Writes this to {@code file}, in one step. */
  public void write(Path file) throws IOException {
    new JsonFiles().write(file, this);
  }

  /**
   * Reads results.
   *
   * @throws MalformedResultException if {@code file} holds none, or some of another version
   * @throws IOException if it cannot be read
   */
  public static RunResults read(Path file) throws IOException {
    return new JsonFiles().read(file, RunResults.class, VERSION);
  }
}

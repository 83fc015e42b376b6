package dev.faultline.checkers.linearizability;

import dev.faultline.checkers.Budget;
import dev.faultline.checkers.CheckResult;
import dev.faultline.checkers.Checker;
import dev.faultline.checkers.Finding;
import dev.faultline.checkers.Recording;
import dev.faultline.checkers.Verdict;
import dev.faultline.checkers.history.EventType;
import dev.faultline.checkers.history.History;
import dev.faultline.checkers.history.HistoryLines;
import dev.faultline.checkers.history.HistoryReader;
import dev.faultline.checkers.history.HistorySplitter;
import dev.faultline.checkers.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * Checks a history file that is too large for memory: splits it by key into parts on the disk, and
 * checks one part after the other.
 *
 * <p>Keys are independent, so that nothing is lost by it; the memory that it takes is that of one
 * part. Findings name events by their places in the whole history, and carry them as lines.
 */
public final class LargeHistory {

  /** About how many bytes of a file make an event, compressed and not. */
  private static final int BYTES_AN_EVENT = 80;

  private static final int COMPRESSED_BYTES_AN_EVENT = 8;

  /** About how many bytes an event takes in memory while it is checked. */
  private static final int MEMORY_AN_EVENT = 64;

  private static final int MOST_PARTS = 512;

  private final Path file;
  private final Path scratch;
  private final Map<String, Long> sums = new LinkedHashMap<>();
  private final List<Finding> findings = new ArrayList<>();
  private Verdict verdict = Verdict.valid();
  private String summary = "";
  private long peakBytes;
  private long invoked;

  private LargeHistory(Path file, Path scratch) {
    this.file = file;
    this.scratch = scratch;
  }

  /**
   * Tells whether {@code file} is better not read into {@code memoryBytes} of memory as a whole.
   */
  public static boolean isTooLarge(Path file, long memoryBytes) throws IOException {
    return events(file) * MEMORY_AN_EVENT > memoryBytes;
  }

  /**
   * Checks {@code file}, which is in this project's own format.
   *
   * @param checkers returns what checks a part, given the part
   * @param budget the time is that of all parts together, the memory that of one
   * @throws IOException if it cannot be read, or there is no room for the parts on the disk
   */
  public static CheckResult check(Path file, Function<History, Checker> checkers, Budget budget)
      throws IOException {
    long parts = 1 + 4 * events(file) * MEMORY_AN_EVENT / budget.memoryBytes();
    Path scratch = Files.createTempDirectory("faultline-check");
    try {
      return new LargeHistory(file, scratch)
          .check((int) Math.min(MOST_PARTS, parts), checkers, budget);
    } finally {
      Files.deleteIfExists(scratch);
    }
  }

  private CheckResult check(int count, Function<History, Checker> checkers, Budget budget)
      throws IOException {
    List<HistorySplitter.Part> parts = HistorySplitter.split(file, count, scratch);
    long start = System.nanoTime();
    Json model = Json.NULL;
    String checker = "linearizable";
    for (HistorySplitter.Part part : parts) {
      try {
        History history = HistoryReader.read(part.events());
        if (history.size() > 0) {
          Duration left = budget.time().minusNanos(System.nanoTime() - start);
          CheckResult result =
              checkers
                  .apply(history)
                  .check(
                      new Recording(history, null),
                      new Budget(left.isNegative() ? Duration.ZERO : left, budget.memoryBytes()));
          checker = result.checker();
          model = result.details().members().getOrDefault("model", Json.NULL);
          add(result, history, part);
        }
      } finally {
        part.delete();
      }
    }
    return result(checker, model, System.nanoTime() - start);
  }

  private void add(CheckResult result, History history, HistorySplitter.Part part)
      throws IOException {
    Verdict before = verdict;
    // Of one part that may be so; of all together it is said at the end.
    boolean tells = !result.verdict().equals(Report.NOTHING_TOLD);
    verdict = verdict.and(tells ? result.verdict() : Verdict.valid());
    if (summary.isEmpty() || !verdict.equals(before)) {
      summary = result.summary();
    }
    peakBytes = Math.max(peakBytes, result.peakBytes());
    result
        .details()
        .members()
        .forEach((name, value) -> {
          if (value instanceof Json.Int(long number)) {
            sums.merge(name, number, Long::sum);
          }
        });
    for (int i = 0; i < history.size(); i++) {
      invoked += history.type(i) == EventType.INVOKE ? 1 : 0;
    }
    for (Finding finding : result.findings()) {
      findings.add(placed(finding, history, part));
    }
  }

  private static Finding placed(Finding finding, History history, HistorySplitter.Part part)
      throws IOException {
    List<Integer> places = new ArrayList<>();
    List<String> lines = new ArrayList<>(finding.lines());
    for (int event : finding.events()) {
      int place = part.place(event);
      StringBuilder line = new StringBuilder();
      HistoryLines.append(line, place, history.event(event));
      places.add(place);
      lines.add(line.toString().stripTrailing());
    }
    return new Finding(finding.severity(), finding.claim(), finding.key(), places, lines);
  }

  private CheckResult result(String checker, Json model, long elapsedNanos) {
    Map<String, Json> details = new LinkedHashMap<>();
    details.put("model", model);
    sums.forEach((name, sum) -> details.put(name, Json.of(sum)));
    details.put("invoked", Json.of(invoked));
    if (verdict instanceof Verdict.Valid && sums.getOrDefault("operations", 0L) == 0) {
      verdict = Report.NOTHING_TOLD;
      summary = Report.NOTHING_TOLD.reason();
    }
    if (verdict instanceof Verdict.Valid) {
      summary =
          String.format(
              Locale.ROOT,
              "linearizable: %,d operations on %,d keys",
              sums.getOrDefault("operations", 0L),
              sums.getOrDefault("keys", 0L));
    }
    return new CheckResult(
        checker, verdict, summary, findings, new Json.Obj(details), elapsedNanos, peakBytes);
  }

  private static long events(Path file) throws IOException {
    boolean compressed = String.valueOf(file.getFileName()).endsWith(".gz");
    return Files.size(file) / (compressed ? COMPRESSED_BYTES_AN_EVENT : BYTES_AN_EVENT);
  }
}

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
import dev.faultline.checkers.history.HistorySize;
import dev.faultline.checkers.history.HistorySplitter;
import dev.faultline.checkers.history.HistoryTooLargeException;
import dev.faultline.checkers.json.Json;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
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
 * part. A part that turns out too large is split again; one key that does not fit by itself is
 * UNKNOWN, and says so. Findings name events by their places in the whole history, and carry them
 * as lines.
 */
public final class LargeHistory {

  /** About how many bytes an event takes in memory while it is checked. */
  private static final int MEMORY_AN_EVENT = 64;

  /** How many times less a part should take than it may: keys are not of equal size. */
  private static final int RESERVE = 4;

  private static final int MOST_PARTS = 512;
  private static final int MOST_SPLITS = 4;
  private static final int PLACE_BYTES = Integer.BYTES;
  private static final double BYTES_PER_GIGABYTE = 1 << 30;

  /** A part that is still to be checked, and how often it was split. */
  private record Pending(HistorySplitter.Part part, int splits) {}

  private final Budget budget;
  private final Map<String, Long> sums = new LinkedHashMap<>();
  private final List<Finding> findings = new ArrayList<>();
  private final Deque<Pending> pending = new ArrayDeque<>();
  private Verdict verdict = Verdict.valid();
  private String checker = "linearizable";
  private Json model = Json.NULL;
  private String summary = "";
  private long peakBytes;
  private long invoked;

  private LargeHistory(Budget budget) {
    this.budget = budget;
  }

  /**
   * Tells whether {@code file} is better not read into {@code memoryBytes} of memory as a whole.
   */
  public static boolean isTooLarge(Path file, long memoryBytes) throws IOException {
    return HistorySize.of(file).events() * MEMORY_AN_EVENT > memoryBytes;
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
    HistorySize size = HistorySize.of(file);
    long parts = 1 + RESERVE * size.events() * MEMORY_AN_EVENT / budget.memoryBytes();
    Path scratch = Files.createTempDirectory("faultline-check");
    scratch.toFile().deleteOnExit(); // Who presses Ctrl-C must not find a full disk.
    try {
      checkRoom(scratch, size);
      List<HistorySplitter.Part> split =
          HistorySplitter.split(file, (int) Math.min(MOST_PARTS, parts), scratch);
      return new LargeHistory(budget).check(split, checkers);
    } finally {
      delete(scratch);
    }
  }

  private static void checkRoom(Path scratch, HistorySize size) throws IOException {
    long needed = size.textBytes() + size.events() * PLACE_BYTES;
    long room = Files.getFileStore(scratch).getUsableSpace();
    if (needed > room) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "the history is too large for memory, and its parts need %.1f GB in %s, where %.1f GB"
                  + " are left; make room there, or give the process more memory",
              needed / BYTES_PER_GIGABYTE,
              scratch.getParent(),
              room / BYTES_PER_GIGABYTE));
    }
  }

  private CheckResult check(List<HistorySplitter.Part> parts, Function<History, Checker> checkers)
      throws IOException {
    long start = System.nanoTime();
    long eventsLeft = 0;
    for (HistorySplitter.Part part : parts) {
      eventsLeft += part.size();
      pending.add(new Pending(part, 0));
    }
    while (!pending.isEmpty()) {
      Pending next = pending.removeFirst();
      HistorySplitter.Part part = next.part();
      if (isSplitAgain(next)) {
        for (HistorySplitter.Part smaller :
            HistorySplitter.split(part, 2 * RESERVE, next.splits() + 1)) {
          pending.addFirst(new Pending(smaller, next.splits() + 1));
        }
      } else if (part.size() > 0) {
        long left = Math.max(0, budget.time().minusNanos(System.nanoTime() - start).toNanos());
        check(part, checkers, share(left, part.size(), eventsLeft));
        eventsLeft -= part.size();
      }
      part.delete();
    }
    return result(System.nanoTime() - start);
  }

  private boolean isSplitAgain(Pending next) {
    return (long) next.part().size() * MEMORY_AN_EVENT > budget.memoryBytes()
        && !next.part().onlyKey()
        && next.splits() < MOST_SPLITS;
  }

  /** Returns what a part may spend: its share of the time that is left, and at least half of it. */
  private static Duration share(long leftNanos, long events, long eventsLeft) {
    long proportional = (long) ((double) leftNanos * events / eventsLeft);
    return Duration.ofNanos(Math.max(proportional, leftNanos / 2));
  }

  private void check(HistorySplitter.Part part, Function<History, Checker> checkers, Duration time)
      throws IOException {
    History history;
    try {
      history = HistoryReader.readExcerpt(part.events());
    } catch (HistoryTooLargeException e) {
      tooLarge(part);
      return;
    }
    CheckResult result =
        checkers
            .apply(history)
            .check(new Recording(history, null), new Budget(time, budget.memoryBytes()));
    checker = result.checker();
    model = result.details().members().getOrDefault("model", model);
    add(result, history, part);
  }

  private void tooLarge(HistorySplitter.Part part) {
    invoked += part.size() / 2;
    String reason =
        String.format(
            Locale.ROOT,
            "%s: %,d events do not fit into memory; give the process more memory, or use fewer"
                + " operations a key",
            part.key() == null ? "operations without a key" : part.key(),
            part.size());
    Verdict before = verdict;
    verdict = verdict.and(Verdict.unknown(reason));
    summary = verdict.equals(before) ? summary : reason;
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

  private CheckResult result(long elapsedNanos) {
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
    if (verdict instanceof Verdict.Invalid && !findings.isEmpty()) {
      // Each part counted its own.
      long violated = sums.getOrDefault("invalidKeys", 0L);
      String others =
          violated == 1 ? "" : String.format(Locale.ROOT, " (%,d keys violated)", violated);
      summary = findings.getFirst().claim() + others;
    }
    return new CheckResult(
        checker, verdict, summary, findings, new Json.Obj(details), elapsedNanos, peakBytes);
  }

  private static void delete(Path directory) throws IOException {
    try (DirectoryStream<Path> left = Files.newDirectoryStream(directory)) {
      for (Path one : left) {
        Files.deleteIfExists(one);
      }
    }
    Files.deleteIfExists(directory);
  }
}

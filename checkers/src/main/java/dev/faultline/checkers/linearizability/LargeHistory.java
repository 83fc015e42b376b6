package dev.faultline.checkers.linearizability;

import dev.faultline.checkers.Budget;
import dev.faultline.checkers.CheckResult;
import dev.faultline.checkers.Finding;
import dev.faultline.checkers.Times;
import dev.faultline.checkers.history.History;
import dev.faultline.checkers.history.HistorySize;
import dev.faultline.checkers.history.HistorySplitter;
import dev.faultline.checkers.history.HistoryTooLargeException;
import dev.faultline.checkers.history.ScratchFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Checks a history file that is too large for memory: splits it by key into parts on the disk, and
 * checks one part after the other.
 *
 * <p>Keys are independent, so that nothing is lost by it; the memory that it takes is that of one
 * part. A part that turns out too large is split again; one key that does not fit by itself is
 * UNKNOWN, and says so. All parts report to one {@link Report}, and their events know their places
 * in the whole, so that verdict, findings and words are those of a history in memory.
 *
 * <pre>{@code
 * try (LargeHistory history = LargeHistory.split(file, Set.of(), budget)) {
 *   Model<?> model = Models.named(history.suggestedModel()).orElseThrow();
 *   CheckResult result = history.check(new LinearizabilityChecker(model));
 * }
 * }</pre>
 *
 * <p>The time of the budget is that of splitting and checking together, its memory that of one
 * part. Not safe for use by several threads.
 */
public final class LargeHistory implements AutoCloseable {

  /** About how many bytes an event takes in memory while it is checked, and what is left free. */
  private static final int MEMORY_AN_EVENT = 80;

  /** What it takes in columns at least. */
  private static final int LEAST_MEMORY_AN_EVENT = 32;

  /** How many times less a part should take than it may: keys are not of equal size. */
  private static final int RESERVE = 4;

  /** Into how many parts a part is split that is too large. */
  private static final int SPLIT = 2 * RESERVE;

  private static final int MOST_PARTS = 512;

  /** Which part of the memory the blocks of parts that are being written may take, at most. */
  private static final int BLOCKS_SHARE = 8;

  /** Nobody has so many keys that they do not part by then. */
  private static final int MOST_SPLITS = 24;

  /**
   * What it works with.
   *
   * @param heapBytes how much memory there is at most, whatever the budget says
   * @param memoryAnEvent how many bytes an event takes
   * @param clock the time in nanoseconds
   */
  record Means(long heapBytes, int memoryAnEvent, LongSupplier clock) {

    /** Those of this process. */
    static Means present() {
      return new Means(Runtime.getRuntime().maxMemory(), MEMORY_AN_EVENT, System::nanoTime);
    }
  }

  /** A part that is still to be checked, and how often it was split. */
  private record Pending(HistorySplitter.Part part, int splits) {}

  private final Means means;
  private final long memoryBytes;
  private final long startNanos;
  private final long deadlineNanos;
  private final SplitWatcher seen;
  private final Deque<Pending> pending = new ArrayDeque<>();
  private final EvidenceEvents evidence = new EvidenceEvents();
  private @Nullable ScratchFile scratch;
  private @Nullable String outOfTime;
  private long eventsLeft;

  private LargeHistory(Set<String> keys, Budget budget, Means means) {
    this.means = means;
    memoryBytes = Math.min(budget.memoryBytes(), means.heapBytes() / 2);
    startNanos = means.clock().getAsLong();
    deadlineNanos = startNanos + budget.time().toNanos();
    seen = new SplitWatcher(keys, evidence, limits());
  }

  /**
   * Tells whether {@code file} is better not read into {@code memoryBytes} of memory as a whole.
   */
  public static boolean isTooLarge(Path file, long memoryBytes) throws IOException {
    return HistorySize.of(file).events() > memoryBytes / MEMORY_AN_EVENT;
  }

  /**
   * Splits {@code file}, which is in this project's own format.
   *
   * @param keys the only keys to look at; all if empty
   * @throws dev.faultline.checkers.history.HistoryFormatException if it is malformed
   * @throws IOException if it cannot be read, or there is no room for the parts on the disk
   */
  public static LargeHistory split(Path file, Set<String> keys, Budget budget) throws IOException {
    return split(file, keys, budget, Means.present());
  }

  static LargeHistory split(Path file, Set<String> keys, Budget budget, Means means)
      throws IOException {
    LargeHistory history = new LargeHistory(keys, budget, means);
    try {
      history.split(file, keys.isEmpty());
      return history;
    } catch (IOException | RuntimeException e) {
      history.close();
      throw e;
    }
  }

  private void split(Path file, boolean allKeys) throws IOException {
    HistorySize size = HistorySize.of(file);
    scratch = ScratchFile.open(allKeys ? size.textBytes() : 0);
    try {
      List<HistorySplitter.Part> parts =
          HistorySplitter.split(file, parts(size.events()), scratch, seen);
      for (HistorySplitter.Part part : parts) {
        eventsLeft += part.size();
        pending.add(new Pending(part, 0));
      }
    } catch (BudgetSpentException _) {
      outOfTime =
          String.format(
              Locale.ROOT,
              "out of time after %s, while the history was split by key, at event %,d of about"
                  + " %,d; give the check more time",
              spent(),
              seen.events(),
              Math.max(size.events(), seen.events()));
    }
  }

  private int parts(long events) {
    long wanted = 1 + RESERVE * events * means.memoryAnEvent() / memoryBytes;
    long most = Math.max(SPLIT, ScratchFile.blocksIn(memoryBytes / BLOCKS_SHARE));
    return (int) Math.min(Math.min(MOST_PARTS, most), wanted);
  }

  /** Returns the name of the model that its functions look like. */
  public String suggestedModel() {
    return seen.suggestedModel();
  }

  /** Returns how many operations clients invoked, of whatever key and outcome. */
  public long operations() {
    return seen.operations();
  }

  /** Returns how many events are to be looked at. */
  public long events() {
    return eventsLeft;
  }

  /** Returns those of the keys asked for that do not occur. */
  public Set<String> absentKeys() {
    return outOfTime == null ? seen.absentKeys() : Set.of();
  }

  /** Returns the keys that do occur, if they are not too many to be kept. */
  public Set<String> someKeys() {
    return seen.someKeys();
  }

  /**
   * Checks it; can be called once.
   *
   * @throws IOException if the parts cannot be read or split
   */
  public CheckResult check(LinearizabilityChecker checker) throws IOException {
    Report report = checker.report();
    if (outOfTime != null) {
      return LinearizabilityChecker.unknown(report, outOfTime);
    }
    if (operations() == 0) {
      return LinearizabilityChecker.unknown(report, LinearizabilityChecker.NO_OPERATION);
    }
    KeysDone progress = new KeysDone(checker.settings().progress(), seen.keys(), eventsLeft);
    while (!pending.isEmpty()) {
      Pending next = pending.removeFirst();
      try {
        handle(next, checker, progress, report);
      } catch (BudgetSpentException _) {
        unread(report);
      }
    }
    return report.result();
  }

  /** Returns the events that the findings name and those of the nemesis, as an excerpt. */
  public History evidence() {
    return evidence.excerpt(seen.hasTimes());
  }

  @Override
  public void close() throws IOException {
    if (scratch != null) {
      scratch.close();
    }
  }

  private void handle(
      Pending next, LinearizabilityChecker checker, KeysDone progress, Report report)
      throws IOException {
    HistorySplitter.Part part = next.part();
    if (isSplit(next, (long) part.size() * means.memoryAnEvent() > memoryBytes)) {
      splitAgain(next);
    } else if (part.size() > 0) {
      limits().check();
      try {
        check(part, checker, progress, report);
      } catch (HistoryTooLargeException | OutOfMemoryError _) {
        // All that was begun is garbage by now.
        if (isSplit(next, true)) {
          splitAgain(next);
          return;
        }
        report.unread(tooLarge(part));
      }
      eventsLeft -= part.size();
      part.delete();
    }
  }

  private static boolean isSplit(Pending next, boolean tooLarge) {
    return tooLarge && !next.part().isOneKey() && next.splits() < MOST_SPLITS;
  }

  private void splitAgain(Pending next) throws IOException {
    int depth = next.splits() + 1;
    Limits limits = limits();
    for (HistorySplitter.Part smaller : next.part().split(SPLIT, depth, limits::look)) {
      pending.addFirst(new Pending(smaller, depth));
    }
  }

  private void check(
      HistorySplitter.Part part, LinearizabilityChecker checker, KeysDone progress, Report report)
      throws IOException {
    if ((long) part.size() * LEAST_MEMORY_AN_EVENT > means.heapBytes()) {
      report.unread(tooLarge(part));
      return;
    }
    History history = part.read(limits()::look);
    int known = report.findings().size();
    checker.checkPart(history, share(part.size()), progress, report);
    progress.finished(part.size());
    List<Finding> findings = report.findings();
    for (Finding finding : findings.subList(known, findings.size())) {
      evidence.add(history, finding);
    }
  }

  /** Returns what a part may spend: its share of the time that is left, and at least half of it. */
  private Limits share(long events) {
    long now = means.clock().getAsLong();
    long left = deadlineNanos - now;
    long share = Math.max((long) ((double) left * events / eventsLeft), left / 2);
    return new Limits(now + share, memoryBytes, means.clock());
  }

  private Limits limits() {
    return new Limits(deadlineNanos, memoryBytes, means.clock());
  }

  private String spent() {
    return Times.span(means.clock().getAsLong() - startNanos);
  }

  private static String tooLarge(HistorySplitter.Part part) {
    return String.format(
        Locale.ROOT,
        "%s: %,d events do not fit into memory; give the process more memory, or use fewer"
            + " operations a key",
        part.key() == null ? "operations without a key" : part.key(),
        part.size());
  }

  /** Gives up what is left, for want of time. */
  private void unread(Report report) {
    pending.clear();
    report.unread(
        String.format(
            Locale.ROOT,
            "out of time after %s, before %,d events were looked at; give the check more time",
            spent(),
            eventsLeft));
  }
}

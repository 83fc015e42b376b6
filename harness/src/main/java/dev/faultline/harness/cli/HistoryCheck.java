package dev.faultline.harness.cli;

import dev.faultline.checkers.Budget;
import dev.faultline.checkers.CheckResult;
import dev.faultline.checkers.Checker;
import dev.faultline.checkers.Recording;
import dev.faultline.checkers.history.EventType;
import dev.faultline.checkers.history.History;
import dev.faultline.checkers.history.HistoryExport;
import dev.faultline.checkers.history.HistoryFormat;
import dev.faultline.checkers.history.HistoryImport;
import dev.faultline.checkers.history.HistoryTooLargeException;
import dev.faultline.checkers.linearizability.LargeHistory;
import dev.faultline.checkers.linearizability.LinearizabilityChecker;
import dev.faultline.checkers.linearizability.Models;
import dev.faultline.harness.scenario.ScenarioException;
import dev.faultline.nemeses.NearestName;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Judges a history that is built in memory or, where it does not fit, key by key from disk.
 *
 * @param format what the files are; if empty, what they look like
 * @param keys the only keys to look at; all if empty
 * @param checker returns the checker for a history, given the name of the model that its functions
 *     look like and where to show progress
 * @param byKey whether that checker looks at each key by itself
 * @param export where the history is also written to
 * @param err where progress is shown
 */
record HistoryCheck(
    Optional<HistoryFormat> format,
    Set<String> keys,
    BiFunction<String, CheckDisplay, Checker> checker,
    boolean byKey,
    @Nullable Path export,
    Budget budget,
    PrintWriter err)
    implements FileCheck {

  /** About what the place of an operation in an order takes, for each of its two events. */
  private static final int ORDER_BYTES_AN_EVENT = 32;

  @Override
  public Checked check(Path file) throws IOException, ScenarioException {
    long startNanos = System.nanoTime();
    if (!mayBeSplit(file)) {
      return inMemory(file, startNanos);
    }
    if (LargeHistory.isTooLarge(file, roomBytes())) {
      return inParts(file, startNanos);
    }
    try {
      return inMemory(file, startNanos);
    } catch (HistoryTooLargeException e) {
      return inParts(file, startNanos); // Its beginning promised less.
    }
  }

  private Checked inMemory(Path file, long startNanos) throws IOException, ScenarioException {
    History history = HistoryImport.read(file, format);
    Set<String> unknown = new TreeSet<>(keys);
    Set<String> known = new HashSet<>();
    for (int i = 0; i < history.size() && !unknown.isEmpty(); i++) {
      String key = history.key(i);
      if (key != null && known.add(key)) {
        unknown.remove(key);
      }
    }
    refuseUnknownKeys(file, unknown, known);
    if (export != null) {
      boolean edn = export.toString().endsWith(".edn");
      HistoryExport.write(history, edn ? HistoryFormat.EDN : HistoryFormat.NDJSON, export);
    }
    long readNanos = System.nanoTime() - startNanos;
    try (CheckDisplay display = new CheckDisplay(err, file)) {
      CheckResult result =
          checker
              .apply(Models.suggestedFor(history), display)
              .check(new Recording(history, null), budget);
      return new Checked(invocations(history), OptionalLong.of(readNanos), result, history);
    }
  }

  private static void refuseUnknownKeys(Path file, Set<String> unknown, Set<String> known)
      throws ScenarioException {
    for (String key : unknown) {
      String hint = NearestName.hint(key, known);
      throw new ScenarioException(
          "--keys",
          file + " has no key '" + key + "'" + (known.isEmpty() ? "; it has none" : hint));
    }
  }

  /** Returns what a history may take in memory: as much again is left for thinking, at most. */
  private long roomBytes() {
    return Math.min(Runtime.getRuntime().maxMemory(), 2 * budget.memoryBytes());
  }

  private boolean mayBeSplit(Path file) throws IOException {
    return byKey && export == null && HistoryImport.format(file, format) == HistoryFormat.NDJSON;
  }

  private Checked inParts(Path file, long startNanos) throws IOException, ScenarioException {
    try (CheckDisplay display = new CheckDisplay(err, file);
        LargeHistory history = LargeHistory.split(file, keys, budget)) {
      refuseUnknownKeys(file, history.absentKeys(), history.someKeys());
      LinearizabilityChecker chosen =
          (LinearizabilityChecker) checker.apply(history.suggestedModel(), display);
      if (chosen.showsOrder() && history.events() > budget.memoryBytes() / ORDER_BYTES_AN_EVENT) {
        throw new ScenarioException(
            "--order",
            String.format(
                Locale.ROOT,
                "the orders of %,d events do not fit into memory; choose some keys with --keys",
                history.events()));
      }
      long readNanos = System.nanoTime() - startNanos;
      CheckResult result = history.check(chosen);
      return new Checked(
          history.operations(), OptionalLong.of(readNanos), result, history.evidence());
    }
  }

  private static long invocations(History history) {
    long invocations = 0;
    for (int i = 0; i < history.size(); i++) {
      if (history.type(i) == EventType.INVOKE) {
        invocations++;
      }
    }
    return invocations;
  }
}

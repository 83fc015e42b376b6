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
import dev.faultline.checkers.json.Json;
import dev.faultline.checkers.linearizability.LargeHistory;
import dev.faultline.harness.scenario.ScenarioException;
import dev.faultline.nemeses.NearestName;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Judges a history that is built in memory or, where it does not fit, key by key from disk.
 *
 * @param format what the files are; if empty, what they look like
 * @param keys the only keys to look at; all if empty
 * @param checker returns the checker for a history, which may show its progress
 * @param byKey whether that checker looks at each key by itself
 * @param export where the history is also written to
 * @param err where progress is shown
 */
record HistoryCheck(
    Optional<HistoryFormat> format,
    Set<String> keys,
    BiFunction<History, CheckDisplay, Checker> checker,
    boolean byKey,
    @Nullable Path export,
    Budget budget,
    PrintWriter err)
    implements FileCheck {

  @Override
  public Checked check(Path file) throws IOException, ScenarioException {
    long startNanos = System.nanoTime();
    if (isTooLarge(file)) {
      return inParts(file, startNanos);
    }
    History history = HistoryImport.read(file, format);
    refuseUnknownKeys(file, history);
    if (export != null) {
      boolean edn = export.toString().endsWith(".edn");
      HistoryExport.write(history, edn ? HistoryFormat.EDN : HistoryFormat.NDJSON, export);
    }
    long readNanos = System.nanoTime() - startNanos;
    try (CheckDisplay display = new CheckDisplay(err, file)) {
      CheckResult result =
          checker.apply(history, display).check(new Recording(history, null), budget);
      return new Checked(invocations(history), OptionalLong.of(readNanos), result, history);
    }
  }

  private void refuseUnknownKeys(Path file, History history) throws ScenarioException {
    Set<String> unknown = new TreeSet<>(keys);
    Set<String> known = new HashSet<>();
    for (int i = 0; i < history.size() && !unknown.isEmpty(); i++) {
      String key = history.key(i);
      if (key != null && known.add(key)) {
        unknown.remove(key);
      }
    }
    for (String key : unknown) {
      String hint = NearestName.hint(key, known);
      throw new ScenarioException(
          "--keys",
          file + " has no key '" + key + "'" + (known.isEmpty() ? "; it has none" : hint));
    }
  }

  private boolean isTooLarge(Path file) throws IOException {
    return byKey
        && export == null
        && HistoryImport.format(file, format) == HistoryFormat.NDJSON
        && LargeHistory.isTooLarge(file, Runtime.getRuntime().maxMemory());
  }

  private Checked inParts(Path file, long startNanos) throws IOException {
    try (CheckDisplay display = new CheckDisplay(err, file)) {
      // What the keys are is told by the first part; another one may hold less of everything.
      AtomicReference<Checker> chosen = new AtomicReference<>();
      CheckResult result =
          LargeHistory.check(
              file,
              part ->
                  chosen.updateAndGet(
                      known -> known == null ? checker.apply(part, display) : known),
              budget);
      long readNanos = System.nanoTime() - startNanos - result.elapsedNanos();
      long operations =
          result.details().members().get("invoked") instanceof Json.Int(long invoked) ? invoked : 0;
      return new Checked(operations, OptionalLong.of(readNanos), result, null);
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

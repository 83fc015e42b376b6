package dev.faultline.checkers.linearizability;

import dev.faultline.checkers.CheckResult;
import dev.faultline.checkers.Finding;
import dev.faultline.checkers.Times;
import dev.faultline.checkers.Verdict;
import dev.faultline.checkers.json.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Gathers what the searches of one check found; several threads may report. */
final class Report {

  /** The verdict on a history of which no operation tells anything. */
  static final Verdict.Unknown NOTHING_TOLD =
      new Verdict.Unknown("no operation tells anything: none completed that could be checked");

  /** How many violations are shrunk and explained; of further ones the keys are counted. */
  private static final int EXPLAINED_KEYS = 5;

  private final String checker;
  private final Model<?> model;
  private final LongSupplier clock;
  private final long startNanos;
  private final List<Finding> findings = new ArrayList<>();
  private int keys;
  private long operations;
  private int explained;
  private int violations;
  private int unknownKeys;
  private @Nullable String firstUnknown;
  private long states;
  private long peakBytes;
  private int keptOperations;
  private final Map<String, Json> orders = new TreeMap<>();
  private final List<Json> withoutOrder = new ArrayList<>();
  private @Nullable UnsuitableCallException unsuitable;

  Report(String checker, Model<?> model, LongSupplier clock) {
    this.checker = checker;
    this.model = model;
    this.clock = clock;
    startNanos = clock.getAsLong();
  }

  /** Returns when the check began, as its clock has it. */
  long startNanos() {
    return startNanos;
  }

  synchronized void linearizable(KeyResult key) {
    count(key);
  }

  synchronized void violated(KeyResult key) {
    count(key);
    violations++;
  }

  /** Tells whether one more violation shall be explained, and counts it. */
  synchronized boolean explainsAnother() {
    return explained++ < EXPLAINED_KEYS;
  }

  /** Returns what was found so far. */
  synchronized List<Finding> findings() {
    return List.copyOf(findings);
  }

  synchronized void violated(KeyResult key, Finding finding) {
    violated(key);
    findings.add(finding);
  }

  /** Takes an order of one key's operations, given by their invocations. */
  synchronized void ordered(@Nullable String key, int[] invocations) {
    Json order =
        new Json.Array(
            Arrays.stream(invocations).mapToObj(place -> Json.of((long) place)).toList());
    orders.put(key == null ? "" : key, order);
  }

  /** Takes note that there is an order of one key's operations, but that none was found to show. */
  synchronized void orderNotFound(@Nullable String key) {
    withoutOrder.add(Json.of(key == null ? "" : key));
  }

  synchronized void shrunk(int kept, long statesOnTheWay) {
    keptOperations += kept;
    states += statesOnTheWay;
  }

  synchronized void gaveUp(KeyResult key, SearchResult.GaveUp result) {
    count(key);
    unknownKeys++;
    if (firstUnknown == null) {
      firstUnknown = reason(key, result);
    }
  }

  /** Takes it that some operations were not looked at, because of {@code reason}. */
  synchronized void unread(String reason) {
    unknownKeys++;
    if (firstUnknown == null) {
      firstUnknown = reason;
    }
  }

  synchronized void unsuitable(UnsuitableCallException problem) {
    if (unsuitable == null || problem.place() < unsuitable.place()) {
      unsuitable = problem;
    }
  }

  synchronized CheckResult result() {
    if (violations > 0) {
      // What is understood fastest comes first; of equals, what happened first.
      findings.sort(
          Comparator.<Finding>comparingInt(finding -> finding.events().size())
              .thenComparing(finding -> finding.events().getLast()));
      String others =
          violations == 1 ? "" : String.format(Locale.ROOT, " (%d keys violated)", violations);
      String besides = unsuitable == null ? "" : "; besides, " + unsuitable.getMessage();
      return result(Verdict.invalid(), findings.getFirst().claim() + others + besides);
    }
    if (unsuitable != null) {
      String problem = String.valueOf(unsuitable.getMessage());
      return result(Verdict.unknown(problem), problem);
    }
    if (firstUnknown != null) {
      String others =
          unknownKeys == 1 ? "" : String.format(Locale.ROOT, " (%d such keys)", unknownKeys);
      return result(Verdict.unknown(firstUnknown + others), firstUnknown + others);
    }
    if (operations == 0) {
      return result(NOTHING_TOLD, NOTHING_TOLD.reason());
    }
    return result(
        Verdict.valid(),
        String.format(
            Locale.ROOT,
            "linearizable as %s: %,d operations on %,d %s",
            model.name(),
            operations,
            keys,
            keys == 1 ? "key" : "keys"));
  }

  synchronized CheckResult result(Verdict verdict, String summary) {
    Map<String, Json> details = new LinkedHashMap<>();
    details.put("model", Json.of(model.name()));
    details.put("keys", Json.of(keys));
    details.put("operations", Json.of(operations));
    details.put("statesExplored", Json.of(states));
    details.put("invalidKeys", Json.of(violations));
    details.put("unknownKeys", Json.of(unknownKeys));
    details.put("keptOperations", Json.of(keptOperations));
    if (!orders.isEmpty()) {
      details.put("orders", new Json.Obj(orders));
    }
    if (!withoutOrder.isEmpty()) {
      details.put("keysWithoutOrder", new Json.Array(List.copyOf(withoutOrder)));
    }
    return new CheckResult(
        checker,
        verdict,
        summary,
        findings,
        new Json.Obj(details),
        clock.getAsLong() - startNanos,
        peakBytes);
  }

  private void count(KeyResult key) {
    keys++;
    operations += key.operations();
    states += key.result().states();
    peakBytes = Math.max(peakBytes, key.result().peakBytes());
  }

  private String reason(KeyResult key, SearchResult.GaveUp result) {
    return String.format(
        Locale.ROOT,
        "%sout of %s after %s and %,d states, with an order for the first %,d completions of %,d"
            + " operations; give the check more %s, or use fewer operations a key",
        key.key() == null ? "" : key.key() + ": ",
        result.outOfMemory() ? "memory" : "time",
        Times.span(clock.getAsLong() - startNanos),
        result.states(),
        result.completionsPassed(),
        key.operations(),
        result.outOfMemory() ? "memory" : "time");
  }
}

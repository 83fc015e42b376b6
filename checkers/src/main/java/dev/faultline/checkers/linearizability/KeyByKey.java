package dev.faultline.checkers.linearizability;

import dev.faultline.checkers.Budget;
import dev.faultline.checkers.Finding;
import dev.faultline.checkers.history.History;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/** Checks the keys of one history under one budget. */
final class KeyByKey {

  /** How many violations are shrunk and explained; of further ones the keys are counted. */
  private static final int EXPLAINED_KEYS = 5;

  /** How long shrinking one violation may take; its result only gets smaller, never wrong. */
  private static final Duration SHRINK_TIME = Duration.ofSeconds(3);

  /**
   * What shrinking gets even beyond the budget: a verdict that nobody understands is worth little.
   */
  private static final Duration LEAST_SHRINK_TIME = Duration.ofMillis(200);

  private final History history;
  private final Model<?> model;
  private final Budget budget;
  private final long deadlineNanos;
  private final Report report;

  KeyByKey(History history, Model<?> model, Budget budget, long startNanos, Report report) {
    this.history = history;
    this.model = model;
    this.budget = budget;
    this.deadlineNanos = startNanos + budget.time().toNanos();
    this.report = report;
  }

  void check(List<KeyHistory> keys) {
    List<KeyHistory> smallFirst =
        keys.stream().sorted(Comparator.comparingInt(key -> key.operations().size())).toList();
    for (int i = 0; i < smallFirst.size(); i++) {
      long now = System.nanoTime();
      long shareNanos = Math.max(0, deadlineNanos - now) / (smallFirst.size() - i);
      check(smallFirst.get(i), new Limits(now + shareNanos, budget.memoryBytes()));
    }
  }

  private void check(KeyHistory key, Limits limits) {
    SearchResult result = Search.run(model, key.operations(), limits, Reductions.ALL);
    switch (result) {
      case SearchResult.Linearizable _ -> report.linearizable(key, result);
      case SearchResult.GaveUp gaveUp -> report.gaveUp(key, gaveUp);
      case SearchResult.Blocked blocked -> {
        if (report.violations() < EXPLAINED_KEYS) {
          report.violated(key, result, explain(key, blocked.blocked()));
        } else {
          report.violated(key, result);
        }
      }
    }
  }

  private Finding explain(KeyHistory key, Operation blocked) {
    long now = System.nanoTime();
    long nanos =
        Math.clamp(deadlineNanos - now, LEAST_SHRINK_TIME.toNanos(), SHRINK_TIME.toNanos());
    Limits limits = new Limits(now + nanos, budget.memoryBytes());
    Shrinker shrinker = new Shrinker(model, key.operations(), blocked, limits);
    List<Operation> kept = shrinker.shrink();
    report.shrunk(kept.size(), shrinker.states());
    return new Explanation(history, key, model).explain(kept, blocked, model);
  }
}

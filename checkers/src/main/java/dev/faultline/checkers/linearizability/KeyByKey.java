package dev.faultline.checkers.linearizability;

import dev.faultline.checkers.Budget;
import dev.faultline.checkers.Finding;
import dev.faultline.checkers.history.History;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Checks the keys of one history under one budget, as many at once as there are processors. */
final class KeyByKey {

  /** How many violations are shrunk and explained; of further ones the keys are counted. */
  private static final int EXPLAINED_KEYS = 5;

  /** How long shrinking one violation may take; its result only gets smaller, never wrong. */
  private static final Duration SHRINK_TIME = Duration.ofSeconds(3);

  /**
   * What shrinking gets even beyond the budget: a verdict that nobody understands is worth little.
   */
  private static final Duration LEAST_SHRINK_TIME = Duration.ofMillis(50);

  private final History history;
  private final Model<?> model;
  private final Budget budget;
  private final long deadlineNanos;
  private final Report report;
  private final KeyIndex index;
  private final LinearizabilityChecker.Settings settings;
  private final AtomicInteger done = new AtomicInteger();
  private final AtomicInteger explained = new AtomicInteger();

  KeyByKey(
      History history,
      Model<?> model,
      Budget budget,
      long startNanos,
      LinearizabilityChecker.Settings settings,
      Report report) {
    this.settings = settings;
    this.history = history;
    this.model = model;
    this.budget = budget;
    this.deadlineNanos = startNanos + budget.time().toNanos();
    this.report = report;
    index = KeyIndex.of(history);
  }

  int clientOperations() {
    return index.operations();
  }

  void check() {
    int[] smallFirst =
        IntStream.range(0, index.keys())
            .filter(this::isWanted)
            .boxed()
            .sorted(Comparator.comparingInt(index::size))
            .mapToInt(Integer::intValue)
            .toArray();
    int threads = Math.min(Runtime.getRuntime().availableProcessors(), smallFirst.length);
    AtomicInteger next = new AtomicInteger();
    Runnable worker =
        () -> {
          for (int i = next.getAndIncrement(); i < smallFirst.length; i = next.getAndIncrement()) {
            check(smallFirst[i], smallFirst.length - i, threads);
            settings.progress().advanced(done.incrementAndGet(), smallFirst.length);
          }
        };
    if (threads <= 1) {
      worker.run();
    } else {
      runAll(worker, threads);
    }
  }

  private boolean isWanted(int key) {
    String name = history.key(index.first(key));
    return settings.keys().isEmpty() || (name != null && settings.keys().contains(name));
  }

  private static void runAll(Runnable worker, int threads) {
    try (ExecutorService pool =
        Executors.newFixedThreadPool(threads, Thread.ofPlatform().name("checker-", 0).factory())) {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        running.add(pool.submit(worker));
      }
      for (Future<?> one : running) {
        one.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while checking", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a check failed: " + e.getCause(), e.getCause());
    }
  }

  /** Checks one key; it and the keys that are left share what is left of the time. */
  private void check(int key, int keysLeft, int threads) {
    int[] invocations = index.invocations(key);
    long now = System.nanoTime();
    long share = Math.max(0, deadlineNanos - now) / ((keysLeft + threads - 1) / threads);
    Limits limits = new Limits(now + share, budget.memoryBytes() / threads);
    Operations operations;
    try {
      operations = new Encoder(history, model).encode(invocations);
    } catch (UnsuitableCallException e) {
      report.unsuitable(e);
      return;
    }
    KeyResult result =
        new KeyResult(
            history.key(invocations[0]),
            operations.size(),
            Linearization.decide(operations, limits));
    switch (result.result()) {
      case SearchResult.Linearizable _ -> {
        report.linearizable(result);
        if (settings.order()) {
          Search.order(operations, limits).ifPresent(order -> report.ordered(result.key(), order));
        }
      }
      case SearchResult.GaveUp gaveUp -> report.gaveUp(result, gaveUp);
      case SearchResult.Blocked(int completion, long _, long _) -> {
        if (explained.getAndIncrement() < EXPLAINED_KEYS) {
          report.violated(result, explain(KeyHistory.of(history, model, invocations), completion));
        } else {
          report.violated(result);
        }
      }
    }
  }

  private Finding explain(KeyHistory key, int completion) {
    long now = System.nanoTime();
    long nanos =
        Math.clamp(deadlineNanos - now, LEAST_SHRINK_TIME.toNanos(), SHRINK_TIME.toNanos());
    Limits limits = new Limits(now + nanos, budget.memoryBytes());
    Operation blocked = key.completedBy(completion);
    Shrinker.Shrunk shrunk = Shrinker.shrink(model, key.operations(), blocked, limits);
    report.shrunk(shrunk.kept().size(), shrunk.states());
    return new Explanation(history, key, model).explain(shrunk.kept(), blocked, model);
  }
}

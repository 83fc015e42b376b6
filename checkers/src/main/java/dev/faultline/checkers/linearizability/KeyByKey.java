package dev.faultline.checkers.linearizability;

import dev.faultline.checkers.Finding;
import dev.faultline.checkers.history.History;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Checks the keys of one history under one budget, as many at once as there are processors. */
final class KeyByKey {

  /** How long shrinking one violation may take; its result only gets smaller, never wrong. */
  private static final Duration SHRINK_TIME = Duration.ofSeconds(3);

  /**
   * How long after the deadline all shrinking ends: a verdict that nobody understands is worth
   * little.
   */
  private static final Duration GRACE = Duration.ofMillis(50);

  /** About what an operation takes in columns while an algorithm walks over all of them. */
  private static final long BYTES_AN_OPERATION = 48;

  /** About what it takes as an object, with its call and values. */
  private static final long BYTES_AN_OBJECT = 200;

  /** Evidence of more operations is none. */
  private static final int MOST_EVIDENCE = 1_000;

  private final History history;
  private final Model<?> model;
  private final long memoryBytes;
  private final long deadlineNanos;
  private final Report report;
  private final KeyIndex index;
  private final LinearizabilityChecker.Settings settings;
  private final AtomicInteger done = new AtomicInteger();

  KeyByKey(
      History history,
      Model<?> model,
      Limits limits,
      LinearizabilityChecker.Settings settings,
      Report report) {
    this.settings = settings;
    this.history = history;
    this.model = model;
    this.memoryBytes = limits.memoryBytes();
    this.deadlineNanos = limits.deadlineNanos();
    this.report = report;
    index = KeyIndex.of(history, limits);
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
    long now = settings.clock().getAsLong();
    long share = Math.max(0, deadlineNanos - now) / ((keysLeft + threads - 1) / threads);
    Limits limits = new Limits(now + share, memoryBytes / threads, settings.clock());
    Helpers helpers = Helpers.of(settings.threads() / Math.min(keysLeft, threads) - 1);
    String name = history.key(index.first(key));
    try {
      if (index.size(key) * BYTES_AN_OPERATION > limits.memoryBytes()) {
        gaveUp(name, key, true);
      } else {
        check(name, index.invocations(key), limits, helpers);
      }
    } catch (UnsuitableCallException e) {
      report.unsuitable(e);
    } catch (BudgetSpentException _) {
      gaveUp(name, key, false);
    } catch (OutOfMemoryError _) {
      // The budget promised more than there is. All that this key took is garbage by now.
      gaveUp(name, key, true);
    }
  }

  private void gaveUp(@Nullable String name, int key, boolean outOfMemory) {
    SearchResult.GaveUp result = new SearchResult.GaveUp(outOfMemory, 0, 0, 0);
    report.gaveUp(new KeyResult(name, index.size(key), result), result);
  }

  private void check(@Nullable String name, int[] invocations, Limits limits, Helpers helpers)
      throws UnsuitableCallException {
    Operations operations = new Encoder(history, model).encode(invocations, limits);
    KeyResult result =
        new KeyResult(name, operations.size(), Linearization.decide(operations, limits, helpers));
    switch (result.result()) {
      case SearchResult.Linearizable _ -> {
        report.linearizable(result);
        if (settings.order()) {
          ShownOrder.of(operations, limits)
              .ifPresentOrElse(
                  order -> report.ordered(name, places(order)), () -> report.orderNotFound(name));
        }
      }
      case SearchResult.GaveUp gaveUp -> report.gaveUp(result, gaveUp);
      case SearchResult.Blocked(int completion, long _, long _) -> {
        if (report.explainsAnother()) {
          boolean knowsItself =
              operations.space() instanceof RegisterSpace || model instanceof Specialised;
          Model<?> seen = knowsItself ? model : new NoRegister<>(model);
          report.violated(result, explain(name, invocations, completion, seen));
        } else {
          report.violated(result);
        }
      }
    }
  }

  private int[] places(int[] events) {
    return Arrays.stream(events).map(history::place).toArray();
  }

  /** Never fails: that there is a violation is known. */
  private Finding explain(@Nullable String name, int[] invocations, int completion, Model<?> seen) {
    long now = settings.clock().getAsLong();
    Limits limits =
        new Limits(
            Math.min(now + SHRINK_TIME.toNanos(), deadlineNanos + GRACE.toNanos()),
            memoryBytes,
            settings.clock());
    try {
      if (!limits.isTimeUp() && invocations.length * BYTES_AN_OBJECT <= limits.memoryBytes()) {
        Finding finding = shrunk(invocations, completion, seen, limits);
        if (finding.events().size() <= 2 * MOST_EVIDENCE) {
          return finding;
        }
      }
    } catch (BudgetSpentException | OutOfMemoryError _) {
      // What could not be placed is known even so.
    }
    int invocation = history.counterpart(completion);
    Operation blocked = new Recorded(history, seen).operation(invocation);
    return Explanation.unshrunk(history, name, blocked, seen);
  }

  private Finding shrunk(int[] invocations, int completion, Model<?> seen, Limits limits) {
    KeyHistory key = KeyHistory.of(history, seen, invocations, limits);
    Operation blocked = key.completedBy(completion);
    Shrinker.Shrunk shrunk = Shrinker.shrink(seen, key.operations(), blocked, limits);
    report.shrunk(shrunk.kept().size(), shrunk.states());
    return new Explanation(history, key, seen).explain(shrunk.kept(), blocked, seen);
  }
}

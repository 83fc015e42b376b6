package dev.faultline.checkers.linearizability;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;

/**
 * The threads that help the one which searches within a key ({@link Scouts}).
 *
 * @param threads how many; none if 0
 * @param leastEvents how many events are worth a thread's attention; not fewer than eight distances
 *     of {@link Checkpoints}: a quarter of it is walked twice, and where that is only one distance,
 *     nobody can meet
 * @param pool starts so many threads
 */
record Helpers(int threads, int leastEvents, IntFunction<ExecutorService> pool) {

  /** Nobody helps. */
  static final Helpers NONE = new Helpers(0, Integer.MAX_VALUE, Helpers::scouts);

  /** Fewer are walked sooner than a thread could be of help. */
  private static final int LEAST_EVENTS = 1 << 14;

  /** Which part of a stretch, at least, is walked twice; of long ones a smaller one. */
  private static final int OVERLAPS = 4;

  /** How many stretches there are for each thread, so that none waits long for the last. */
  private static final int STRETCHES_EACH = 4;

  /** So many threads besides the one that searches. */
  static Helpers of(int threads) {
    return threads < 1 ? NONE : new Helpers(threads, LEAST_EVENTS, Helpers::scouts);
  }

  /** Starts threads that do not keep the process alive. */
  static ExecutorService scouts(int threads) {
    return Executors.newFixedThreadPool(
        threads, Thread.ofPlatform().daemon().name("scout-", 0).factory());
  }

  /** Returns how far beyond its own stretch each walks, to be met there. */
  int overlap() {
    return Math.max(1, leastEvents / OVERLAPS / Checkpoints.SPACING) * Checkpoints.SPACING;
  }

  /** Returns into how long stretches a history of so many events is best divided. */
  int stretch(int events) {
    int share = events / (STRETCHES_EACH * (threads + 1));
    return Math.max(leastEvents, share) / Checkpoints.SPACING * Checkpoints.SPACING;
  }
}

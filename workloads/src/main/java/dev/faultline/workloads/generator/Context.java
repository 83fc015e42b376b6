package dev.faultline.workloads.generator;

import java.util.random.RandomGenerator;

/**
 * The moment at which a generator is asked: the time, the threads that it may use, which of them
 * are free. Valid during the call only, because its source of randomness goes on.
 */
public final class Context {

  private final long nowNanos;
  private final ThreadSet threads;
  private final ThreadSet free;
  private final Processes processes;
  private final RandomGenerator random;

  /**
   * Makes a context.
   *
   * @param nowNanos nanoseconds since the run began
   * @param threads every thread that the generator may use
   * @param free those of {@code threads} that have no operation under way
   * @param processes which process each thread is
   * @param random where all chance comes from
   */
  public Context(
      long nowNanos,
      ThreadSet threads,
      ThreadSet free,
      Processes processes,
      RandomGenerator random) {
    this.nowNanos = nowNanos;
    this.threads = threads;
    this.free = free;
    this.processes = processes;
    this.random = random;
  }

  /** Returns nanoseconds since the run began. */
  public long nowNanos() {
    return nowNanos;
  }

  /** Returns every thread that the generator may use. */
  public ThreadSet threads() {
    return threads;
  }

  /** Returns those of {@link #threads} that have no operation under way. */
  public ThreadSet free() {
    return free;
  }

  /** Returns which process {@code thread} is. */
  public int process(int thread) {
    return processes.of(thread);
  }

  /** Returns where all chance comes from. */
  public RandomGenerator random() {
    return random;
  }

  /** Tells whether no thread has an operation under way. */
  public boolean isIdle() {
    return free.size() == threads.size();
  }

  /** Returns this moment as seen by a generator that may use {@code subset} only. */
  public Context within(ThreadSet subset) {
    return new Context(nowNanos, threads.and(subset), free.and(subset), processes, random);
  }
}

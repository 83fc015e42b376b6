package dev.faultline.raft.metrics;

import java.util.concurrent.atomic.LongAdder;

/** A number that only grows. Thread-safe. */
public final class Counter {

  private final LongAdder count = new LongAdder();

  Counter() {}

  /** Adds one. */
  public void increment() {
    count.increment();
  }

  /** Returns the count so far. */
  public long count() {
    return count.sum();
  }
}

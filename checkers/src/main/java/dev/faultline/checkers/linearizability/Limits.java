package dev.faultline.checkers.linearizability;

import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * What one search may spend.
 *
 * @param deadlineNanos when to stop, as {@code clock} tells the time
 * @param memoryBytes how large memo and stack may grow
 * @param clock the time in nanoseconds
 */
record Limits(long deadlineNanos, long memoryBytes, LongSupplier clock) {

  /** For what is so small that nobody needs to stop it. */
  static final Limits NONE = new Limits(0, Long.MAX_VALUE, () -> -1);

  /** How many small steps are taken between two looks at the clock: some tens of microseconds. */
  private static final int LOOK_MASK = (1 << 11) - 1;

  Limits(long deadlineNanos, long memoryBytes) {
    this(deadlineNanos, memoryBytes, System::nanoTime);
  }

  boolean isTimeUp() {
    return clock.getAsLong() - deadlineNanos >= 0;
  }

  /** Returns limits whose time is also up as soon as {@code stopped} says so. */
  Limits until(BooleanSupplier stopped) {
    return new Limits(
        deadlineNanos,
        memoryBytes,
        () -> stopped.getAsBoolean() ? deadlineNanos : clock.getAsLong());
  }

  /**
   * Looks at the clock.
   *
   * @throws BudgetSpentException if the time is up
   */
  void check() {
    if (isTimeUp()) {
      throw new BudgetSpentException();
    }
  }

  /**
   * Looks at the clock now and then.
   *
   * @param step counts the caller's steps, each of which does little
   * @throws BudgetSpentException if the time is up
   */
  void look(int step) {
    if ((step & LOOK_MASK) == LOOK_MASK) {
      check();
    }
  }
}

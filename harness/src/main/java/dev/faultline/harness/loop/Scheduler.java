package dev.faultline.harness.loop;

/**
 * One thread's worth of time: runs tasks one after the other, at a time or as soon as possible.
 *
 * <p>{@link #at} and {@link #nowNanos} are for tasks that the scheduler runs; {@link #post} may be
 * called from any thread. Tasks due at the same time run in the order in which they were scheduled.
 */
public interface Scheduler {

  /** Returns nanoseconds since the run began, from a monotonic clock. */
  long nowNanos();

  /** Runs {@code task} once {@code timeNanos} has come; at once if it has passed. */
  Timer at(long timeNanos, Runnable task);

  /** Runs {@code task} {@code delayNanos} from now. */
  default Timer after(long delayNanos, Runnable task) {
    return at(nowNanos() + delayNanos, task);
  }

  /** Runs {@code task} as soon as possible. Safe from any thread. */
  void post(Runnable task);

  /** A task that is to run at a time. */
  interface Timer {

    /** Sees to it that the task does not run any more. Idempotent. */
    void cancel();
  }
}

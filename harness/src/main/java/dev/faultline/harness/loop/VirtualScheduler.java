package dev.faultline.harness.loop;

import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The loop in virtual time: it runs on the caller's thread, and time passes only by jumping to the
 * next task. The same tasks run in the same order every time, provided that only tasks post.
 *
 * <p>Not safe for use by several threads, but for {@link #post}. What a task throws comes out of
 * the call that ran it.
 */
public final class VirtualScheduler implements Scheduler {

  private final TimerHeap tasks = new TimerHeap();
  private final ConcurrentLinkedQueue<Runnable> posted = new ConcurrentLinkedQueue<>();
  private long nowNanos;

  /** Makes a loop at time 0 with nothing to do. */
  public VirtualScheduler() {}

  @Override
  public long nowNanos() {
    return nowNanos;
  }

  @Override
  public Timer at(long timeNanos, Runnable task) {
    takePosted(); // those were scheduled before
    return tasks.add(Math.max(timeNanos, nowNanos), task);
  }

  @Override
  public void post(Runnable task) {
    posted.add(task);
  }

  /** Runs the next task, wherever in time it is; false if there is none. */
  public boolean runNext() {
    return runNextBefore(Long.MAX_VALUE);
  }

  /** Runs tasks until none is left. A task that goes on for ever makes this do so too. */
  public void runUntilIdle() {
    while (runNext()) {
      // Each call is a task.
    }
  }

  /** Runs everything that is due within {@code duration} from now, and advances time by that. */
  public void runFor(Duration duration) {
    long endNanos = nowNanos + duration.toNanos();
    while (runNextBefore(endNanos)) {
      // Each call is a task.
    }
    nowNanos = endNanos;
  }

  private boolean runNextBefore(long lastNanos) {
    takePosted();
    TimerHeap.Entry task = tasks.pollDue(lastNanos);
    if (task == null) {
      return false;
    }
    nowNanos = task.dueNanos;
    task.task.run();
    return true;
  }

  private void takePosted() {
    for (Runnable task; (task = posted.poll()) != null; ) {
      tasks.add(nowNanos, task);
    }
  }
}

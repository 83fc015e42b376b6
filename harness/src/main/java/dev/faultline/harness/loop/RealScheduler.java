package dev.faultline.harness.loop;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * The loop in real time: one platform thread, which is not a virtual one because those are not
 * time-sliced, and two busy ones would stall every timer on a small machine.
 *
 * <p>What was posted runs before any timer that is due, however late the loop is. So after a pause
 * of the whole process, an answer that had arrived in time is still taken before its deadline.
 *
 * <p>The loop watches itself. A heartbeat every ten milliseconds and every other timer tells how
 * late the loop was; see {@link #lateness()}. A task that throws does not end the loop: what it
 * threw goes to the handler given at the start.
 */
public final class RealScheduler implements Scheduler, AutoCloseable {

  private static final long HEARTBEAT_NANOS = Duration.ofMillis(10).toNanos();

  private final long originNanos = System.nanoTime();
  private final Inbox inbox = new Inbox();
  private final TimerHeap timers = new TimerHeap();
  private final LatenessRecorder lateness = new LatenessRecorder();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Consumer<Throwable> defects;
  private final Thread thread;

  private RealScheduler(String name, Consumer<Throwable> defects) {
    this.defects = defects;
    this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::loop);
    inbox.serve(thread);
  }

  /**
   * Starts a loop; its time begins now.
   *
   * @param name the name of its thread
   * @param defects is called on the loop with whatever a task throws
   */
  public static RealScheduler start(String name, Consumer<Throwable> defects) {
    RealScheduler scheduler = new RealScheduler(name, defects);
    scheduler.thread.start();
    return scheduler;
  }

  /** Returns nanoseconds since this loop was started. Safe from any thread. */
  @Override
  public long nowNanos() {
    return System.nanoTime() - originNanos;
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalStateException if the loop does not run this call
   */
  @Override
  public Timer at(long timeNanos, Runnable task) {
    if (!isLoopThread()) {
      throw new IllegalStateException("only tasks of the loop may set timers; post one");
    }
    return timers.add(timeNanos, task);
  }

  @Override
  public void post(Runnable task) {
    inbox.post(task);
  }

  /** Tells whether the calling thread is the loop. */
  public boolean isLoopThread() {
    return Thread.currentThread() == thread;
  }

  /** Returns how late the loop has been so far. Safe from any thread. */
  public LoopLateness lateness() {
    return lateness.soFar();
  }

  /**
   * Ends the loop after the task that it is running; tasks that wait are dropped. Waits for the
   * thread to end unless that is the caller. Idempotent.
   */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      inbox.post(() -> {});
    }
    if (!isLoopThread()) {
      boolean interrupted = false;
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException _) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void loop() {
    beat();
    while (!closed.get()) {
      // The order of these three lines is the promise that posts come before timers: whatever had
      // been posted by this time is run before any timer that was due by this time.
      long now = nowNanos();
      boolean worked = runPosted();
      worked |= runTimersDue(now);
      if (!worked) {
        sleepUntilNextTimer();
      }
    }
  }

  private boolean runPosted() {
    Inbox.Post post = inbox.takeAll();
    boolean any = post != null;
    while (post != null && !closed.get()) {
      run(post.task);
      post = post.next;
    }
    return any;
  }

  private boolean runTimersDue(long timeNanos) {
    boolean any = false;
    for (TimerHeap.Entry due;
        !closed.get() && (due = timers.pollDue(timeNanos)) != null;
        any = true) {
      lateness.record(nowNanos() - due.dueNanos);
      run(due.task);
    }
    return any;
  }

  private void sleepUntilNextTimer() {
    TimerHeap.Entry first = timers.first();
    long nanos = first == null ? HEARTBEAT_NANOS : first.dueNanos - nowNanos();
    if (nanos > 0) {
      inbox.sleep(nanos);
    }
  }

  // Whatever a task throws, the rest of the run must go on: there are faults to heal.
  @SuppressWarnings("CatchThrowable")
  private void run(Runnable task) {
    try {
      task.run();
    } catch (Throwable thrown) {
      defects.accept(thrown);
    }
  }

  private void beat() {
    timers.add(nowNanos() + HEARTBEAT_NANOS, this::beat);
  }
}

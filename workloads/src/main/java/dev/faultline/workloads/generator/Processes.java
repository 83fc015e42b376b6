package dev.faultline.workloads.generator;

import java.util.Arrays;

/**
 * Which process each thread is at the moment; immutable.
 *
 * <p>Thread {@code t} begins as process {@code t}. When the outcome of its operation is not known,
 * that process is over, since the operation may go on for ever; the thread goes on as process
 * {@code p + threads}.
 */
public final class Processes {

  private final int[] byThread;

  private Processes(int[] byThread) {
    this.byThread = byThread;
  }

  /** Returns the processes of {@code threads} threads that nothing has happened to. */
  public static Processes initial(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1, not " + threads);
    }
    int[] byThread = new int[threads];
    Arrays.setAll(byThread, thread -> thread);
    return new Processes(byThread);
  }

  /** Returns the process that {@code thread} is. */
  public int of(int thread) {
    return byThread[thread];
  }

  /** Returns how many threads there are. */
  public int threads() {
    return byThread.length;
  }

  /** Returns the processes after that of {@code thread} is over. */
  public Processes retire(int thread) {
    int[] next = byThread.clone();
    next[thread] = Math.addExact(next[thread], next.length);
    return new Processes(next);
  }
}

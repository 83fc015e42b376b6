package dev.faultline.raft.core;

/**
 * When a node stands for election, and whether it heard from a leader lately (paper, section 5.2;
 * thesis, section 4.2.3).
 */
final class ElectionTimer {

  private final long timeoutNanos;
  private long deadlineNanos;
  private long leaderHeardNanos;
  private boolean leaderHeard;

  ElectionTimer(long timeoutNanos) {
    this.timeoutNanos = timeoutNanos;
  }

  /** Draws a new timeout, evenly from one to two election timeouts. */
  void restart(long nowNanos, long entropy) {
    deadlineNanos = nowNanos + timeoutNanos + Long.remainderUnsigned(entropy, timeoutNanos);
  }

  long deadlineNanos() {
    return deadlineNanos;
  }

  void leaderHeard(long nowNanos) {
    leaderHeardNanos = nowNanos;
    leaderHeard = true;
  }

  void leaderForgotten() {
    leaderHeard = false;
  }

  /**
   * Tells whether a leader was heard within the least election timeout. Who asks for a vote
   * meanwhile is cut off from a leader that works, and must not depose it.
   */
  boolean leaderIsFresh(long nowNanos) {
    return leaderHeard && nowNanos - leaderHeardNanos < timeoutNanos;
  }
}

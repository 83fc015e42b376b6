package dev.faultline.checkers.linearizability;

/**
 * What one search may spend.
 *
 * @param deadlineNanos when to stop, as {@link System#nanoTime}
 * @param memoryBytes how large memo and stack may grow
 */
record Limits(long deadlineNanos, long memoryBytes) {

  boolean isTimeUp() {
    return System.nanoTime() - deadlineNanos >= 0;
  }
}

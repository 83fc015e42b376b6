package dev.faultline.checkers.linearizability;

/** How a search ended. */
sealed interface SearchResult {

  /** How many configurations were visited. */
  long states();

  /** The most memory that memo and stack took, in bytes. */
  long peakBytes();

  /** There is an order. */
  record Linearizable(long states, long peakBytes) implements SearchResult {}

  /**
   * There is none: everything that completed before {@code blocked} has one, but with it none.
   *
   * @param blocked index of the completion, in the history, of the operation that cannot be placed
   */
  record Blocked(int blocked, long states, long peakBytes) implements SearchResult {}

  /**
   * The budget ran out.
   *
   * @param outOfMemory whether it was memory, otherwise time
   * @param completionsPassed how many completions had been explained
   */
  record GaveUp(boolean outOfMemory, int completionsPassed, long states, long peakBytes)
      implements SearchResult {}
}

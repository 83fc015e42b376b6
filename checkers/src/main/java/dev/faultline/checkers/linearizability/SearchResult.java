package dev.faultline.checkers.linearizability;

/** How a search ended. */
sealed interface SearchResult {

  /** How many configurations were visited. */
  long states();

  /** The most memory that memo and stack took, in bytes. */
  long peakBytes();

  /**
   * Returns the result for a whole of which this and {@code other} are independent parts: a
   * contradiction, the earlier of two, outranks giving up, and that outranks an order.
   */
  default SearchResult and(SearchResult other) {
    long sum = states() + other.states();
    long peak = Math.max(peakBytes(), other.peakBytes());
    if (this instanceof Blocked(int mine, long _, long _)) {
      int earlier = other instanceof Blocked(int its, long _, long _) ? Math.min(mine, its) : mine;
      return new Blocked(earlier, sum, peak);
    }
    return switch (other) {
      case Blocked(int its, long _, long _) -> new Blocked(its, sum, peak);
      case GaveUp gaveUp -> new GaveUp(gaveUp.outOfMemory(), gaveUp.completionsPassed(), sum, peak);
      case Linearizable _ ->
          this instanceof GaveUp gaveUp
              ? new GaveUp(gaveUp.outOfMemory(), gaveUp.completionsPassed(), sum, peak)
              : new Linearizable(sum, peak);
    };
  }

  /** There is an order. */
  record Linearizable(long states, long peakBytes) implements SearchResult {}

  /**
   * There is none for what completed up to {@code blocked}; as far as is known, there is one for
   * what completed before it.
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

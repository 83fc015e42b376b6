package dev.faultline.checkers.linearizability;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * An algorithm that decides one kind of object without searching, where the history allows it.
 *
 * <p>It never guesses. LINEARIZABLE is said of an order that was found and checked, or where a
 * theorem says that there is one; a contradiction names operations that show it. Whatever it cannot
 * decide is left to {@link Search}.
 */
interface Specialist {

  /** Decides {@code operations} as far as this algorithm can. */
  Conclusion decide(Operations operations);

  /** What a specialist found. */
  sealed interface Conclusion {}

  /**
   * There is an order.
   *
   * @param order makes one, as operations, without those that need not have happened; only asked
   *     for if somebody wants to see it
   */
  record Ordered(Supplier<int[]> order) implements Conclusion {}

  /**
   * There is none.
   *
   * @param witness operations that show it: whatever the others did, these cannot have an order
   */
  record Contradiction(List<Integer> witness) implements Conclusion {

    static Contradiction of(int... operations) {
      return new Contradiction(Arrays.stream(operations).boxed().toList());
    }
  }

  /** The history is none that this algorithm decides. */
  record Undecided() implements Conclusion {}

  /** The only instance that is needed. */
  Conclusion UNDECIDED = new Undecided();

  /** Decides nothing. */
  Specialist NONE = _ -> UNDECIDED;
}

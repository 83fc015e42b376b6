package dev.faultline.checkers.linearizability;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Decides whether the operations of one key have an order, by the quickest algorithm that can: an
 * exact one for the object where there is one, otherwise {@link Search}.
 */
final class Linearization {

  /** The parts take a mark for every operation each. */
  private static final int MOST_PARTS = 1_000;

  private Linearization() {}

  static SearchResult decide(Operations operations, Limits limits) {
    return switch (Zones.decide(operations)) {
      case LINEARIZABLE -> new SearchResult.Linearizable(0, operations.bytes());
      case NOT_LINEARIZABLE ->
          new SearchResult.Blocked(firstContradiction(operations, limits), 0, operations.bytes());
      case UNDECIDED -> byPart(operations, limits);
    };
  }

  /** Searches an order for each part of the object by itself, if every call is about one part. */
  private static SearchResult byPart(Operations operations, Limits limits) {
    Map<Object, boolean[]> parts = new LinkedHashMap<>();
    for (int i = 0; i < operations.size(); i++) {
      Object part = operations.space().part(operations.call(i));
      if (part == null || parts.size() > MOST_PARTS) {
        return Search.run(operations, limits, Reductions.ALL);
      }
      parts.computeIfAbsent(part, _ -> new boolean[operations.size()])[i] = true;
    }
    SearchResult whole = new SearchResult.Linearizable(0, 0);
    for (boolean[] part : parts.values()) {
      whole = whole.and(Search.run(operations.only(part), limits, Reductions.ALL));
    }
    return whole;
  }

  /**
   * Returns the completion before which everything has an order, and with which nothing has, by
   * halves; a later one if time runs out.
   */
  private static int firstContradiction(Operations operations, Limits limits) {
    int[] completions = new int[operations.size()];
    int count = 0;
    for (int i = 0; i < completions.length; i++) {
      if (!operations.isOpenEnded(i)) {
        completions[count++] = operations.completion(i);
      }
    }
    Arrays.sort(completions, 0, count);
    int low = 0;
    int high = count - 1;
    while (low < high && !limits.isTimeUp()) {
      int middle = (low + high) >>> 1;
      if (isKnownToContradict(operations.knownAt(completions[middle]), limits)) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return completions[high];
  }

  /** False also if the time is up. */
  private static boolean isKnownToContradict(Operations operations, Limits limits) {
    try {
      return contradicts(operations, limits);
    } catch (BudgetSpentException _) {
      return false;
    }
  }

  private static boolean contradicts(Operations operations, Limits limits) {
    return switch (Zones.decide(operations)) {
      case LINEARIZABLE -> false;
      case NOT_LINEARIZABLE -> true;
      case UNDECIDED ->
          Search.run(operations, limits, Reductions.ALL) instanceof SearchResult.Blocked;
    };
  }
}

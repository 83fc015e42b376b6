package dev.faultline.checkers.linearizability;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Decides whether the operations of one key have an order, by the quickest algorithm that can: an
 * exact one for the object where there is one, otherwise {@link Search}.
 */
final class Linearization {

  private Linearization() {}

  static SearchResult decide(Operations operations, Limits limits) {
    return switch (operations.space().specialist().decide(operations)) {
      case Specialist.Ordered _ -> new SearchResult.Linearizable(0, operations.bytes());
      case Specialist.Contradiction _ ->
          new SearchResult.Blocked(firstContradiction(operations, limits), 0, operations.bytes());
      case Specialist.Undecided _ -> byPart(operations, limits);
    };
  }

  /** Searches an order for each part of the object by itself, if every call is about one part. */
  private static SearchResult byPart(Operations operations, Limits limits) {
    Map<Object, List<Integer>> parts = new LinkedHashMap<>();
    for (int i = 0; i < operations.size(); i++) {
      Object part = operations.space().part(operations.call(i));
      if (part == null) {
        return Search.run(operations, limits, Reductions.ALL);
      }
      parts.computeIfAbsent(part, _ -> new ArrayList<>()).add(i);
    }
    SearchResult whole = new SearchResult.Linearizable(0, operations.bytes());
    for (List<Integer> part : parts.values()) {
      whole = whole.and(Search.run(operations.only(part), limits, Reductions.ALL));
    }
    return whole;
  }

  /**
   * Returns the first completion with which the algorithm of the object knows of a contradiction,
   * by halves; a later one if time runs out. It need not be one of those that contradict each
   * other: it may be the answer that rules out the last excuse.
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
    return switch (operations.space().specialist().decide(operations)) {
      case Specialist.Ordered _ -> false;
      case Specialist.Contradiction _ -> true;
      // What zones leave open is searched quickly; what other algorithms do may not be.
      case Specialist.Undecided _ ->
          operations.space() instanceof RegisterSpace
              && Search.run(operations, limits, Reductions.ALL) instanceof SearchResult.Blocked;
    };
  }
}

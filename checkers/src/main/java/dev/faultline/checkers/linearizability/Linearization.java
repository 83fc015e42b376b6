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
    return decide(operations, limits, Helpers.NONE);
  }

  /** Decides {@code operations}; {@code helpers} help if they have to be searched. */
  static SearchResult decide(Operations operations, Limits limits, Helpers helpers) {
    return switch (operations.space().specialist().decide(operations)) {
      case Specialist.Ordered _ -> new SearchResult.Linearizable(0, operations.bytes());
      case Specialist.Contradiction _ ->
          new SearchResult.Blocked(firstContradiction(operations, limits), 0, operations.bytes());
      case Specialist.Undecided _ -> byPart(operations, limits, helpers);
    };
  }

  /** Searches an order for each part of the object by itself. */
  private static SearchResult byPart(Operations operations, Limits limits, Helpers helpers) {
    SearchResult whole = new SearchResult.Linearizable(0, operations.bytes());
    for (Operations part : parts(operations)) {
      whole = whole.and(Search.run(part, limits, Reductions.ALL, helpers));
    }
    return whole;
  }

  /** Returns the operations on each part of the object; all at once if a call is about several. */
  static List<Operations> parts(Operations operations) {
    Map<Object, List<Integer>> parts = new LinkedHashMap<>();
    for (int i = 0; i < operations.size(); i++) {
      Object part = operations.space().part(operations.call(i));
      if (part == null) {
        return List.of(operations);
      }
      parts.computeIfAbsent(part, _ -> new ArrayList<>()).add(i);
    }
    return parts.values().stream().map(operations::only).toList();
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

package dev.faultline.checkers.linearizability;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Chooses the most promising configurations of a {@link Frontier}, of each state some: those that
 * have spent least and owe least, first the best of every state, then the second best, and so on.
 */
final class Selection {

  private final Layout layout;
  private final Frontier frontier;
  private final InFlight inFlight;

  Selection(Layout layout, Frontier frontier, InFlight inFlight) {
    this.inFlight = inFlight;
    this.layout = layout;
    this.frontier = frontier;
  }

  int[] best(int count) {
    long[] byBurden = new long[frontier.alive()];
    int found = 0;
    for (int i = 0; i < frontier.size(); i++) {
      if (frontier.isAlive(i)) {
        long burden = layout.burden(frontier.words(), frontier.from(i), inFlight);
        byBurden[found++] = burden << Integer.SIZE | i;
      }
    }
    Arrays.sort(byBurden);
    Map<Long, Integer> taken = new HashMap<>();
    long[] byRank = new long[found];
    for (int i = 0; i < found; i++) {
      int index = (int) byBurden[i];
      long rank = taken.merge(frontier.words()[frontier.from(index)], 1, Integer::sum);
      byRank[i] = rank << Integer.SIZE | i;
    }
    Arrays.sort(byRank);
    int[] best = new int[Math.min(count, found)];
    for (int i = 0; i < best.length; i++) {
      best[i] = (int) byBurden[(int) byRank[i]];
    }
    return best;
  }
}

package dev.faultline.checkers.linearizability;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Chooses the most promising configurations of a {@link Frontier}, of each state some: those that
 * have spent least and owe least, first the best of every state, then the second best, and so on.
 *
 * <p>There may be millions, so that every loop looks at the clock. That is why many are sorted here
 * (by digits, from the lowest): what the JDK offers cannot be stopped.
 */
final class Selection {

  /** From how many on sorting takes so long that it must be possible to stop it. */
  private static final int MANY = 1 << 14;

  private static final int DIGIT_BITS = 11;
  private static final int DIGITS = 1 << DIGIT_BITS;

  private final Layout layout;
  private final Frontier frontier;
  private final InFlight inFlight;
  private final Meter meter;

  Selection(Layout layout, Frontier frontier, InFlight inFlight, Meter meter) {
    this.inFlight = inFlight;
    this.layout = layout;
    this.frontier = frontier;
    this.meter = meter;
  }

  /**
   * Returns the numbers of the best {@code count}, or of all if there are no more.
   *
   * @throws BudgetSpentException if the time is up
   */
  int[] best(int count) {
    int[] indexes = new int[frontier.alive()];
    int[] burdens = new int[indexes.length];
    int found = 0;
    for (int i = 0; i < frontier.size(); i++) {
      meter.look(i);
      if (frontier.isAlive(i)) {
        indexes[found] = i;
        burdens[found++] = layout.burden(frontier.words(), frontier.from(i), inFlight);
      }
    }
    int[] sorted = sorted(identity(found), burdens);
    int[] ranks = new int[found];
    Map<Long, Integer> taken = new HashMap<>();
    for (int i = 0; i < found; i++) {
      meter.look(i);
      long state = frontier.words()[frontier.from(indexes[sorted[i]])];
      ranks[sorted[i]] = taken.merge(state, 1, Integer::sum);
    }
    sorted = sorted(sorted, ranks);
    int[] best = new int[Math.min(count, found)];
    for (int i = 0; i < best.length; i++) {
      meter.look(i);
      best[i] = indexes[sorted[i]];
    }
    return best;
  }

  private static int[] identity(int size) {
    int[] identity = new int[size];
    Arrays.setAll(identity, i -> i);
    return identity;
  }

  /** Returns {@code items} by their {@code keys}; those with equal ones stay as they were. */
  private int[] sorted(int[] items, int[] keys) {
    return items.length < MANY ? sortedAtOnce(items, keys) : sortedByDigits(items, keys);
  }

  private static int[] sortedAtOnce(int[] items, int[] keys) {
    long[] byKey = new long[items.length];
    for (int i = 0; i < items.length; i++) {
      byKey[i] = (long) keys[items[i]] << Integer.SIZE | i;
    }
    Arrays.sort(byKey);
    int[] sorted = new int[items.length];
    for (int i = 0; i < items.length; i++) {
      sorted[i] = items[(int) byKey[i]];
    }
    return sorted;
  }

  private int[] sortedByDigits(int[] items, int[] keys) {
    int least = Integer.MAX_VALUE;
    int most = Integer.MIN_VALUE;
    for (int i = 0; i < keys.length; i++) {
      meter.look(i);
      least = Math.min(least, keys[i]);
      most = Math.max(most, keys[i]);
    }
    int[] sorted = items;
    long span = (long) most - least;
    for (int shift = 0; shift < Integer.SIZE && span >> shift > 0; shift += DIGIT_BITS) {
      sorted = sortedByDigit(sorted, keys, least, shift);
    }
    return sorted;
  }

  private int[] sortedByDigit(int[] items, int[] keys, int least, int shift) {
    int[] places = new int[DIGITS + 1];
    for (int i = 0; i < items.length; i++) {
      meter.look(i);
      places[digit(keys[items[i]], least, shift) + 1]++;
    }
    for (int digit = 0; digit < DIGITS; digit++) {
      places[digit + 1] += places[digit];
    }
    int[] sorted = new int[items.length];
    for (int i = 0; i < items.length; i++) {
      meter.look(i);
      sorted[places[digit(keys[items[i]], least, shift)]++] = items[i];
    }
    return sorted;
  }

  private static int digit(int key, int least, int shift) {
    return (int) (((long) key - least) >> shift) & (DIGITS - 1);
  }
}

package dev.faultline.checkers.linearizability;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Puts the values of a queue into a line, with the takes that found nothing between them: such a
 * take stands for a value that comes and goes at one moment.
 *
 * <p>Items are the values and, behind them, the empty takes.
 */
final class FifoLine {

  private final Stays stays;
  private final int[] emptyAt;
  private final int items;

  private final int[] byFirstPut;
  private final int[] byFirstTake;
  private final int[] byLastPut;
  private final int[] byLastTake;
  private final boolean[] placed;

  /** The item that is not placed and whose put ends first, as an index into its array. */
  private int putEnds;

  private int takeEnds;

  FifoLine(Stays stays, int[] emptyAt) {
    this.stays = stays;
    this.emptyAt = emptyAt;
    items = stays.values() + emptyAt.length;
    byFirstPut = sorted(stays.firstPut);
    byFirstTake = sorted(stays.firstTake);
    byLastPut = sorted(stays.lastPut);
    byLastTake = sorted(stays.lastTake);
    placed = new boolean[items];
  }

  private int[] sorted(int[] moments) {
    return IntStream.range(0, items)
        .mapToLong(item -> (long) at(moments, item) << Integer.SIZE | item)
        .sorted()
        .mapToInt(key -> (int) key)
        .toArray();
  }

  private int at(int[] moments, int item) {
    return item < moments.length ? moments[item] : emptyAt[item - moments.length];
  }

  /** Returns the items in an order in which none must be ahead of an earlier one, or fewer. */
  int[] sort() {
    int[] line = new int[items];
    int count = 0;
    int putReady = 0;
    int takeReady = 0;
    boolean[] half = new boolean[items];
    int[] ready = new int[items];
    int readyCount = 0;
    while (count < items) {
      advance();
      int putBound = at(stays.lastPut, byLastPut[putEnds]);
      int takeBound = at(stays.lastTake, byLastTake[takeEnds]);
      while (putReady < items && at(stays.firstPut, byFirstPut[putReady]) <= putBound) {
        int item = byFirstPut[putReady++];
        if (half[item]) {
          ready[readyCount++] = item;
        }
        half[item] = true;
      }
      while (takeReady < items && at(stays.firstTake, byFirstTake[takeReady]) <= takeBound) {
        int item = byFirstTake[takeReady++];
        if (half[item]) {
          ready[readyCount++] = item;
        }
        half[item] = true;
      }
      if (readyCount == 0) {
        return Arrays.copyOf(line, count);
      }
      while (readyCount > 0) {
        int item = ready[--readyCount];
        placed[item] = true;
        line[count++] = item;
      }
    }
    return line;
  }

  private void advance() {
    while (placed[byLastPut[putEnds]]) {
      putEnds++;
    }
    while (placed[byLastTake[takeEnds]]) {
      takeEnds++;
    }
  }

  /** Returns, after {@link #sort} stopped, two items that must be ahead of each other. */
  int[] conflict() {
    return new int[] {byLastPut[putEnds], byLastTake[takeEnds]};
  }

  /** Returns the operations of {@code line} in an order, each as early as it can be. */
  int[] layOut(int[] line, PutsAndTakes row, int[] takes) {
    int[] order = new int[2 * line.length];
    int count = 0;
    int puts = 0;
    int taken = 0;
    int putAt = 0;
    int takeAt = 0;
    int from = 0;
    while (from < line.length) {
      int to = from;
      while (to < line.length && line[to] < stays.values()) {
        to++;
      }
      // One after the other, whichever can be earlier; takes never overtake puts.
      puts = from;
      taken = from;
      while (taken < to) {
        int nextPut = puts < to ? Math.max(putAt, stays.firstPut[line[puts]]) : Integer.MAX_VALUE;
        int nextTake = Math.max(takeAt, stays.firstTake[line[taken]]);
        if (puts == taken || nextPut <= nextTake) {
          order[count++] = row.puts[line[puts++]];
          putAt = nextPut;
          takeAt = puts - 1 == taken ? Math.max(takeAt, putAt) : takeAt;
        } else {
          if (takes[line[taken]] != PutsAndTakes.NONE) {
            order[count++] = takes[line[taken]];
          }
          taken++;
          takeAt = nextTake;
        }
      }
      if (to < line.length) {
        order[count++] = row.empties[line[to] - stays.values()];
        putAt = Math.max(Math.max(putAt, takeAt), emptyAt[line[to] - stays.values()]);
        takeAt = putAt;
        to++;
      }
      from = to;
    }
    return Arrays.copyOf(order, count);
  }
}

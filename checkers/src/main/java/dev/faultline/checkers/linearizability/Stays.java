package dev.faultline.checkers.linearizability;

import java.util.Arrays;

/**
 * When values can be put in and taken out, and the moments at which they are certainly inside:
 * after the last moment of the put and before the first of the take.
 */
final class Stays {

  final PutsAndTakes row;
  final int[] firstPut;
  final int[] lastPut;
  final int[] firstTake;
  final int[] lastTake;

  Stays(PutsAndTakes row) {
    this.row = row;
    int values = row.puts.length;
    firstPut = new int[values];
    lastPut = new int[values];
    firstTake = new int[values];
    lastTake = new int[values];
    for (int value = 0; value < values; value++) {
      int put = row.puts[value];
      int take = row.takes[value];
      boolean taken = take != PutsAndTakes.NONE;
      firstPut[value] = row.moments.first(put);
      lastTake[value] = taken ? row.moments.last(take) : row.moments.end();
      // What is put after it is taken, or taken before it is put, is in no order.
      lastPut[value] = Math.min(row.moments.last(put), lastTake[value]);
      firstTake[value] =
          taken ? Math.max(row.moments.first(take), firstPut[value]) : row.moments.end();
    }
  }

  int values() {
    return firstPut.length;
  }

  boolean isTaken(int value) {
    return row.takes[value] != PutsAndTakes.NONE;
  }

  /** Lets {@code value}, which nobody is known to have taken, be taken in some span. */
  void mayBeTaken(int value, int moment, int last) {
    firstTake[value] = Math.max(moment, firstPut[value]);
    lastTake[value] = last;
  }

  int from(int value) {
    return lastPut[value] + 1;
  }

  int to(int value) {
    return firstTake[value] - 1;
  }

  /**
   * Returns for each moment the value that, of those inside since then or before, stays longest.
   */
  int[] longest(boolean takenOnly) {
    int[] longest = new int[row.moments.end() + 2];
    Arrays.fill(longest, PutsAndTakes.NONE);
    for (int value = 0; value < values(); value++) {
      if ((isTaken(value) || !takenOnly) && from(value) <= to(value)) {
        int other = longest[from(value)];
        if (other == PutsAndTakes.NONE || to(other) < to(value)) {
          longest[from(value)] = value;
        }
      }
    }
    for (int moment = 1; moment < longest.length; moment++) {
      int before = longest[moment - 1];
      int here = longest[moment];
      if (before != PutsAndTakes.NONE && (here == PutsAndTakes.NONE || to(here) < to(before))) {
        longest[moment] = before;
      }
    }
    return longest;
  }

  /**
   * Returns for each moment the next one, itself included, at which nothing is certainly inside.
   */
  int[] nextFree(int[] longest) {
    int[] nextFree = new int[longest.length];
    for (int moment = longest.length - 1; moment >= 0; moment--) {
      int value = longest[moment];
      boolean free = value == PutsAndTakes.NONE || to(value) < moment;
      boolean isLast = moment == longest.length - 1;
      nextFree[moment] = free || isLast ? moment : nextFree[moment + 1];
    }
    return nextFree;
  }

  /** Returns the fewest values of which one is certainly inside at each moment of a span. */
  int[] cover(int[] longest, int from, int to) {
    int[] cover = new int[values()];
    int count = 0;
    for (int moment = from; moment <= to; moment = to(cover[count - 1]) + 1) {
      cover[count++] = longest[moment];
    }
    return Arrays.copyOf(cover, count);
  }

  /** Returns the puts and takes of {@code values}, and {@code further} operations. */
  int[] witness(int[] values, int... further) {
    int[] witness = Arrays.copyOf(further, further.length + 2 * values.length);
    int count = further.length;
    for (int value : values) {
      witness[count++] = row.puts[value];
      if (isTaken(value)) {
        witness[count++] = row.takes[value];
      }
    }
    return Arrays.copyOf(witness, count);
  }
}

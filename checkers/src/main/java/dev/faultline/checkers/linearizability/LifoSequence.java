package dev.faultline.checkers.linearizability;

import java.util.Arrays;

/**
 * Puts the operations of a stack into a sequence, given the moments at which values are put and
 * taken. At one moment takes come first, the upper value before the lower, then what comes and goes
 * at this moment, then puts, the lower value before the upper.
 */
final class LifoSequence {

  private static final int NONE = PutsAndTakes.NONE;

  /** How many kinds of entries a moment can have: takes, what comes and goes, puts. */
  private static final long KINDS = 3;

  private final PutsAndTakes row;
  private final int[] putAt;
  private final int[] takeAt;

  /** The values by how many lie under them. */
  private final int[] byDepth;

  private final int[] takenBy;
  private final int[] order;
  private int length;

  /** The values inside, the last on top. */
  private final int[] stack;

  private int height;
  private int unknownUsed;

  LifoSequence(PutsAndTakes row, int[] putAt, int[] takeAt, int[] depth) {
    this.row = row;
    this.putAt = putAt;
    this.takeAt = takeAt;
    takenBy = new int[row.operations.size()];
    Arrays.fill(takenBy, NONE);
    long[] keys = new long[depth.length];
    for (int value = 0; value < depth.length; value++) {
      keys[value] = (long) depth[value] << Integer.SIZE | value;
    }
    Arrays.sort(keys);
    byDepth = Arrays.stream(keys).mapToInt(key -> (int) key).toArray();
    order = new int[row.operations.size()];
    stack = new int[depth.length];
  }

  /** Returns the operations in order; it is none if takes without an answer do not suffice. */
  int[] order(int[] emptyAt) {
    int values = byDepth.length;
    long[] entries = new long[2 * values + emptyAt.length];
    int count = 0;
    for (int place = 0; place < values; place++) {
      int value = byDepth[place];
      if (putAt[value] == takeAt[value]) {
        entries[count++] = entry(putAt[value], 1, place);
      } else {
        entries[count++] = entry(putAt[value], 2, place);
        entries[count++] = entry(takeAt[value], 0, values - 1 - place);
      }
    }
    for (int i = 0; i < emptyAt.length; i++) {
      entries[count++] = entry(emptyAt[i], 1, values + i);
    }
    Arrays.sort(entries, 0, count);
    for (int i = 0; i < count; i++) {
      row.operations.limits().look(i);
      int place = (int) entries[i];
      int kind = (int) ((entries[i] >>> Integer.SIZE) % KINDS);
      if (place >= values) {
        empty(row.empties[place - values]);
        continue;
      }
      int value = byDepth[kind == 0 ? values - 1 - place : place];
      if (kind > 0) {
        put(value);
      }
      if (kind < 2 && row.takes[value] != NONE) {
        take(value);
      }
    }
    return Arrays.copyOf(order, length);
  }

  /** Returns the operation that takes each put's value, or {@link PutsAndTakes#NONE}. */
  int[] takenBy() {
    return takenBy;
  }

  private void put(int value) {
    stack[height++] = value;
    order[length++] = row.puts[value];
  }

  private void take(int value) {
    while (height > 0 && stack[height - 1] != value && makesWay()) {
      // Until it is on top.
    }
    height = Math.max(height - 1, 0);
    takenBy[row.puts[value]] = row.takes[value];
    order[length++] = row.takes[value];
  }

  private void empty(int operation) {
    while (height > 0 && makesWay()) {
      // Until nothing is left.
    }
    order[length++] = operation;
  }

  /** Lets a take without an answer take what is on top, if there is one. */
  private boolean makesWay() {
    int value = stack[height - 1];
    if (row.takes[value] != NONE || unknownUsed == row.unknown.length) {
      return false;
    }
    height--;
    takenBy[row.puts[value]] = row.unknown[unknownUsed];
    order[length++] = row.unknown[unknownUsed++];
    return true;
  }

  private static long entry(int moment, int kind, int place) {
    return (moment * KINDS + kind) << Integer.SIZE | place;
  }
}

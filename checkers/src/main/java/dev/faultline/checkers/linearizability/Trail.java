package dev.faultline.checkers.linearizability;

import java.util.Arrays;

/**
 * What was placed on the way to each configuration, as linked steps: a configuration keeps the
 * number of its last step, and shares those before with others.
 */
final class Trail {

  /** The step before the first one. */
  static final int START = 0;

  private static final int INITIAL_STEPS = 1024;

  private int[] before = new int[INITIAL_STEPS];
  private int[] placed = new int[INITIAL_STEPS];
  private int[] positions = new int[INITIAL_STEPS];
  private int size = 1;

  /** Returns what {@link #placed} says of some member of a class without completion. */
  static int memberOf(int classNumber) {
    return -1 - classNumber;
  }

  /**
   * Adds a step and returns its number.
   *
   * @param previous the step before it
   * @param operation what was placed: an operation, or {@link #memberOf} a class
   * @param position the completion at which it was placed
   */
  int add(int previous, int operation, int position) {
    if (size == before.length) {
      before = Arrays.copyOf(before, 2 * size);
      placed = Arrays.copyOf(placed, 2 * size);
      positions = Arrays.copyOf(positions, 2 * size);
    }
    before[size] = previous;
    placed[size] = operation;
    positions[size] = position;
    return size++;
  }

  /** Returns the steps up to {@code last}, from the first. */
  int[] steps(int last) {
    int count = 0;
    for (int step = last; step != START; step = before[step]) {
      count++;
    }
    int[] steps = new int[count];
    for (int step = last; step != START; step = before[step]) {
      steps[--count] = step;
    }
    return steps;
  }

  int placed(int step) {
    return placed[step];
  }

  int position(int step) {
    return positions[step];
  }

  long bytes() {
    return 3L * Integer.BYTES * before.length;
  }
}

package dev.faultline.checkers.linearizability;

import java.util.Arrays;

/**
 * Which operation occupies each slot at a position of a {@link Timeline}.
 *
 * <p>It depends on the position alone, so it is not part of a configuration: a depth-first search
 * moves this window forth and back with itself.
 */
final class InFlight {

  private static final int NONE = -1;

  private final Timeline timeline;
  private final int[] bySlot;
  private int position;

  InFlight(Timeline timeline) {
    this.timeline = timeline;
    bySlot = new int[timeline.slots];
    Arrays.fill(bySlot, NONE);
  }

  /** Moves to just before {@code target}. */
  void moveTo(int target) {
    while (position < target) {
      apply(position, timeline.isCompletion(position));
      position++;
    }
    while (position > target) {
      position--;
      apply(position, !timeline.isCompletion(position));
    }
  }

  /** Returns the operation in {@code slot}, or -1. */
  int operation(int slot) {
    return bySlot[slot];
  }

  private void apply(int at, boolean leaves) {
    int operation = timeline.operationAt(at);
    if (!timeline.isOpenEnded(operation)) {
      bySlot[timeline.bits[operation]] = leaves ? NONE : operation;
    }
  }
}

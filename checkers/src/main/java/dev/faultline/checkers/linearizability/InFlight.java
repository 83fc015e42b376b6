package dev.faultline.checkers.linearizability;

import java.util.Arrays;

/**
 * The operations in flight at a position of a {@link Timeline}, those due first in front, and how
 * many operations of each class without completion have been invoked.
 *
 * <p>It depends on the position alone, so it is not part of a configuration: a search moves this
 * window forth and back with itself.
 */
final class InFlight {

  private static final int CACHE_BITS = 6;
  private static final int CACHE_SIZE = 1 << CACHE_BITS;
  private static final int NONE = -1;

  private final Timeline timeline;
  private final StateSpace space;
  private final int words;

  private final int[] byDeadline;
  private int count;

  private final int[] invoked;

  /** The slots of blind operations. */
  final long[] blind;

  /** Remembers {@link #unchanging} for some states, as long as nothing enters or leaves. */
  private final int[] cachedStates = new int[CACHE_SIZE];

  private final long[] cachedMasks;
  private int position;

  InFlight(Timeline timeline, int words) {
    this.timeline = timeline;
    this.space = timeline.operations.space();
    this.words = words;
    byDeadline = new int[timeline.slots];
    invoked = new int[timeline.classCalls.length];
    blind = new long[words];
    cachedMasks = new long[CACHE_SIZE * words];
    Arrays.fill(cachedStates, NONE);
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

  /** Returns how many operations are in flight that will complete. */
  int count() {
    return count;
  }

  /** Returns the operation in flight that completes as the {@code i}-th. */
  int operation(int i) {
    return byDeadline[i];
  }

  /** Returns how many operations of a class without completion have been invoked. */
  int invoked(int classNumber) {
    return invoked[classNumber];
  }

  /**
   * Returns where in {@link #mask} the slots begin of the operations in flight that would not
   * change {@code state}.
   */
  int unchanging(int state) {
    int entry = (state * 0x9e3779b9) >>> (Integer.SIZE - CACHE_BITS);
    int from = entry * words;
    if (cachedStates[entry] != state) {
      cachedStates[entry] = state;
      for (int i = 0; i < words; i++) {
        cachedMasks[from + i] = 0;
      }
      for (int i = 0; i < count; i++) {
        int operation = byDeadline[i];
        if (space.step(state, timeline.call(operation)) == state) {
          int slot = timeline.places[operation];
          cachedMasks[from + (slot >> Layout.WORD_SHIFT)] |= 1L << slot;
        }
      }
    }
    return from;
  }

  /** Returns one word of what {@link #unchanging} found. */
  long mask(int at) {
    return cachedMasks[at];
  }

  private void apply(int at, boolean leaves) {
    int operation = timeline.operationAt(at);
    if (timeline.isOpenEnded(operation)) {
      invoked[timeline.places[operation]] += leaves ? -1 : 1;
      return;
    }
    Arrays.fill(cachedStates, NONE);
    int slot = timeline.places[operation];
    if (space.isBlind(timeline.call(operation)) && !space.isReadOnly(timeline.call(operation))) {
      blind[slot >> Layout.WORD_SHIFT] ^= 1L << slot;
    }
    if (leaves) {
      remove(operation);
    } else {
      insert(operation);
    }
  }

  private void insert(int operation) {
    int due = timeline.completedAt[operation];
    int at = count++;
    while (at > 0 && timeline.completedAt[byDeadline[at - 1]] > due) {
      byDeadline[at] = byDeadline[at - 1];
      at--;
    }
    byDeadline[at] = operation;
  }

  private void remove(int operation) {
    int at = 0;
    while (byDeadline[at] != operation) {
      at++;
    }
    count--;
    System.arraycopy(byDeadline, at + 1, byDeadline, at, count - at);
  }
}

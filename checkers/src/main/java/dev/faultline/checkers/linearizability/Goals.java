package dev.faultline.checkers.linearizability;

import java.util.Arrays;

/**
 * The values of a register that it is of use to reach from a configuration.
 *
 * <p>Going to a value is of use only if somebody must still find it: an operation that needs it, or
 * a compare-and-set that leads from it to a value of use. A write of any other value can be put off
 * until its own completion, or happen where nobody sees it.
 */
final class Goals {

  private final RegisterSpace space;
  private final Timeline timeline;
  private final InFlight inFlight;
  private final int[] stamps;

  /** The classes without completion that need a value. */
  private final int[] conditional;

  private int stamp;
  private boolean anything;

  Goals(RegisterSpace space, Timeline timeline, InFlight inFlight) {
    this.space = space;
    this.timeline = timeline;
    this.inFlight = inFlight;
    stamps = new int[space.values()];
    int[] found = new int[timeline.classCalls.length];
    int count = 0;
    for (int i = 0; i < found.length; i++) {
      int call = timeline.classCalls[i];
      if (space.needs(call) != RegisterSpace.NONE && !space.isReadOnly(call)) {
        found[count++] = i;
      }
    }
    conditional = Arrays.copyOf(found, count);
  }

  /** Finds the values of use for {@code configuration}. */
  void aim(long[] configuration, Layout layout) {
    stamp++;
    anything = false;
    for (int i = 0; i < inFlight.count(); i++) {
      int operation = inFlight.operation(i);
      int slot = timeline.places[operation];
      if ((configuration[layout.must + (slot >> Layout.WORD_SHIFT)] & 1L << slot) != 0) {
        int call = timeline.call(operation);
        if (space.needs(call) != RegisterSpace.NONE) {
          stamps[space.needs(call)] = stamp;
        }
        anything |= space.refutes(call) != RegisterSpace.NONE;
      }
    }
    while (!anything && spreads()) {
      // Until nothing is added.
    }
  }

  boolean isOfUse(int value) {
    return anything || stamps[value] == stamp;
  }

  private boolean spreads() {
    boolean added = false;
    for (int i : conditional) {
      int call = timeline.classCalls[i];
      if (inFlight.invoked(i) > 0
          && stamps[space.leaves(call)] == stamp
          && stamps[space.needs(call)] != stamp) {
        stamps[space.needs(call)] = stamp;
        added = true;
      }
    }
    return added;
  }
}

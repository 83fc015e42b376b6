package dev.faultline.checkers.linearizability;

import java.util.Arrays;

/**
 * The values of a register that it is of use to reach from a configuration.
 *
 * <p>Going to a value is of use only if somebody can still find it: an operation in flight that
 * needs it, or a compare-and-set without completion that leads from it to a value of use. A write
 * of any other value can be put off until its own completion, or happen where nobody sees it.
 *
 * <p><b>Why nothing is lost.</b> Of all ways to go on from a configuration take one that places the
 * fewest operations visibly, the others hidden directly before one that overwrites them. Say that
 * it first places an operation other than the one that completes, which leads to a value that is
 * not of use, and which need not be placed or is blind. What follows on that value, up to the
 * completion, can only be compare-and-sets without completion that lead to further values not of
 * use, and then an operation in flight or without completion that overwrites: all others need a
 * value, which would be of use. The first one can be hidden before the overwriting one, or left out
 * if it need not be placed; those between can be left out: fewer are visible, which cannot be. Only
 * if the first one hides the very operation that completes does nothing have to follow; but then
 * that one can be placed visibly instead, and the first one put off.
 *
 * <p>So operations that <em>may</em> be used count like those that <em>must</em>. Where
 * configurations are joined, a compare-and-set in flight may be optional, and the order that is
 * sought may use it.
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
      int word = slot >> Layout.WORD_SHIFT;
      long usable = configuration[layout.may + word] | configuration[layout.must + word];
      if ((usable & 1L << slot) != 0) {
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

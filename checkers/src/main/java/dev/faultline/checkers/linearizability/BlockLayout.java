package dev.faultline.checkers.linearizability;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The blocks of {@link Zones} in their order, each laid out as early as it can be: it begins as
 * soon as all before it, and its write, are invoked.
 */
final class BlockLayout {

  private static final int NONE = RegisterSpace.NONE;

  private final RegisterSpace space;
  private final Operations operations;

  /** The block of each value, negative if there is none or more than one. */
  private final int[] blockOf;

  private final boolean[] happened;

  /** Where each block of the sequence begins. */
  private final int[] begins;

  /** The place of each block in the sequence. */
  private final int[] places;

  /**
   * Lays out blocks.
   *
   * @param blockOf the block of each value, negative if there is none or more than one
   * @param happened whether each operation happened
   * @param lastInvocation the last invocation in each block
   * @param sequence the blocks in order; that of the initial value has the number of no operation
   */
  BlockLayout(
      RegisterSpace space,
      Operations operations,
      int[] blockOf,
      boolean[] happened,
      int[] lastInvocation,
      int[] sequence) {
    this.space = space;
    this.operations = operations;
    this.blockOf = blockOf;
    this.happened = happened;
    begins = new int[sequence.length];
    places = new int[operations.size() + 1];
    int latest = NONE;
    for (int place = 0; place < sequence.length; place++) {
      operations.limits().look(place);
      int block = sequence[place];
      int invoked = isInitial(block) ? NONE : operations.invocation(block);
      begins[place] = Math.max(latest, invoked);
      latest = Math.max(begins[place], lastInvocation[block]);
      places[block] = place;
    }
  }

  /** Tells whether every refusal finds another value at some moment. */
  boolean refusalsFit() {
    for (int i = 0; i < operations.size(); i++) {
      operations.limits().look(i);
      int refuted = space.refutes(operations.call(i));
      if (refuted != NONE && !fits(i, refuted)) {
        return false;
      }
    }
    return true;
  }

  private boolean fits(int refusal, int refuted) {
    int block = blockOf[refuted];
    if (block >= 0 && happened[block]) {
      return operations.invocation(refusal) < begins[places[block]]
          || operations.completion(refusal) > end(places[block]);
    }
    return block == NONE || block >= 0;
  }

  private int end(int place) {
    return place + 1 < begins.length ? begins[place + 1] : Operation.NEVER;
  }

  private boolean isInitial(int block) {
    return block == operations.size();
  }

  /** Returns the operations in order, without writes that did not happen. */
  int[] order() {
    int[] placeOf = new int[operations.size()];
    int[] moments = new int[operations.size()];
    for (int i = 0; i < placeOf.length; i++) {
      operations.limits().look(i);
      if (!happened[i]) {
        continue;
      }
      int call = operations.call(i);
      moments[i] = operations.invocation(i);
      if (space.leaves(call) != NONE) {
        placeOf[i] = places[i];
        moments[i] = NONE; // First of its block.
      } else if (space.needs(call) != NONE) {
        placeOf[i] = places[blockOf[space.needs(call)]];
      } else {
        moments[i] = momentOfRefusal(i, space.refutes(call));
        placeOf[i] = placeAt(moments[i]);
      }
    }
    return IntStream.range(0, placeOf.length)
        .filter(i -> happened[i])
        .boxed()
        .sorted(Comparator.<Integer>comparingInt(i -> placeOf[i]).thenComparingInt(i -> moments[i]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** Returns when something that refutes a value, or no value at all, is placed. */
  private int momentOfRefusal(int operation, int refuted) {
    int invocation = operations.invocation(operation);
    if (refuted == NONE || blockOf[refuted] < 0 || !happened[blockOf[refuted]]) {
      return invocation;
    }
    int place = places[blockOf[refuted]];
    return invocation < begins[place] ? invocation : Math.max(invocation, end(place));
  }

  /** Returns the last block that has begun at {@code moment}. */
  private int placeAt(int moment) {
    int low = 0;
    int high = begins.length - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (begins[middle] <= moment) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }
}

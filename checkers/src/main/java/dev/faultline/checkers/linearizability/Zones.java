package dev.faultline.checkers.linearizability;

import java.util.Arrays;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Decides a register in which every value that is seen was written once, in near-linear time
 * (Gibbons &amp; Korach, "Testing Shared Memories", 1997, section 4).
 *
 * <p>A write and the reads of its value are a <em>block</em>: nothing else can come between them. A
 * compare-and-set that found the value glues its own block behind it, so that blocks form chains. A
 * chain P must come before a chain Q if an operation of P completes before one of Q is invoked,
 * that is, if the first completion in P is before the last invocation in Q. If any order of the
 * chains keeps to that, the one by {@code min(first completion, last invocation)} does; the same
 * test applies to the blocks of one chain, whose order is given.
 *
 * <p>An indeterminate write happened if its value was seen, directly or through the
 * compare-and-sets of a chain; otherwise it may be taken as not having happened. A refusal ("the
 * value is not v") is no part of a block: the order found is laid out as early as possible, and if
 * a refusal does not fit that layout this algorithm has no answer.
 */
final class Zones {

  /** What was found. */
  enum Answer {
    LINEARIZABLE,
    NOT_LINEARIZABLE,
    /** Some value was written more than once, or a refusal does not fit. */
    UNDECIDED
  }

  private static final int NONE = -1;
  private static final int SEVERAL = -2;

  private final RegisterSpace space;
  private final Operations operations;
  private final Limits limits;

  /** The block of the initial value; the others have the number of the operation that writes. */
  private final int initial;

  /** The block of each value, {@link #NONE} or {@link #SEVERAL}. */
  private final int[] blockOf;

  private final boolean[] happened;
  private final int[] firstCompletion;
  private final int[] lastInvocation;

  /** The block that a compare-and-set glued behind each block. */
  private final int[] successor;

  /** The order that was found; null as long as there is none. */
  private @Nullable BlockLayout layout;

  private Zones(RegisterSpace space, Operations operations) {
    this.space = space;
    this.operations = operations;
    limits = operations.limits();
    initial = operations.size();
    blockOf = new int[space.values()];
    happened = new boolean[initial + 1];
    firstCompletion = new int[initial + 1];
    lastInvocation = new int[initial + 1];
    successor = new int[initial + 1];
    Arrays.fill(blockOf, NONE);
    Arrays.fill(successor, NONE);
  }

  /**
   * Decides {@code operations} as far as this algorithm can.
   *
   * @throws BudgetSpentException if the time is up
   */
  static Answer decide(Operations operations) {
    if (!(operations.space() instanceof RegisterSpace space)) {
      return Answer.UNDECIDED;
    }
    return new Zones(space, operations).decide();
  }

  /** Decides {@code operations}; tells that they contradict each other, but not which of them. */
  static Specialist.Conclusion conclude(Operations operations) {
    if (!(operations.space() instanceof RegisterSpace space)) {
      return Specialist.UNDECIDED;
    }
    Zones zones = new Zones(space, operations);
    return switch (zones.decide()) {
      case LINEARIZABLE -> new Specialist.Ordered(zones::order);
      case NOT_LINEARIZABLE ->
          Specialist.Contradiction.of(IntStream.range(0, operations.size()).toArray());
      case UNDECIDED -> Specialist.UNDECIDED;
    };
  }

  private Answer decide() {
    writers();
    if (!happenings()) {
      return Answer.UNDECIDED;
    }
    if (!fillBlocks()) {
      return Answer.NOT_LINEARIZABLE;
    }
    int[] heads = chains();
    if (heads.length == 0) {
      return Answer.NOT_LINEARIZABLE;
    }
    if (!isOrdered(heads)) {
      return Answer.NOT_LINEARIZABLE;
    }
    layout = new BlockLayout(space, operations, blockOf, happened, lastInvocation, sequence(heads));
    return layout.refusalsFit() ? Answer.LINEARIZABLE : Answer.UNDECIDED;
  }

  private int[] order() {
    return Objects.requireNonNull(layout).order();
  }

  private void writers() {
    blockOf[StateSpace.INITIAL] = initial;
    for (int i = 0; i < initial; i++) {
      limits.look(i);
      int left = left(i);
      if (left != NONE) {
        blockOf[left] = blockOf[left] == NONE ? i : SEVERAL;
      }
    }
  }

  /** Finds what happened; false if a value that was seen was written more than once. */
  private boolean happenings() {
    int[] queue = new int[initial + 1];
    int queued = 0;
    happened[initial] = true;
    for (int i = 0; i < initial; i++) {
      limits.look(i);
      if (!operations.isOpenEnded(i)) {
        happened[i] = true;
        queue[queued++] = i;
      }
    }
    for (int next = 0; next < queued; next++) {
      limits.look(next);
      int need = needs(queue[next]);
      if (need == NONE) {
        continue;
      }
      int writer = blockOf[need];
      if (writer == SEVERAL) {
        return false;
      }
      if (writer != NONE && !happened[writer]) {
        happened[writer] = true;
        queue[queued++] = writer;
      }
    }
    return true;
  }

  /** Puts every operation into its block; false if there is none for it. */
  private boolean fillBlocks() {
    firstCompletion[initial] = NONE;
    lastInvocation[initial] = NONE;
    for (int i = 0; i < initial; i++) {
      limits.look(i);
      if (left(i) != NONE) {
        firstCompletion[i] = operations.completion(i);
        lastInvocation[i] = operations.invocation(i);
      }
    }
    for (int i = 0; i < initial; i++) {
      limits.look(i);
      if (happened[i] && needs(i) != NONE && !enters(i, blockOf[needs(i)])) {
        return false;
      }
    }
    return true;
  }

  private boolean enters(int operation, int block) {
    if (block == NONE) {
      return false;
    }
    if (left(operation) != NONE) {
      boolean free = successor[block] == NONE;
      successor[block] = operation;
      return free;
    }
    if (block != initial && operations.completion(operation) < operations.invocation(block)) {
      return false;
    }
    firstCompletion[block] = Math.min(firstCompletion[block], operations.completion(operation));
    lastInvocation[block] = Math.max(lastInvocation[block], operations.invocation(operation));
    return true;
  }

  /** Returns the first block of each chain; none if blocks of a chain contradict each other. */
  private int[] chains() {
    int[] heads = new int[initial + 1];
    int count = 0;
    int reached = 0;
    int blocks = 1;
    for (int i = 0; i < initial; i++) {
      limits.look(i);
      if (happened[i] && left(i) != NONE) {
        blocks++;
        if (needs(i) == NONE) {
          heads[count++] = i;
        }
      }
    }
    heads[count++] = initial;
    for (int i = 0; i < count; i++) {
      int latest = NONE;
      for (int block = heads[i]; block != NONE; block = successor[block]) {
        limits.look(reached++);
        if (firstCompletion[block] < latest) {
          return new int[0];
        }
        latest = Math.max(latest, lastInvocation[block]);
      }
    }
    // Compare-and-sets that lead from one to the next in a circle are on no chain.
    return reached == blocks ? Arrays.copyOf(heads, count) : new int[0];
  }

  /** Sorts the chains, and tells whether no later one must be before an earlier one. */
  private boolean isOrdered(int[] heads) {
    long[] keys = new long[heads.length];
    int[] first = new int[heads.length];
    int[] last = new int[heads.length];
    for (int i = 0; i < heads.length; i++) {
      limits.look(i);
      first[i] = Operation.NEVER;
      last[i] = NONE;
      for (int block = heads[i]; block != NONE; block = successor[block]) {
        first[i] = Math.min(first[i], firstCompletion[block]);
        last[i] = Math.max(last[i], lastInvocation[block]);
      }
      keys[i] = (long) Math.min(first[i], last[i]) << Integer.SIZE | i;
    }
    Arrays.sort(keys);
    int[] sorted = new int[heads.length];
    int latest = NONE;
    for (int i = 0; i < keys.length; i++) {
      int chain = (int) keys[i];
      if (first[chain] < latest) {
        return false;
      }
      latest = Math.max(latest, last[chain]);
      sorted[i] = heads[chain];
    }
    System.arraycopy(sorted, 0, heads, 0, sorted.length);
    return true;
  }

  /** Returns the blocks of the sorted chains, one after the other. */
  private int[] sequence(int[] heads) {
    int[] blocks = new int[initial + 1];
    int count = 0;
    for (int head : heads) {
      for (int block = head; block != NONE; block = successor[block]) {
        blocks[count++] = block;
      }
    }
    return Arrays.copyOf(blocks, count);
  }

  private int needs(int operation) {
    return space.needs(operations.call(operation));
  }

  private int left(int operation) {
    return space.leaves(operations.call(operation));
  }
}

package dev.faultline.checkers.linearizability;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Decides a FIFO queue into which each value is put once, in O(n log n).
 *
 * <p>Value a must be ahead of b if the put of a completed before that of b was invoked, or the take
 * of a before that of b. There is an order if and only if no two values must be ahead of each other
 * and no take that found nothing was covered by values that were certainly inside, one after the
 * other, all the time (Henzinger, Sezgin &amp; Vafeiadis, "Aspect-Oriented Linearizability Proofs",
 * CONCUR 2013; Bouajjani, Emmi, Enea &amp; Hamza, "On Reducing Linearizability to State
 * Reachability", ICALP 2015). Two conflicting values are as bad as any longer circle, because both
 * relations are interval orders. The order itself is found by taking away, again and again, a value
 * that none of the others must be ahead of (Lee, Mathur and others, "Efficient Decrease-and-Conquer
 * Linearizability Monitoring", OOPSLA 2025), and is checked before it is believed.
 *
 * <p><b>Takes without an answer.</b> A value that nobody is known to have taken, but that must be
 * ahead of one that was, has been taken by one of them. Such values have deadlines, the takes have
 * only earliest moments, so that the first take for the first deadline is as good as any choice
 * (Hall's condition): if even that comes too late there is no order. Only if a take that found
 * nothing depends on the choice may the answer be UNDECIDED.
 */
record FifoOrder(Sequence model) implements Specialist {

  @Override
  public Conclusion decide(Operations operations) {
    PutsAndTakes row = PutsAndTakes.of(operations, model);
    if (row == null) {
      return UNDECIDED;
    }
    if (row.contradiction.length > 0) {
      return Contradiction.of(row.contradiction);
    }
    Conclusion least = new Attempt(row, false).decide();
    return least instanceof Undecided && row.unknown.length > 0
        ? new Attempt(row, true).decide()
        : least;
  }

  /** One choice of the values that takes without an answer took. */
  private static final class Attempt {

    private final PutsAndTakes row;
    private final Stays stays;

    /** Whether values that need not have been taken are, if that may help those that found none. */
    private final boolean generous;

    /** The operation that takes each put's value, or {@link PutsAndTakes#NONE}. */
    private final int[] takenBy;

    /** For each value its place among the takes, or {@link PutsAndTakes#NONE}. */
    private final int[] take;

    /** The moment of each take that found nothing. */
    private final int[] emptyAt;

    Attempt(PutsAndTakes row, boolean generous) {
      this.row = row;
      this.generous = generous;
      stays = new Stays(row);
      takenBy = new int[row.operations.size()];
      take = row.takes.clone();
      emptyAt = new int[row.empties.length];
    }

    Conclusion decide() {
      Conclusion late = row.unknown.length == 0 ? null : assign();
      if (late != null) {
        return late;
      }
      int[] longest = stays.longest(false);
      int[] nextFree = stays.nextFree(longest);
      for (int i = 0; i < emptyAt.length; i++) {
        int empty = row.empties[i];
        emptyAt[i] = nextFree[row.moments.first(empty)];
        if (emptyAt[i] > row.moments.last(empty)) {
          return covered(empty, longest);
        }
      }
      for (int value = 0; value < take.length; value++) {
        takenBy[row.puts[value]] = take[value];
      }
      return order();
    }

    private Conclusion covered(int empty, int[] longest) {
      int from = row.moments.first(empty);
      int to = row.moments.last(empty);
      if (row.unknown.length == 0) {
        return Contradiction.of(stays.witness(stays.cover(longest, from, to), empty));
      }
      int[] certain = stays.longest(true);
      return stays.nextFree(certain)[from] > to
          ? Contradiction.of(stays.witness(stays.cover(certain, from, to), empty))
          : UNDECIDED;
    }

    /** Gives a take to each value that must have been taken; a contradiction if that fails. */
    private @Nullable Conclusion assign() {
      Deadlines deadlines = new Deadlines(row, stays);
      long[] due =
          IntStream.range(0, stays.values())
              .filter(value -> !stays.isTaken(value) && isWanted(value, deadlines))
              .mapToLong(value -> (long) deadlines.of(value) << Integer.SIZE | value)
              .sorted()
              .toArray();
      for (int i = 0; i < due.length; i++) {
        int value = (int) due[i];
        int deadline = deadlines.of(value);
        boolean inTime = i < row.unknown.length && row.moments.first(row.unknown[i]) <= deadline;
        if (!inTime && deadline < row.moments.end()) {
          return tooLate(due, i, deadline, deadlines);
        }
        if (!inTime) {
          return null; // It need not be taken after all.
        }
        take[value] = row.unknown[i];
        // Before the end, at which those are taken that nobody takes.
        stays.mayBeTaken(value, row.moments.first(row.unknown[i]), row.moments.end() - 1);
      }
      return null;
    }

    private boolean isWanted(int value, Deadlines deadlines) {
      return deadlines.of(value) < row.moments.end() || (generous && deadlines.mayDisturb(value));
    }

    private Conclusion tooLate(long[] due, int index, int deadline, Deadlines deadlines) {
      int[] values = new int[2 * index + 2];
      int[] others = new int[index + 1 + row.unknown.length];
      int count = 0;
      int further = 0;
      for (int i = 0; i <= index; i++) {
        int value = (int) due[i];
        values[count++] = value;
        int blocker = deadlines.blocker(value);
        if (blocker < stays.values()) {
          values[count++] = blocker;
        } else {
          others[further++] = row.empties[blocker - stays.values()];
        }
      }
      for (int operation : row.unknown) {
        if (row.moments.first(operation) <= deadline) {
          others[further++] = operation;
        }
      }
      int[] witness = stays.witness(Arrays.copyOf(values, count), Arrays.copyOf(others, further));
      return Contradiction.of(IntStream.of(witness).sorted().distinct().toArray());
    }

    private Conclusion order() {
      FifoLine line = new FifoLine(stays, emptyAt);
      int[] values = line.sort();
      if (values.length < stays.values() + emptyAt.length) {
        int[] pair = line.conflict();
        boolean certain =
            IntStream.of(pair)
                .allMatch(value ->
                    value < stays.values() && (stays.isTaken(value) || row.unknown.length == 0));
        return certain ? Contradiction.of(stays.witness(pair)) : UNDECIDED;
      }
      int[] order = line.layOut(values, row, take);
      return row.isOrder(order, order.length, true, takenBy) ? new Ordered(() -> order) : UNDECIDED;
    }
  }

  /** Until when a value that nobody is known to have taken must have been taken. */
  private static final class Deadlines {

    private final PutsAndTakes row;
    private final Stays stays;
    private final int latestEmpty;

    /**
     * For each moment the value, or behind those the empty take, that of all that begin after it
     * ends first.
     */
    private final int[] earliestAfter;

    Deadlines(PutsAndTakes row, Stays stays) {
      this.row = row;
      this.stays = stays;
      earliestAfter = new int[row.moments.end() + 2];
      Arrays.fill(earliestAfter, PutsAndTakes.NONE);
      for (int value = 0; value < stays.values(); value++) {
        if (stays.isTaken(value) && stays.firstPut[value] > 0) {
          offer(stays.firstPut[value] - 1, value);
        }
      }
      int latest = PutsAndTakes.NONE;
      for (int i = 0; i < row.empties.length; i++) {
        latest = Math.max(latest, row.moments.last(row.empties[i]));
        if (row.moments.first(row.empties[i]) > 0) {
          offer(row.moments.first(row.empties[i]) - 1, stays.values() + i);
        }
      }
      latestEmpty = latest;
      for (int moment = earliestAfter.length - 2; moment >= 0; moment--) {
        if (earliestAfter[moment + 1] != PutsAndTakes.NONE) {
          offer(moment, earliestAfter[moment + 1]);
        }
      }
    }

    private void offer(int moment, int candidate) {
      int other = earliestAfter[moment];
      if (other == PutsAndTakes.NONE || ends(candidate) < ends(other)) {
        earliestAfter[moment] = candidate;
      }
    }

    private int ends(int candidate) {
      return candidate < stays.values()
          ? stays.lastTake[candidate]
          : row.moments.last(row.empties[candidate - stays.values()]);
    }

    int blocker(int value) {
      return earliestAfter[stays.lastPut[value]];
    }

    int of(int value) {
      int blocker = blocker(value);
      return blocker == PutsAndTakes.NONE ? row.moments.end() : ends(blocker);
    }

    /** Tells whether {@code value} is certainly inside while something may have found nothing. */
    boolean mayDisturb(int value) {
      return stays.lastPut[value] < latestEmpty;
    }
  }
}

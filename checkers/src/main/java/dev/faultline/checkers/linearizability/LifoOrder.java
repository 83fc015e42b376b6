package dev.faultline.checkers.linearizability;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.stream.IntStream;

/**
 * Decides a stack onto which each value is put once, in O(n p log n) for p operations at once, by
 * taking values away until none is left (decrease and conquer: Lee, Mathur and others, "Efficient
 * Decrease-and-Conquer Linearizability Monitoring", OOPSLA 2025; that stacks are tractable: Emmi
 * &amp; Enea, "Sound, Complete, and Tractable Linearizability Monitoring for Concurrent
 * Collections", POPL 2018).
 *
 * <p>A value whose put and take share a moment can come and go at that moment, and matters to
 * nobody. Each of the others is certainly inside for some moments, its <em>stay</em>. Where nothing
 * stays the history falls apart: what has to be put before and what has to be taken after do not
 * touch. In an unbroken run of stays, from moment l to moment r, the stack is never empty, so that
 * one value lies at the bottom all the time. If any value could do that, any other that could (its
 * put can be before l and its take after r) is as good: taken out of an order and put around it, it
 * makes another order. So one is taken away, and what is left of the run is looked at in the same
 * way. If there is none, the fewest values whose stays make the run have no order.
 *
 * <p><b>Takes that found nothing</b> need a moment at which nothing stays.
 *
 * <p><b>Takes without an answer.</b> A value that nobody is known to have taken stays for ever,
 * until a run has no bottom because of it; then it may be taken from the first such take on. If
 * that does not help, there is no order. In the end each take is given to a value that must make
 * way, as late as it can be; if there are not enough, or they come too late, the answer is
 * UNDECIDED.
 */
record LifoOrder(Sequence model) implements Specialist {

  @Override
  public Conclusion decide(Operations operations) {
    PutsAndTakes row = PutsAndTakes.of(operations, model);
    if (row == null) {
      return UNDECIDED;
    }
    return row.contradiction.length > 0
        ? Contradiction.of(row.contradiction)
        : new Attempt(row).decide();
  }

  private static final class Attempt {

    private static final int NONE = PutsAndTakes.NONE;

    /**
     * An unbroken run of stays.
     *
     * @param depth how many values lie under it
     * @param until when at the latest what lies at its bottom is taken, for all that it knows of
     *     others
     */
    private record Run(int from, int to, int depth, int until) {}

    private final PutsAndTakes row;
    private final Stays stays;
    private final int end;
    private final Coverage coverage;

    /** At the beginning of each stay, the first moment of its value's put. */
    private final LeastTree firstPuts;

    /** 0 at the beginning of each stay of a value that nobody took yet. */
    private final LeastTree untaken;

    private final int[] valueFrom;

    /** For each value when it is put and taken, and how many values lie under it. */
    private final int[] putAt;

    private final int[] takeAt;

    /** The same, as late as others allow. */
    private final int[] takeLateAt;

    private final int[] depth;
    private final boolean[] lent;

    Attempt(PutsAndTakes row) {
      this.row = row;
      stays = new Stays(row);
      end = row.moments.end();
      coverage = new Coverage(end);
      firstPuts = new LeastTree(end);
      untaken = new LeastTree(end);
      valueFrom = new int[end + 2];
      Arrays.fill(valueFrom, NONE);
      putAt = new int[stays.values()];
      takeAt = new int[stays.values()];
      takeLateAt = new int[stays.values()];
      depth = new int[stays.values()];
      lent = new boolean[stays.values()];
    }

    Conclusion decide() {
      for (int value = 0; value < stays.values(); value++) {
        row.operations.limits().look(value);
        place(value);
      }
      int[] emptyAt = new int[row.empties.length];
      for (int i = 0; i < emptyAt.length; i++) {
        row.operations.limits().look(i);
        int last = row.moments.last(row.empties[i]);
        emptyAt[i] = coverage.next(row.moments.first(row.empties[i]), false);
        while (emptyAt[i] > last) {
          int value = untaken(0, last);
          if (value == NONE) {
            return covered(row.empties[i]);
          }
          lend(value);
          emptyAt[i] = coverage.next(row.moments.first(row.empties[i]), false);
        }
      }
      int[] emptyMoments = emptyAt.clone();
      Arrays.sort(emptyMoments);
      Deque<Run> runs = new ArrayDeque<>();
      split(new Run(0, end, 0, end), emptyMoments, runs);
      for (int step = 0; !runs.isEmpty(); step++) {
        row.operations.limits().look(step);
        Run run = runs.pop();
        int bottom = bottom(run);
        if (bottom != NONE) {
          putAt[bottom] = run.from() - 1;
          takeAt[bottom] = Math.min(run.to() + 1, end);
          takeLateAt[bottom] = Math.min(run.until(), stays.lastTake[bottom]);
          depth[bottom] = run.depth();
          remove(bottom);
          Run above = new Run(run.from(), run.to(), run.depth() + 1, takeLateAt[bottom]);
          split(above, emptyMoments, runs);
        } else {
          int value = untaken(run.from(), run.to());
          if (value == NONE) {
            return Contradiction.of(witness(run));
          }
          lend(value);
          split(run, emptyMoments, runs);
        }
      }
      return certified(emptyAt);
    }

    /** Lets {@code value} stay, or lets it come and go at one moment. */
    private void place(int value) {
      if (stays.from(value) <= stays.to(value)) {
        coverage.add(stays.from(value), stays.to(value), 1);
        firstPuts.set(stays.from(value), stays.firstPut[value]);
        valueFrom[stays.from(value)] = value;
        if (!stays.isTaken(value) && !lent[value]) {
          untaken.set(stays.from(value), 0);
        }
      } else {
        putAt[value] = Math.min(stays.lastPut[value], stays.lastTake[value]);
        takeAt[value] = putAt[value];
        takeLateAt[value] = putAt[value];
      }
    }

    private void remove(int value) {
      coverage.add(stays.from(value), stays.to(value), -1);
      firstPuts.set(stays.from(value), Integer.MAX_VALUE);
      untaken.set(stays.from(value), Integer.MAX_VALUE);
      valueFrom[stays.from(value)] = NONE;
    }

    /** Lets a take without an answer take {@code value}. */
    private void lend(int value) {
      remove(value);
      lent[value] = true;
      stays.mayBeTaken(value, row.moments.first(row.unknown[0]), end);
      place(value);
    }

    /** Adds the runs that are left of one. */
    private void split(Run whole, int[] emptyMoments, Deque<Run> runs) {
      int begin = coverage.next(whole.from(), true);
      while (begin <= whole.to()) {
        int after = coverage.next(begin, false);
        int next = coverage.next(after, true);
        int until = next <= whole.to() ? next - 1 : whole.until();
        int place = Arrays.binarySearch(emptyMoments, after);
        int empty = place < 0 ? -place - 1 : place;
        until = empty < emptyMoments.length ? Math.min(until, emptyMoments[empty]) : until;
        runs.push(new Run(begin, after - 1, whole.depth(), until));
        begin = next;
      }
    }

    /** Returns a value that can lie at the bottom all through {@code run}; the one taken last. */
    private int bottom(Run run) {
      int best = NONE;
      int place = firstPuts.next(run.from(), run.to(), run.from());
      while (place >= 0) {
        int value = valueFrom[place];
        if (stays.lastTake[value] > run.to()
            && (best == NONE || stays.lastTake[value] > stays.lastTake[best])) {
          best = value;
        }
        place = firstPuts.next(place + 1, run.to(), run.from());
      }
      return best;
    }

    /**
     * Returns the first value whose stay begins in a span and that a take without an answer may
     * have taken.
     */
    private int untaken(int from, int to) {
      int place = row.unknown.length == 0 ? -1 : untaken.next(from, to, 1);
      return place < 0 ? NONE : valueFrom[place];
    }

    private Conclusion covered(int empty) {
      int[] cover =
          stays.cover(stays.longest(false), row.moments.first(empty), row.moments.last(empty));
      return Contradiction.of(stays.witness(cover, withUnknown(cover, empty)));
    }

    /**
     * Returns {@code further} and the takes without an answer, if one of {@code values} is lent.
     */
    private int[] withUnknown(int[] values, int... further) {
      return IntStream.of(values).anyMatch(value -> lent[value])
          ? IntStream.concat(IntStream.of(further), IntStream.of(row.unknown)).toArray()
          : further;
    }

    /** Returns the operations of the fewest values whose stays make {@code run}. */
    private int[] witness(Run run) {
      int[] values =
          IntStream.rangeClosed(run.from(), run.to())
              .map(place -> valueFrom[place])
              .filter(value -> value != NONE)
              .toArray();
      int[] cover = new int[values.length];
      int count = 0;
      int next = 0;
      for (int moment = run.from(); moment <= run.to(); moment = stays.to(cover[count - 1]) + 1) {
        int longest = values[next++]; // There is one, because stays make the run without a gap.
        while (next < values.length && stays.from(values[next]) <= moment) {
          longest = stays.to(values[next]) > stays.to(longest) ? values[next] : longest;
          next++;
        }
        cover[count++] = longest;
      }
      int[] fewest = Arrays.copyOf(cover, count);
      return stays.witness(fewest, withUnknown(fewest));
    }

    private Conclusion certified(int[] emptyAt) {
      Conclusion early = certified(takeAt, emptyAt);
      // What lies on top must make way when something is taken; later there may be takes for it.
      return early instanceof Ordered || row.unknown.length == 0
          ? early
          : certified(takeLateAt, emptyAt);
    }

    private Conclusion certified(int[] takenAt, int[] emptyAt) {
      LifoSequence sequence = new LifoSequence(row, putAt, takenAt, depth);
      int[] order = sequence.order(emptyAt);
      return row.isOrder(order, order.length, false, sequence.takenBy())
          ? new Ordered(() -> order)
          : UNDECIDED;
    }
  }
}

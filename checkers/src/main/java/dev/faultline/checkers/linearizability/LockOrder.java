package dev.faultline.checkers.linearizability;

import java.util.Arrays;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * Decides a lock that does not tell who has it, in O(n log n).
 *
 * <p>All acquisitions are alike, and so are all releases; they have to alternate. The events are
 * walked in order, and an operation is placed only at its completion, if need be after one of the
 * other kind, of those in flight the one that is due first; those that never complete come last.
 * Whatever is put off could still be placed later, and of two that are alike the one that is due
 * first can take the place of the other, so that this choice is as good as any: if it fails, there
 * is no order.
 *
 * <p>The contradiction is the end of what was placed, as far back as it takes for whatever lies
 * before to have completed before it: there are two more of one kind than of the other.
 */
final class LockOrder implements Specialist {

  private static final int NONE = -1;

  @Override
  public Conclusion decide(Operations operations) {
    if (!(operations.space() instanceof ModelSpace<?> space)) {
      return UNDECIDED;
    }
    boolean[] acquires = new boolean[operations.size()];
    for (int i = 0; i < operations.size(); i++) {
      operations.limits().look(i);
      Call call = space.call(operations.call(i));
      if (call.answer() == Call.Answer.REFUSED) {
        return UNDECIDED;
      }
      acquires[i] = call.f().equals(Mutex.ACQUIRE);
    }
    return decide(operations, acquires);
  }

  /** Decides {@code operations}, each of which acquires or else releases. */
  static Conclusion decide(Operations operations, boolean[] acquires) {
    return new Walk(operations, acquires).decide();
  }

  private static final class Walk {

    private final Operations operations;
    private final boolean[] acquires;
    private final PriorityQueue<Integer> acquisitions;
    private final PriorityQueue<Integer> releases;
    private final boolean[] placed;
    private final int[] order;
    private int count;

    Walk(Operations operations, boolean[] acquires) {
      this.operations = operations;
      this.acquires = acquires;
      Comparator<Integer> byCompletion = Comparator.comparingInt(operations::completion);
      acquisitions = new PriorityQueue<>(byCompletion);
      releases = new PriorityQueue<>(byCompletion);
      placed = new boolean[operations.size()];
      order = new int[operations.size()];
    }

    Conclusion decide() {
      int invoked = 0;
      for (int operation : byCompletion()) {
        while (invoked < placed.length
            && operations.invocation(invoked) < operations.completion(operation)) {
          inFlight(acquires[invoked]).add(invoked++);
        }
        operations.limits().look(operation);
        if (placed[operation]) {
          continue;
        }
        if (isHeld() == acquires[operation]) {
          int other = next(!acquires[operation]);
          if (other == NONE) {
            return Contradiction.of(witness(operation));
          }
          place(other);
        }
        place(operation);
      }
      return new Ordered(() -> Arrays.copyOf(order, count));
    }

    private int[] byCompletion() {
      long[] keys = new long[placed.length];
      int completed = 0;
      for (int i = 0; i < placed.length; i++) {
        if (!operations.isOpenEnded(i)) {
          keys[completed++] = (long) operations.completion(i) << Integer.SIZE | i;
        }
      }
      Arrays.sort(keys, 0, completed);
      return Arrays.stream(keys, 0, completed).mapToInt(key -> (int) key).toArray();
    }

    private PriorityQueue<Integer> inFlight(boolean acquisition) {
      return acquisition ? acquisitions : releases;
    }

    /** Returns the one of those in flight that is due first, or {@link #NONE}. */
    private int next(boolean acquisition) {
      PriorityQueue<Integer> candidates = inFlight(acquisition);
      Integer first = candidates.poll();
      while (first != null && placed[first]) {
        first = candidates.poll();
      }
      return first == null ? NONE : first;
    }

    private boolean isHeld() {
      return count % 2 == 1;
    }

    private void place(int operation) {
      placed[operation] = true;
      order[count++] = operation;
    }

    /** Returns what shows that {@code blocked} has no place after all that were placed. */
    private int[] witness(int blocked) {
      // The latest completion, up to each place, of those that could have come between.
      int[] latest = new int[count];
      int most = NONE;
      for (int i = 0; i < count; i++) {
        if (acquires[order[i]] != acquires[blocked]) {
          most = Math.max(most, operations.completion(order[i]));
        }
        latest[i] = most;
      }
      int from = count;
      int earliest = operations.invocation(blocked);
      while (from > 0 && (from == count || isOpen(from, blocked, latest[from - 1], earliest))) {
        from--;
        if (acquires[order[from]] == acquires[blocked]) {
          earliest = Math.min(earliest, operations.invocation(order[from]));
        }
      }
      int[] witness = Arrays.copyOfRange(order, from, count + 1);
      witness[count - from] = blocked;
      return witness;
    }

    /** Tells whether something before place {@code from} could have come after it instead. */
    private boolean isOpen(int from, int blocked, int latest, int earliest) {
      return latest > earliest || acquires[order[from]] != acquires[blocked];
    }
  }
}

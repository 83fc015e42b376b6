package dev.faultline.checkers.linearizability;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * Leaves out indeterminate writes to a register that cannot matter.
 *
 * <p>An indeterminate operation may always be taken as not having happened; the question is when
 * nothing is lost by it. Take any linearization and look at the operations between an indeterminate
 * write of {@code v} and the next change. None of them needs {@code v} if no operation of the
 * history does; then only a refusal (a compare-and-set that found another value than it expected)
 * can tell that {@code v} was there. So the write may be left out
 *
 * <ul>
 *   <li>if no operation needs {@code v} and no refusal completes after the write's invocation, or
 *   <li>if it is a compare-and-set that expects a value which nobody leaves.
 * </ul>
 *
 * <p>Leaving one out can free another, so this is repeated until nothing changes. Of the writes
 * that stay because of refusals, those whose value no operation names are interchangeable: all are
 * given the call of the first, and the search treats them as identical.
 */
final class Unobserved {

  private static final int NONE = RegisterSpace.NONE;

  private final RegisterSpace space;
  private final Operations operations;
  private final boolean[] kept;

  /** How many of the operations kept need, refute or leave each value. */
  private final int[] needing;

  private final int[] refuting;
  private final int[] leaving;

  /** For each value the last operation without completion that leaves it, and the one before. */
  private final int[] leavers;

  private final int[] nextLeaver;

  /** The same of those that need it. */
  private final int[] needers;

  private final int[] nextNeeder;

  private final Deque<Integer> pending = new ArrayDeque<>();
  private int lastRefusal = -1;

  private Unobserved(RegisterSpace space, Operations operations) {
    this.space = space;
    this.operations = operations;
    kept = new boolean[operations.size()];
    Arrays.fill(kept, true);
    needing = new int[space.values()];
    refuting = new int[space.values()];
    leaving = new int[space.values()];
    leavers = filled(space.values());
    needers = filled(space.values());
    nextLeaver = filled(operations.size());
    nextNeeder = filled(operations.size());
    leaving[StateSpace.INITIAL]++;
    for (int i = 0; i < kept.length; i++) {
      operations.limits().look(i);
      count(operations.call(i), 1);
      if (space.refutes(operations.call(i)) != NONE) {
        lastRefusal = Math.max(lastRefusal, operations.completion(i));
      }
    }
  }

  private static int[] filled(int size) {
    int[] array = new int[size];
    Arrays.fill(array, NONE);
    return array;
  }

  /** Returns {@code operations} without those that cannot matter; all of them if no register. */
  static Operations leaveOut(Operations operations) {
    if (!(operations.space() instanceof RegisterSpace space)) {
      return operations;
    }
    Unobserved unobserved = new Unobserved(space, operations);
    unobserved.leaveOutAll();
    return unobserved.unify().only(unobserved.kept);
  }

  /** Looks at every operation, and again at those that one which was left out may have freed. */
  private void leaveOutAll() {
    for (int i = 0; i < kept.length; i++) {
      operations.limits().look(i);
      if (operations.isOpenEnded(i)) {
        int call = operations.call(i);
        link(leavers, nextLeaver, space.leaves(call), i);
        link(needers, nextNeeder, space.needs(call), i);
        pending.push(i);
      }
    }
    int steps = 0;
    while (!pending.isEmpty()) {
      operations.limits().look(steps++);
      int operation = pending.pop();
      if (kept[operation] && cannotMatter(operation)) {
        kept[operation] = false;
        int call = operations.call(operation);
        count(call, -1);
        // Whoever leaves what nobody needs any more, or needs what nobody leaves any more.
        if (space.needs(call) != NONE && needing[space.needs(call)] == 0) {
          pushAll(leavers[space.needs(call)], nextLeaver);
        }
        if (space.leaves(call) != NONE && leaving[space.leaves(call)] == 0) {
          pushAll(needers[space.leaves(call)], nextNeeder);
        }
      }
    }
  }

  private static void link(int[] first, int[] next, int value, int operation) {
    if (value != NONE) {
      next[operation] = first[value];
      first[value] = operation;
    }
  }

  private void pushAll(int first, int[] next) {
    for (int i = first; i != NONE; i = next[i]) {
      pending.push(i);
    }
  }

  private void count(int call, int by) {
    add(needing, space.needs(call), by);
    add(refuting, space.refutes(call), by);
    add(leaving, space.leaves(call), by);
  }

  private static void add(int[] counts, int value, int by) {
    if (value != NONE) {
      counts[value] += by;
    }
  }

  private boolean cannotMatter(int operation) {
    if (!operations.isOpenEnded(operation)) {
      return false;
    }
    int call = operations.call(operation);
    int need = space.needs(call);
    int left = space.leaves(call);
    if (left == NONE || (need != NONE && leaving[need] == 0)) {
      return true;
    }
    return needing[left] == 0 && lastRefusal < operations.invocation(operation);
  }

  private Operations unify() {
    int[] calls = new int[operations.size()];
    int first = NONE;
    for (int i = 0; i < calls.length; i++) {
      calls[i] = operations.call(i);
      if (kept[i] && isAnonymous(i)) {
        if (first == NONE) {
          first = calls[i];
        }
        calls[i] = first;
      }
    }
    return operations.withCalls(calls);
  }

  private boolean isAnonymous(int operation) {
    int call = operations.call(operation);
    int left = space.leaves(call);
    return operations.isOpenEnded(operation)
        && space.needs(call) == NONE
        && needing[left] == 0
        && refuting[left] == 0;
  }
}

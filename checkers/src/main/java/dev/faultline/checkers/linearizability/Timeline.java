package dev.faultline.checkers.linearizability;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The operations of one key as a sequence of invocations and completions.
 *
 * <p>Operations that complete get a slot for as long as they are in flight, so that a set of them
 * is a few bits; a slot is used again after its operation's completion. Those that never complete
 * are counted: all with equal calls are one class, whose members are used in the order of their
 * invocations.
 */
final class Timeline {

  private static final int COMPLETION_BIT = 1;
  private static final int INITIAL_FREE = 64;

  final Operations operations;

  /** Slot of each operation that completes, or the class of one that does not. */
  final int[] places;

  /** Position of each operation's completion, {@link Operation#NEVER} if it has none. */
  final int[] completedAt;

  /** The call of each class of operations that never complete. */
  final int[] classCalls;

  /** How many members each class has. */
  final int[] classSizes;

  final int slots;

  private final int[] events;

  /**
   * Lays out {@code operations}.
   *
   * @param classes whether operations without completion that have equal calls are one class, or a
   *     class each
   */
  Timeline(Operations operations, boolean classes) {
    this.operations = operations;
    int count = operations.size();
    places = new int[count];
    completedAt = new int[count];
    Arrays.fill(completedAt, Operation.NEVER);
    events = events(operations);
    slots = assignSlots();
    int[] classOf = new int[count];
    int found = assignClasses(classes, classOf);
    classCalls = new int[found];
    classSizes = new int[found];
    for (int i = 0; i < count; i++) {
      if (operations.isOpenEnded(i)) {
        places[i] = classOf[i];
        classCalls[classOf[i]] = operations.call(i);
        classSizes[classOf[i]]++;
      }
    }
  }

  int size() {
    return events.length;
  }

  int operationAt(int position) {
    return events[position] >> COMPLETION_BIT;
  }

  boolean isCompletion(int position) {
    return (events[position] & COMPLETION_BIT) != 0;
  }

  boolean isOpenEnded(int operation) {
    return completedAt[operation] == Operation.NEVER;
  }

  int call(int operation) {
    return operations.call(operation);
  }

  /** Returns how many completions there are before {@code position}. */
  int completionsBefore(int position) {
    int completions = 0;
    for (int i = 0; i < position; i++) {
      completions += events[i] & COMPLETION_BIT;
    }
    return completions;
  }

  long bytes() {
    return (long) Integer.BYTES * (places.length + completedAt.length + events.length)
        + operations.columnBytes();
  }

  private static int[] events(Operations operations) {
    int size = operations.size();
    long[] completions = new long[size];
    int completed = 0;
    for (int i = 0; i < size; i++) {
      if (!operations.isOpenEnded(i)) {
        completions[completed++] = (long) operations.completion(i) << Integer.SIZE | i;
      }
    }
    Arrays.sort(completions, 0, completed);
    int[] events = new int[size + completed];
    int at = 0;
    int invoked = 0;
    for (int next = 0; next < completed; next++) {
      operations.limits().look(next);
      int completion = (int) (completions[next] >>> Integer.SIZE);
      while (invoked < size && operations.invocation(invoked) < completion) {
        events[at++] = invoked++ << COMPLETION_BIT;
      }
      events[at++] = (int) completions[next] << COMPLETION_BIT | COMPLETION_BIT;
    }
    while (invoked < size) {
      events[at++] = invoked++ << COMPLETION_BIT;
    }
    return events;
  }

  private int assignSlots() {
    int[] free = new int[INITIAL_FREE];
    int freeCount = 0;
    int used = 0;
    for (int position = 0; position < events.length; position++) {
      operations.limits().look(position);
      int operation = operationAt(position);
      if (isCompletion(position)) {
        completedAt[operation] = position;
        if (freeCount == free.length) {
          free = Arrays.copyOf(free, 2 * freeCount);
        }
        free[freeCount++] = places[operation];
      } else if (!operations.isOpenEnded(operation)) {
        places[operation] = freeCount > 0 ? free[--freeCount] : used++;
      }
    }
    return used;
  }

  private int assignClasses(boolean shared, int[] classOf) {
    int found = 0;
    Map<Integer, Integer> byCall = new HashMap<>();
    for (int i = 0; i < operations.size(); i++) {
      operations.limits().look(i);
      if (operations.isOpenEnded(i)) {
        Integer known = shared ? byCall.putIfAbsent(operations.call(i), found) : null;
        classOf[i] = known == null ? found++ : known;
      }
    }
    return found;
  }
}

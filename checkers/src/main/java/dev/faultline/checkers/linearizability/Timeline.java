package dev.faultline.checkers.linearizability;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The operations of one key as a sequence of invocations and completions, in numbers.
 *
 * <p>Operations that complete get a slot for as long as they are in flight, so that a set of them
 * is a few bits; a slot is used again after its operation's completion. Those that never complete
 * get a bit each for good, ordered by call and then by invocation, so that identical ones are
 * neighbours.
 */
final class Timeline {

  private static final int COMPLETION_BIT = 1;

  final List<Operation> operations;

  /** Number of the call of each operation. */
  final int[] calls;

  final boolean[] readOnly;

  /** Slot of each operation that completes, or the bit of one that does not. */
  final int[] bits;

  /** Position of each operation's invocation in this timeline. */
  final int[] invokedAt;

  /** Position of each operation's completion, {@link Operation#NEVER} if it has none. */
  final int[] completedAt;

  /** The operations that never complete, by bit. */
  final int[] openEnded;

  final int slots;

  private final int[] events;

  Timeline(List<Operation> operations, Model<?> model, Transitions<?> transitions) {
    this.operations = operations;
    int count = operations.size();
    calls = new int[count];
    readOnly = new boolean[count];
    for (int i = 0; i < count; i++) {
      Call call = operations.get(i).call();
      calls[i] = transitions.number(call);
      readOnly[i] = call.answer() == Call.Answer.REFUSED || model.isReadOnly(call);
    }
    bits = new int[count];
    invokedAt = new int[count];
    completedAt = new int[count];
    Arrays.fill(completedAt, Operation.NEVER);
    events = events(operations);
    slots = assignSlots();
    openEnded = assignBits();
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

  /** Returns how many completions there are before {@code position}. */
  int completionsBefore(int position) {
    int completions = 0;
    for (int i = 0; i < position; i++) {
      completions += events[i] & COMPLETION_BIT;
    }
    return completions;
  }

  private static int[] events(List<Operation> operations) {
    long[] ordered = new long[2 * operations.size()];
    int size = 0;
    for (int i = 0; i < operations.size(); i++) {
      Operation operation = operations.get(i);
      ordered[size++] = (long) operation.invocation() << Integer.SIZE | (long) i << COMPLETION_BIT;
      if (!operation.isOpenEnded()) {
        ordered[size++] =
            (long) operation.completion() << Integer.SIZE
                | (long) i << COMPLETION_BIT
                | COMPLETION_BIT;
      }
    }
    Arrays.sort(ordered, 0, size);
    return Arrays.stream(ordered, 0, size).mapToInt(event -> (int) event).toArray();
  }

  private int assignSlots() {
    int[] free = new int[operations.size()];
    int freeCount = 0;
    int used = 0;
    for (int position = 0; position < events.length; position++) {
      int operation = operationAt(position);
      if (isCompletion(position)) {
        completedAt[operation] = position;
        free[freeCount++] = bits[operation];
        continue;
      }
      invokedAt[operation] = position;
      if (!operations.get(operation).isOpenEnded()) {
        bits[operation] = freeCount > 0 ? free[--freeCount] : used++;
      }
    }
    return used;
  }

  private int[] assignBits() {
    long[] ordered =
        IntStream.range(0, operations.size())
            .filter(this::isOpenEnded)
            .mapToLong(i -> (long) calls[i] << Integer.SIZE | i)
            .sorted()
            .toArray();
    int[] byBit = new int[ordered.length];
    for (int bit = 0; bit < byBit.length; bit++) {
      byBit[bit] = (int) ordered[bit];
      bits[byBit[bit]] = bit;
    }
    return byBit;
  }
}

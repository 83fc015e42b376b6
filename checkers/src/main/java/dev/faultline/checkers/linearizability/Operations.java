package dev.faultline.checkers.linearizability;

import java.util.Arrays;
import java.util.List;

/**
 * The operations of one key in columns, by invocation, and what may be spent on them; the arrays
 * are not changed.
 */
final class Operations {

  private static final int COLUMNS = 3;

  private final StateSpace space;
  private final int size;
  private final int[] invocations;
  private final int[] completions;
  private final int[] calls;
  private final Limits limits;

  /**
   * Makes columns of arrays, of which only the first {@code size} elements count.
   *
   * @param space the object, and the calls by number
   * @param invocations index of each invocation in the history, ascending
   * @param completions index of each completion, {@link Operation#NEVER} if nothing bounds it
   * @param calls number of each call
   * @param limits what algorithms look at that walk over all operations
   */
  Operations(
      StateSpace space,
      int size,
      int[] invocations,
      int[] completions,
      int[] calls,
      Limits limits) {
    this.limits = limits;
    this.space = space;
    this.size = size;
    this.invocations = invocations;
    this.completions = completions;
    this.calls = calls;
  }

  /** Encodes {@code operations}, which are by invocation. */
  static Operations of(Model<?> model, List<Operation> operations) {
    boolean register =
        !operations.isEmpty()
            && operations.stream().allMatch(operation -> model.access(operation.call()) != null);
    StateSpace space =
        register ? StateSpace.of(model, operations.getFirst().call()) : new ModelSpace<>(model);
    int size = operations.size();
    int[] invocations = new int[size];
    int[] completions = new int[size];
    int[] calls = new int[size];
    for (int i = 0; i < size; i++) {
      Operation operation = operations.get(i);
      invocations[i] = operation.invocation();
      completions[i] = operation.completion();
      calls[i] = space.number(operation.call());
    }
    return new Operations(space, size, invocations, completions, calls, Limits.NONE);
  }

  StateSpace space() {
    return space;
  }

  /** Returns what algorithms should look at that walk over all operations. */
  Limits limits() {
    return limits;
  }

  int size() {
    return size;
  }

  int invocation(int operation) {
    return invocations[operation];
  }

  /** Returns the operation with an invocation, of which there must be one. */
  int invokedAt(int invocation) {
    return Arrays.binarySearch(invocations, 0, size, invocation);
  }

  int completion(int operation) {
    return completions[operation];
  }

  int call(int operation) {
    return calls[operation];
  }

  /** Returns these operations with other calls. */
  Operations withCalls(int[] newCalls) {
    return new Operations(space, size, invocations, completions, newCalls, limits);
  }

  boolean isOpenEnded(int operation) {
    return completions[operation] == Operation.NEVER;
  }

  boolean isReadOnly(int operation) {
    return space.isReadOnly(calls[operation]);
  }

  /** Returns those for which {@code kept} is set. */
  Operations only(boolean[] kept) {
    int count = 0;
    for (int i = 0; i < size; i++) {
      if (kept[i]) {
        count++;
      }
    }
    if (count == size) {
      return this;
    }
    int[] newInvocations = new int[count];
    int[] newCompletions = new int[count];
    int[] newCalls = new int[count];
    int to = 0;
    for (int i = 0; i < size; i++) {
      if (kept[i]) {
        newInvocations[to] = invocations[i];
        newCompletions[to] = completions[i];
        newCalls[to++] = calls[i];
      }
    }
    return new Operations(space, count, newInvocations, newCompletions, newCalls, limits);
  }

  /** Returns those with the given numbers, which ascend. */
  Operations only(List<Integer> kept) {
    int count = kept.size();
    int[] newInvocations = new int[count];
    int[] newCompletions = new int[count];
    int[] newCalls = new int[count];
    for (int i = 0; i < count; i++) {
      newInvocations[i] = invocations[kept.get(i)];
      newCompletions[i] = completions[kept.get(i)];
      newCalls[i] = calls[kept.get(i)];
    }
    return new Operations(space, count, newInvocations, newCompletions, newCalls, limits);
  }

  /** Returns what was known at {@code event}: without the answers that came later. */
  Operations knownAt(int event) {
    int[] knownCompletions = new int[size];
    int[] knownCalls = calls.clone();
    boolean[] kept = new boolean[size];
    for (int i = 0; i < size && invocations[i] < event; i++) {
      boolean completed = completions[i] <= event;
      knownCompletions[i] = completed ? completions[i] : Operation.NEVER;
      kept[i] = completed || !isReadOnly(i);
      if (kept[i] && !completed) {
        knownCalls[i] = space.unanswered(calls[i]);
      }
    }
    return new Operations(space, size, invocations, knownCompletions, knownCalls, limits)
        .only(kept);
  }

  long bytes() {
    return columnBytes() + space.bytes();
  }

  long columnBytes() {
    return (long) size * COLUMNS * Integer.BYTES;
  }
}

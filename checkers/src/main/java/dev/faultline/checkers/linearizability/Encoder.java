package dev.faultline.checkers.linearizability;

import dev.faultline.checkers.history.EventType;
import dev.faultline.checkers.history.History;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Encodes the operations of one key as {@link Operations}, without an object for each.
 *
 * <p>Operations with equal function, argument, result and answer are the same call; the model is
 * asked once for each distinct call.
 */
final class Encoder {

  private static final int INITIAL_SLOTS = 64;
  private static final int EMPTY = -1;

  /** The number of a call that is left out, because it constrains nothing. */
  private static final int LEFT_OUT = -2;

  private final History history;
  private final Model<?> model;
  private final Recorded recorded;

  private @Nullable StateSpace space;

  /** Open addressing from what the history tells of a call to its number. */
  private long[] heads = new long[INITIAL_SLOTS];

  private long[] arguments = new long[INITIAL_SLOTS];
  private long[] results = new long[INITIAL_SLOTS];
  private int[] numbers = new int[INITIAL_SLOTS];
  private int size;

  Encoder(History history, Model<?> model) {
    this.history = history;
    this.model = model;
    recorded = new Recorded(history, model);
    Arrays.fill(numbers, EMPTY);
  }

  /**
   * Encodes the operations that {@code invoked} begin.
   *
   * @throws UnsuitableCallException if one is not a call of the model
   */
  Operations encode(int[] invoked) throws UnsuitableCallException {
    int[] invocations = new int[invoked.length];
    int[] completions = new int[invoked.length];
    int[] calls = new int[invoked.length];
    int count = 0;
    for (int invocation : invoked) {
      int call = number(invocation);
      if (call != LEFT_OUT && !recorded.isDefiniteFailure(invocation)) {
        int completion = history.counterpart(invocation);
        boolean bounded = completion >= 0 && history.type(completion) != EventType.INFO;
        invocations[count] = invocation;
        completions[count] = bounded ? completion : Operation.NEVER;
        calls[count++] = call;
      }
    }
    StateSpace states = space == null ? new ModelSpace<>(model) : space;
    return new Operations(states, count, invocations, completions, calls);
  }

  private int number(int invocation) throws UnsuitableCallException {
    Call.Answer answer = recorded.answer(invocation);
    long head = (long) history.functionNumber(invocation) << 2 | code(answer);
    long argument = history.valueCode(invocation);
    int completion = history.counterpart(invocation);
    boolean told = answer == Call.Answer.OK;
    long result = told ? history.valueCode(completion) : 0;
    if (told && model.observesMeta()) {
      return added(invocation, answer);
    }
    int slot = slot(head, argument, result);
    if (numbers[slot] != EMPTY) {
      return numbers[slot];
    }
    if (2 * (size + 1) > numbers.length) {
      grow();
      slot = slot(head, argument, result);
    }
    heads[slot] = head;
    arguments[slot] = argument;
    results[slot] = result;
    numbers[slot] = added(invocation, answer);
    size++;
    return numbers[slot];
  }

  private int added(int invocation, Call.Answer answer) throws UnsuitableCallException {
    Call call = recorded.call(invocation, answer);
    String problem = model.problem(call);
    if (problem != null) {
      throw new UnsuitableCallException(invocation, problem);
    }
    if (answer == Call.Answer.UNKNOWN && model.isReadOnly(call)) {
      return LEFT_OUT;
    }
    if (space == null) {
      space = StateSpace.of(model, call);
    }
    return space.number(call);
  }

  private static int code(Call.Answer answer) {
    return switch (answer) {
      case OK -> 0;
      case REFUSED -> 1;
      case UNKNOWN -> 2;
    };
  }

  private int slot(long head, long argument, long result) {
    long hash = (head * 0x9e3779b97f4a7c15L ^ argument) * 0xbf58476d1ce4e5b9L;
    hash = (hash ^ hash >>> Integer.SIZE ^ result) * 0x94d049bb133111ebL;
    int slot = (int) (hash >>> Integer.SIZE) & (numbers.length - 1);
    while (numbers[slot] != EMPTY
        && !(heads[slot] == head && arguments[slot] == argument && results[slot] == result)) {
      slot = (slot + 1) & (numbers.length - 1);
    }
    return slot;
  }

  private void grow() {
    long[] oldHeads = heads;
    long[] oldArguments = arguments;
    long[] oldResults = results;
    int[] oldNumbers = numbers;
    heads = new long[2 * oldNumbers.length];
    arguments = new long[heads.length];
    results = new long[heads.length];
    numbers = new int[heads.length];
    Arrays.fill(numbers, EMPTY);
    for (int i = 0; i < oldNumbers.length; i++) {
      if (oldNumbers[i] != EMPTY) {
        int slot = slot(oldHeads[i], oldArguments[i], oldResults[i]);
        heads[slot] = oldHeads[i];
        arguments[slot] = oldArguments[i];
        results[slot] = oldResults[i];
        numbers[slot] = oldNumbers[i];
      }
    }
  }
}

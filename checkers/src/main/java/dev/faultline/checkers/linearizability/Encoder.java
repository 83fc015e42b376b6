package dev.faultline.checkers.linearizability;

import dev.faultline.checkers.history.EventType;
import dev.faultline.checkers.history.History;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Encodes the operations of one key as {@link Operations}, without an object for each.
 *
 * <p>Operations with equal function, argument, result and answer are the same call. What the model
 * said of the calls met lately is remembered: where values are few it is asked once for each, where
 * they are unique a table of all would only be slow.
 */
final class Encoder {

  /** Few enough that asking for all of them costs less than going to main memory for one. */
  private static final int MOST_REMEMBERED = 1024;

  private static final int EMPTY = -1;

  /** The number of a call that is left out, because it constrains nothing. */
  private static final int LEFT_OUT = -2;

  private final History history;
  private final Model<?> model;
  private final Recorded recorded;

  private @Nullable StateSpace space;
  private boolean noRegister;

  /** What the history told of some calls, and their numbers; a new one takes an old one's place. */
  private long[] heads = {};

  private long[] arguments = {};
  private long[] results = {};
  private int[] numbers = {};

  Encoder(History history, Model<?> model) {
    this.history = history;
    this.model = model;
    recorded = new Recorded(history, model);
  }

  /**
   * Encodes the operations that {@code invoked} begin.
   *
   * @param limits what may be spent on encoding them and on whatever follows
   * @throws UnsuitableCallException if one is not a call of the model
   * @throws BudgetSpentException if the time is up
   */
  Operations encode(int[] invoked, Limits limits) throws UnsuitableCallException {
    Operations encoded = encodeAll(invoked, limits);
    if (noRegister) {
      space = new ModelSpace<>(model);
      encoded = encodeAll(invoked, limits);
    }
    return encoded;
  }

  private Operations encodeAll(int[] invoked, Limits limits) throws UnsuitableCallException {
    int steps = 0;
    remember(Math.min(MOST_REMEMBERED, Integer.highestOneBit(Math.max(1, invoked.length))));
    int[] invocations = new int[invoked.length];
    int[] completions = new int[invoked.length];
    int[] calls = new int[invoked.length];
    int count = 0;
    for (int invocation : invoked) {
      limits.look(steps++);
      if (recorded.isDefiniteFailure(invocation)) {
        checkSuitable(invocation, recorded.call(invocation, Call.Answer.UNKNOWN));
        continue;
      }
      int call = number(invocation);
      if (call != LEFT_OUT) {
        int completion = history.counterpart(invocation);
        boolean bounded = completion >= 0 && history.type(completion) != EventType.INFO;
        invocations[count] = invocation;
        completions[count] = bounded ? completion : Operation.NEVER;
        calls[count++] = call;
      }
    }
    StateSpace states = space == null ? new ModelSpace<>(model) : space;
    return new Operations(states, count, invocations, completions, calls, limits);
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
    int place = place(head, argument, result);
    boolean known =
        numbers[place] != EMPTY
            && heads[place] == head
            && arguments[place] == argument
            && results[place] == result;
    if (!known) {
      heads[place] = head;
      arguments[place] = argument;
      results[place] = result;
      numbers[place] = added(invocation, answer);
    }
    return numbers[place];
  }

  private int added(int invocation, Call.Answer answer) throws UnsuitableCallException {
    Call call = recorded.call(invocation, answer);
    checkSuitable(invocation, call);
    if (answer == Call.Answer.UNKNOWN && model.isReadOnly(call)) {
      return LEFT_OUT;
    }
    if (space == null) {
      space = StateSpace.of(model, call);
    }
    int number = space.number(call);
    if (number == RegisterSpace.NO_ACCESS) {
      noRegister = true;
      return LEFT_OUT;
    }
    return number;
  }

  private void checkSuitable(int invocation, Call call) throws UnsuitableCallException {
    String problem = model.problem(call);
    if (problem != null) {
      throw new UnsuitableCallException(history.place(invocation), problem);
    }
  }

  private static int code(Call.Answer answer) {
    return switch (answer) {
      case OK -> 0;
      case REFUSED -> 1;
      case UNKNOWN -> 2;
    };
  }

  private void remember(int calls) {
    heads = new long[calls];
    arguments = new long[calls];
    results = new long[calls];
    numbers = new int[calls];
    Arrays.fill(numbers, EMPTY);
  }

  private int place(long head, long argument, long result) {
    long hash = (head * 0x9e3779b97f4a7c15L ^ argument) * 0xbf58476d1ce4e5b9L;
    hash = (hash ^ hash >>> Integer.SIZE ^ result) * 0x94d049bb133111ebL;
    return (int) (hash >>> Integer.SIZE) & (numbers.length - 1);
  }
}

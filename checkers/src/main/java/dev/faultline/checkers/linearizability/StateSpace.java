package dev.faultline.checkers.linearizability;

import dev.faultline.checkers.json.Json;
import org.jspecify.annotations.Nullable;

/** The states of an object and the distinct calls of one history, in numbers. */
sealed interface StateSpace permits RegisterSpace, ModelSpace {

  /** The state after a call that is impossible. */
  int IMPOSSIBLE = -1;

  /** The number of the initial state. */
  int INITIAL = 0;

  /**
   * Returns the number of {@code call}; calls that cannot be told apart have equal numbers. It is
   * {@link RegisterSpace#NO_ACCESS} if the object turns out to be no register after all.
   */
  int number(Call call);

  /** Returns the number of {@code call} without its answer. */
  int unanswered(int call);

  /** Returns the state after {@code call} in {@code state}, or {@link #IMPOSSIBLE}. */
  int step(int state, int call);

  /** Tells whether {@code call} leaves every state as it is. */
  boolean isReadOnly(int call);

  /** Tells whether {@code call} is possible in every state. */
  boolean isBlind(int call);

  /** Tells whether {@code call} is blind and leads to one state, whatever the state before. */
  boolean overwrites(int call);

  /** Returns the part of the object that {@code call} is about, or null if about several. */
  @Nullable Object part(int call);

  /**
   * Tells whether the object allows the calls of {@code order}, one after the other.
   *
   * @throws BudgetSpentException if the time is up
   */
  boolean accepts(Operations operations, int[] order, Limits limits);

  /** Returns the algorithm that decides this object, where a history allows it. */
  Specialist specialist();

  /** Returns about how much memory this takes, in bytes. */
  long bytes();

  /**
   * Returns the space of {@code model}'s states.
   *
   * @param sample any call of the history, which tells whether the object is a register
   */
  static StateSpace of(Model<?> model, Call sample) {
    return model.initial() instanceof Json initial && model.access(sample) != null
        ? new RegisterSpace(model, initial)
        : new ModelSpace<>(model);
  }
}

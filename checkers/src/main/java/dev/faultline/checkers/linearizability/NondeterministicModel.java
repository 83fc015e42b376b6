package dev.faultline.checkers.linearizability;

import dev.faultline.checkers.json.Json;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A sequential object that may choose: a call can lead to one of several states, and the answer
 * does not tell to which.
 *
 * <p>{@link #asModel} makes it one that does not choose: its state is the set of the states that
 * are possible (the powerset construction), so that the search goes through all of them at once.
 *
 * <p>Refusals tell it nothing: they are definite failures. Nor is it ever a register, whose state
 * is one value. What else a {@link Model} may tell of itself it can tell as well.
 *
 * @param <S> the states, immutable values with {@code equals} and {@code hashCode}
 */
public interface NondeterministicModel<S> {

  /** Returns the name by which users choose this model. */
  String name();

  /** Returns the states that are possible before any operation. */
  Set<S> initial();

  /** Returns the states that {@code call} can lead to from {@code state}; none if impossible. */
  Set<S> step(S state, Call call);

  /** Tells whether {@code call} leaves every state, in which it is possible, as it is. */
  boolean isReadOnly(Call call);

  /** Returns why {@code call} is none that this object understands, or null if it is fine. */
  @Nullable String problem(Call call);

  /**
   * Tells whether {@code call} is possible in every state, whatever it is answered, and leads from
   * each to the same states with every answer; see {@link Model#isBlind}.
   *
   * <p>Passed on: where it is possible in each state, it is possible in every set of them.
   */
  default boolean isBlind(Call call) {
    return false;
  }

  /**
   * Tells whether {@code call} is {@linkplain #isBlind blind} and leads to the same states, one or
   * several, whatever the state before; see {@link Model#overwrites}.
   *
   * <p>Passed on: what leads to the same states from each state leads to one set from every set.
   */
  default boolean overwrites(Call call) {
    return false;
  }

  /**
   * Returns the part that {@code call} is about, if the object is made of parts that are
   * independent in what they choose, too; see {@link Model#part}.
   *
   * <p>Passed on: the possible states are then the product of those of the parts, so that a call is
   * possible in some of them if and only if it is in some state of its part.
   */
  default @Nullable Object part(Call call) {
    return null;
  }

  /**
   * Returns what {@link Call#result} shall be; see {@link Model#observed}.
   *
   * <p>Passed on: it says what a call is, before any state is asked.
   */
  default Json observed(Json value, Json.@Nullable Obj meta) {
    return value;
  }

  /** Tells whether {@link #observed} looks at what the system told beside the value. */
  default boolean observesMeta() {
    return false;
  }

  /** Returns this object with sets of possible states for states. */
  default Model<Set<S>> asModel() {
    return new Determinized<>(this);
  }

  /** See {@link #asModel}. */
  record Determinized<S>(NondeterministicModel<S> object) implements Model<Set<S>> {

    @Override
    public String name() {
      return object.name();
    }

    @Override
    public Set<S> initial() {
      return object.initial();
    }

    @Override
    public @Nullable Set<S> step(Set<S> possible, Call call) {
      if (isReadOnly(call)) {
        return possible;
      }
      Set<S> next = new HashSet<>();
      for (S state : possible) {
        next.addAll(object.step(state, call));
      }
      return next.isEmpty() ? null : Set.copyOf(next);
    }

    /**
     * What changes no state still rules out those in which it is impossible. It does not if it is
     * possible in all; and of a call that nobody saw answered, not to have happened allows whatever
     * to have happened does, because more possible states make nothing impossible.
     */
    @Override
    public boolean isReadOnly(Call call) {
      return object.isReadOnly(call)
          && (call.answer() == Call.Answer.UNKNOWN || object.isBlind(call));
    }

    @Override
    public boolean isBlind(Call call) {
      return object.isBlind(call);
    }

    @Override
    public boolean overwrites(Call call) {
      return object.overwrites(call);
    }

    @Override
    public @Nullable Object part(Call call) {
      return object.part(call);
    }

    @Override
    public Json observed(Json value, Json.@Nullable Obj meta) {
      return object.observed(value, meta);
    }

    @Override
    public boolean observesMeta() {
      return object.observesMeta();
    }

    @Override
    public @Nullable String problem(Call call) {
      return object.problem(call);
    }
  }
}

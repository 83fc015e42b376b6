package dev.faultline.checkers.linearizability;

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
 * <p>Refusals tell it nothing: they are definite failures. What else a {@link Model} may tell of
 * itself (parts, metadata, blind calls) cannot be told of one that chooses.
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

  /** Tells whether {@code call} leaves every state as it is. */
  boolean isReadOnly(Call call);

  /** Returns why {@code call} is none that this object understands, or null if it is fine. */
  @Nullable String problem(Call call);

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
      Set<S> next = new HashSet<>();
      for (S state : possible) {
        next.addAll(object.step(state, call));
      }
      return next.isEmpty() ? null : Set.copyOf(next);
    }

    @Override
    public boolean isReadOnly(Call call) {
      // Even what changes no state rules some of the possible ones out.
      return false;
    }

    @Override
    public @Nullable String problem(Call call) {
      return object.problem(call);
    }
  }
}

package dev.faultline.checkers.linearizability;

import dev.faultline.checkers.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * A sequential object: the specification that a concurrent history is held against.
 *
 * <p>Implementations are pure, immutable and safe for use by several threads. A state is an
 * immutable value with {@code equals} and {@code hashCode}; the search interns states and remembers
 * transitions, so that {@link #step} is called once for each distinct pair and need not be fast.
 *
 * <p>A counter, for example:
 *
 * <pre>{@code
 * record Counter() implements Model<Long> {
 *   public String name() { return "counter"; }
 *   public Long initial() { return 0L; }
 *   public boolean isReadOnly(Call call) { return call.f().equals("read"); }
 *   public @Nullable String problem(Call call) { return null; }
 *   public @Nullable Long step(Long state, Call call) {
 *     return isReadOnly(call)
 *         ? (Json.of(state).equals(call.result()) ? state : null)
 *         : (Long) (state + 1);
 *   }
 * }
 * }</pre>
 *
 * @param <S> the states
 */
public interface Model<S> {

  /** Returns the name by which users choose this model, such as {@code cas-register}. */
  String name();

  /** Returns the state before any operation. */
  S initial();

  /**
   * Returns the state after {@code call} took effect in {@code state}, or null if it cannot have
   * taken effect there with this answer. An {@code UNKNOWN} call is asked what it does if it takes
   * effect; that it may also never do so is the search's business.
   */
  @Nullable S step(S state, Call call);

  /**
   * Tells whether a refusal of {@code call} with {@code compare-failed} tells something of the
   * state: that a condition, which the call names, did not hold.
   *
   * <p>If so, {@link #step} is asked about the {@link Call.Answer#REFUSED} call: it returns the
   * state as it is where the condition does not hold, and null where it holds. Otherwise the
   * operation definitely failed and is left out, as after any other definite failure.
   */
  default boolean observesRefusals(Call call) {
    return false;
  }

  /** Tells whether {@code call} leaves every state as it is. A refused call always does. */
  boolean isReadOnly(Call call);

  /**
   * Returns why {@code call} is none that this object understands, such as an unknown function or a
   * malformed argument, or null if it is fine. Only fine calls reach the other methods.
   */
  @Nullable String problem(Call call);

  /**
   * Returns the part of the object that {@code call} is about, if the object is made of independent
   * parts, such as the elements of a set; null if it is about more than one.
   *
   * <p>If every call of a history is about one part, each part is checked by itself, which is much
   * faster. Each must then be an object of this model, with the initial state of the whole.
   */
  default @Nullable Object part(Call call) {
    return null;
  }

  /**
   * Returns what {@link Call#result} shall be for an operation that ended {@code ok}.
   *
   * @param value the value of the completion
   * @param meta what the system told beside it, such as {@code revision}; null if nothing
   */
  default Json observed(Json value, Json.@Nullable Obj meta) {
    return value;
  }

  /** Tells whether {@link #observed} looks at what the system told beside the value. */
  default boolean observesMeta() {
    return false;
  }

  /**
   * Tells whether {@code call} is possible in every state, so that its answer tells nothing, such
   * as a write. The search may then put it where nobody can notice it.
   */
  default boolean isBlind(Call call) {
    return false;
  }

  /**
   * Tells whether {@code call} is {@linkplain #isBlind blind} and leads to one state, whatever the
   * state before: nobody notices what happened directly before it.
   */
  default boolean overwrites(Call call) {
    return false;
  }

  /**
   * Returns {@code call} seen as an access to a register, or null if it is none. Unless every call
   * of a history is one and the states are {@link Json} values, the object is not taken for a
   * register.
   *
   * <p>Where this is told, the search is faster, counterexamples become smaller and are put in
   * words that name the anomaly. It must agree with {@link #step}.
   */
  default @Nullable RegisterAccess access(Call call) {
    return null;
  }
}

package dev.faultline.checkers.linearizability;

import dev.faultline.checkers.json.Json;

/**
 * What a {@link Model} is told of an operation.
 *
 * @param f the function
 * @param argument the value of the invocation
 * @param result the value of the completion; {@link Json#NULL} unless the answer is {@code OK}
 * @param answer what the client learnt
 */
public record Call(String f, Json argument, Json result, Answer answer) {

  /** What the client of a call learnt. */
  public enum Answer {
    /** It happened, with the result. */
    OK,
    /**
     * It was refused with {@code compare-failed}: it changed nothing, but its condition was false.
     * Only a model that {@linkplain Model#observesRefusals observes refusals} is told so.
     */
    REFUSED,
    /** Nobody knows: it may take effect once, at any later moment, or never. */
    UNKNOWN
  }

  /** Returns the complaint of a model that has no such function. */
  String unknownTo(String model) {
    return "model " + model + " does not know the function " + f;
  }

  /** Returns this call with its result forgotten. */
  Call unanswered() {
    return new Call(f, argument, Json.NULL, Answer.UNKNOWN);
  }
}

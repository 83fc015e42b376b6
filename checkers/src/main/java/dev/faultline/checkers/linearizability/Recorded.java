package dev.faultline.checkers.linearizability;

import dev.faultline.checkers.history.EventType;
import dev.faultline.checkers.history.History;
import dev.faultline.checkers.history.OperationError;
import dev.faultline.checkers.json.Json;

/** What a history tells of single operations. */
final class Recorded {

  private final History history;
  private final Model<?> model;

  Recorded(History history, Model<?> model) {
    this.history = history;
    this.model = model;
  }

  /** Returns what became of an operation; {@code UNKNOWN} also for one that definitely failed. */
  Call.Answer answer(int invocation) {
    int completion = history.counterpart(invocation);
    if (completion < 0) {
      return Call.Answer.UNKNOWN;
    }
    return switch (history.type(completion)) {
      case OK -> Call.Answer.OK;
      case FAIL ->
          isObservedRefusal(invocation, completion) ? Call.Answer.REFUSED : Call.Answer.UNKNOWN;
      case INFO, INVOKE -> Call.Answer.UNKNOWN;
    };
  }

  /** Tells whether an operation did not happen, without that being an observation. */
  boolean isDefiniteFailure(int invocation) {
    int completion = history.counterpart(invocation);
    return completion >= 0
        && history.type(completion) == EventType.FAIL
        && !isObservedRefusal(invocation, completion);
  }

  Operation operation(int invocation) {
    Call.Answer answer = answer(invocation);
    int completion = history.counterpart(invocation);
    boolean bounded = completion >= 0 && history.type(completion) != EventType.INFO;
    return new Operation(
        invocation, bounded ? completion : Operation.NEVER, call(invocation, answer));
  }

  Call call(int invocation, Call.Answer answer) {
    Json result =
        answer == Call.Answer.OK
            ? model.observed(
                history.value(history.counterpart(invocation)),
                history.meta(history.counterpart(invocation)))
            : Json.NULL;
    return new Call(history.f(invocation), history.value(invocation), result, answer);
  }

  private boolean isObservedRefusal(int invocation, int completion) {
    OperationError error = history.error(completion);
    return error != null
        && error.code().equals(OperationError.COMPARE_FAILED)
        && model.observesRefusals(call(invocation, Call.Answer.REFUSED));
  }
}

package dev.faultline.harness.interpreter;

import dev.faultline.checkers.history.OperationError;
import dev.faultline.workloads.client.Operation;
import dev.faultline.workloads.client.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * How an operation ended, and who says so.
 *
 * <p>This is where the rules stand that keep a wrong client from making a history say more than
 * anybody knows.
 *
 * @param outcome what is recorded
 * @param cause why
 */
record Ending(Outcome outcome, Cause cause) {

  static final String CODE_NO_CLIENT = "no-client";
  static final String CODE_HARNESS_DEADLINE = "harness-deadline";
  static final String CODE_CLIENT_DEFECT = "client-defect";

  enum Cause {
    /** The client said so. */
    ANSWER,
    /** No client could be opened: the operation was not sent. */
    NO_CLIENT,
    /** The client did not say anything in time. */
    DEADLINE,
    /** The client broke its contract. */
    DEFECT
  }

  /** What the client answered to {@code operation}: an outcome, or an exception, or neither. */
  static Ending answered(
      Operation operation, @Nullable Outcome outcome, @Nullable Throwable thrown) {
    if (thrown != null) {
      return defect("the client threw " + thrown);
    }
    if (outcome == null) {
      return defect("the client completed without an outcome");
    }
    if (outcome instanceof Outcome.Fail(OperationError error)
        && !error.definite()
        && !operation.isReadOnly()) {
      // Taken at its word this would let a checker accuse the system of a write that "failed".
      return defect(
          "the client called a "
              + operation.f()
              + " failed for an error that does not prove it: "
              + error.code()
              + ": "
              + error.message());
    }
    return new Ending(outcome, Cause.ANSWER);
  }

  /** The client could not be opened, so that nothing was sent. */
  static Ending noClient(String reason) {
    OperationError error = new OperationError(CODE_NO_CLIENT, reason, true);
    return new Ending(new Outcome.Fail(error), Cause.NO_CLIENT);
  }

  /** No answer in time. A read has changed nothing, whether or not it was performed. */
  static Ending deadline(Operation operation, long deadlineNanos) {
    OperationError error =
        new OperationError(
            CODE_HARNESS_DEADLINE,
            "no answer from the client within " + deadlineNanos / 1_000_000 + " ms",
            false);
    return new Ending(
        operation.isReadOnly() ? new Outcome.Fail(error) : new Outcome.Info(error), Cause.DEADLINE);
  }

  static Ending defect(String message) {
    return new Ending(
        new Outcome.Info(new OperationError(CODE_CLIENT_DEFECT, message, false)), Cause.DEFECT);
  }

  /** Tells whether nobody knows what became of the operation. */
  boolean isIndeterminate() {
    return outcome instanceof Outcome.Info;
  }

  /** Tells whether the client may still be busy with the operation, or is not to be trusted. */
  boolean spoilsClient() {
    return isIndeterminate() || cause == Cause.DEADLINE;
  }

  /**
   * Tells whether the operation was turned away: not sent, or refused for a reason other than what
   * it asked for. A thread rests after that, because a node that turns operations away does it in
   * no time: its threads would be free more often than all others and take their turns.
   */
  boolean isTurnedAway() {
    return outcome instanceof Outcome.Fail(OperationError error)
        && error.definite()
        && !error.code().equals(OperationError.COMPARE_FAILED);
  }
}

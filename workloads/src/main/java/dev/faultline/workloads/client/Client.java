package dev.faultline.workloads.client;

import java.util.concurrent.CompletionStage;

/**
 * Performs operations against one node of the system under test, for one process, one operation at
 * a time.
 *
 * <p>No method blocks or sleeps. Stages complete on any thread, and normally: an exception out of
 * {@link #invoke} is a defect of the client and is recorded as an indeterminate outcome.
 */
public interface Client {

  /** Sends {@code operation} and says what became of it; sent at most once, never retried. */
  CompletionStage<Outcome> invoke(Operation operation);

  /**
   * Lets go of whatever this client holds. Idempotent; may be called while an operation is under
   * way.
   */
  CompletionStage<Void> close();
}

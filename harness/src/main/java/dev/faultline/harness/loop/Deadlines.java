package dev.faultline.harness.loop;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;

/** Brings stages that complete anywhere, some day or never, back to a scheduler in time. */
public final class Deadlines {

  private Deadlines() {}

  /**
   * Returns a stage that completes as {@code stage} does, as a task of {@code scheduler}; after
   * {@code patience} it completes with a {@link TimeoutException} that says {@code what} took too
   * long. Call it on the scheduler's thread.
   */
  public static <T> CompletableFuture<T> within(
      Scheduler scheduler, Duration patience, String what, CompletionStage<T> stage) {
    CompletableFuture<T> inTime = new CompletableFuture<>();
    Scheduler.Timer deadline =
        scheduler.after(
            patience.toNanos(),
            () ->
                inTime.completeExceptionally(
                    new TimeoutException(
                        what + " took longer than " + patience.toMillis() + " ms")));
    stage.whenComplete((result, failure) ->
        scheduler.post(() -> {
          deadline.cancel();
          if (failure != null) {
            inTime.completeExceptionally(failure);
          } else {
            inTime.complete(result);
          }
        }));
    return inTime;
  }
}

package dev.faultline.harness.interpreter;

import dev.faultline.harness.loop.Scheduler;
import dev.faultline.workloads.client.Client;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Lets go of clients without waiting for them. Used on the loop only. */
final class ClientCloser {

  private final Scheduler scheduler;
  private int closing;
  private @Nullable CompletableFuture<@Nullable Void> allClosed;

  ClientCloser(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  // A client that fails to close leaks at worst; the run has other things to do.
  @SuppressWarnings("CatchThrowable")
  void close(Client client) {
    closing++;
    try {
      client.close().whenComplete((_, _) -> scheduler.post(this::closed));
    } catch (Throwable _) {
      scheduler.post(this::closed);
    }
  }

  /** Completes when every client is closed, and after {@code nanos} in any case. */
  CompletionStage<@Nullable Void> awaitClosed(long nanos) {
    CompletableFuture<@Nullable Void> future = new CompletableFuture<>();
    allClosed = future;
    scheduler.after(nanos, () -> future.complete(null));
    completeIfClosed();
    return future;
  }

  private void closed() {
    closing--;
    completeIfClosed();
  }

  private void completeIfClosed() {
    if (closing == 0 && allClosed != null) {
      allClosed.complete(null);
    }
  }
}

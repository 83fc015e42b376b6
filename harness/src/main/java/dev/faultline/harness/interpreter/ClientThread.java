package dev.faultline.harness.interpreter;

import dev.faultline.harness.loop.Scheduler;
import dev.faultline.workloads.client.Client;
import dev.faultline.workloads.client.ClientFactory;
import dev.faultline.workloads.client.Operation;
import dev.faultline.workloads.client.Outcome;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One thread of a run: a client for its node, and at most one operation under way. Not a thread of
 * the machine: everything here happens on the loop, and what takes time posts its end.
 *
 * <p>A client is opened ahead of the operation that needs it. If none is there when an operation
 * comes, the operation waits for it, and ends as never sent if it does not come in time; the next
 * operation then tries again. After an operation whose end is not known the client is let go, since
 * it may be stuck, and so is whatever it still answers.
 */
final class ClientThread {

  private final Scheduler scheduler;
  private final ClientFactory factory;
  private final ClientCloser closer;
  private final String node;
  private final long operationDeadlineNanos;
  private final long openDeadlineNanos;

  private boolean closed;
  private @Nullable Client client;
  private @Nullable Opening opening;
  private @Nullable Underway underway;

  ClientThread(
      Scheduler scheduler,
      ClientFactory factory,
      ClientCloser closer,
      InterpreterSettings settings,
      int number) {
    this.scheduler = scheduler;
    this.factory = factory;
    this.closer = closer;
    this.node = settings.nodeOf(number);
    this.operationDeadlineNanos = settings.operationDeadline().toNanos();
    this.openDeadlineNanos = settings.openDeadline().toNanos();
  }

  /** Returns the node that this speaks to. */
  String node() {
    return node;
  }

  /** Begins to open a client if there is none and none is being opened. */
  void prepare() {
    if (client == null && opening == null && !closed) {
      opening = new Opening();
      opening.begin();
    }
  }

  /** Performs {@code operation}, and tells {@code onEnd} in a later task of the loop. */
  void perform(Operation operation, Consumer<Ending> onEnd) {
    Underway next = new Underway(operation, onEnd);
    underway = next;
    if (client != null) {
      next.send(client);
    } else {
      prepare(); // and its end sends the operation
    }
  }

  /** Lets go of the client, if there is one; the next operation is performed by another. */
  void dropClient() {
    if (opening != null) {
      opening.abandon();
      opening = null;
    }
    if (client != null) {
      closer.close(client);
      client = null;
    }
  }

  /** Lets go of the client for good. An operation that still waited for one was never sent. */
  void close() {
    closed = true;
    boolean unsent = opening != null;
    dropClient();
    if (unsent && underway != null) {
      underway.end(Ending.noClient("the interpreter was closed"));
    }
  }

  /** Something that ends once: in time, or by its deadline. Whatever comes later is ignored. */
  private abstract class Bounded {
    private Scheduler.@Nullable Timer deadline;
    private boolean over;

    final void arm(long nanos, Runnable atDeadline) {
      deadline = scheduler.after(nanos, atDeadline);
    }

    /** Tells whether this ends now, and not earlier. */
    final boolean end() {
      if (over) {
        return false;
      }
      over = true;
      if (deadline != null) {
        deadline.cancel();
      }
      return true;
    }
  }

  /** An attempt to open a client. */
  private final class Opening extends Bounded {

    // Whatever a plug-in throws is one more way of having no client.
    @SuppressWarnings("CatchThrowable")
    void begin() {
      arm(
          openDeadlineNanos,
          () ->
              failed("no client for " + node + " within " + openDeadlineNanos / 1_000_000 + " ms"));
      try {
        factory
            .open(node)
            .whenComplete((opened, thrown) -> scheduler.post(() -> opened(opened, thrown)));
      } catch (Throwable thrown) {
        scheduler.post(() -> opened(null, thrown));
      }
    }

    void abandon() {
      end();
    }

    private void opened(@Nullable Client opened, @Nullable Throwable thrown) {
      if (opened == null) {
        failed("no client for " + node + ": " + (thrown == null ? "none was given" : thrown));
      } else if (end()) {
        opening = null;
        client = opened;
        if (underway != null) {
          underway.send(opened);
        }
      } else {
        closer.close(opened); // too late
      }
    }

    private void failed(String reason) {
      if (end()) {
        opening = null;
        if (underway != null) {
          underway.end(Ending.noClient(reason));
        }
      }
    }
  }

  /** The operation under way. */
  private final class Underway extends Bounded {

    private final Operation operation;
    private final Consumer<Ending> onEnd;

    Underway(Operation operation, Consumer<Ending> onEnd) {
      this.operation = operation;
      this.onEnd = onEnd;
    }

    // Whatever a client throws says nothing about what became of the operation.
    @SuppressWarnings("CatchThrowable")
    void send(Client to) {
      arm(operationDeadlineNanos, () -> end(Ending.deadline(operation, operationDeadlineNanos)));
      try {
        CompletionStage<Outcome> answer = to.invoke(operation);
        answer.whenComplete((outcome, thrown) ->
            scheduler.post(() -> end(Ending.answered(operation, outcome, thrown))));
      } catch (Throwable thrown) {
        scheduler.post(() -> end(Ending.answered(operation, null, thrown)));
      }
    }

    void end(Ending ending) {
      if (!end()) {
        return;
      }
      underway = null;
      if (ending.spoilsClient()) {
        dropClient();
        prepare();
      }
      onEnd.accept(ending);
    }
  }
}

package dev.faultline.harness.interpreter;

import dev.faultline.harness.loop.Scheduler;
import dev.faultline.workloads.client.Client;
import dev.faultline.workloads.client.ClientFactory;
import dev.faultline.workloads.client.Operation;
import dev.faultline.workloads.client.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Clients in virtual time that do what a test says. */
final class ScriptedClients implements ClientFactory {

  /** What becomes of an operation that client {@code number} was given. */
  interface Script {
    CompletionStage<Outcome> invoke(ScriptedClient client, Operation operation);
  }

  final List<ScriptedClient> opened = new ArrayList<>();
  final Scheduler scheduler;
  long openLatencyNanos;
  int refuseOpens;
  private final Script script;

  ScriptedClients(Scheduler scheduler, Script script) {
    this.scheduler = scheduler;
    this.script = script;
  }

  /** Answers {@code ok} after {@code latencyNanos}. */
  static Script okAfter(long latencyNanos) {
    return (client, operation) ->
        client.answer(latencyNanos, new Outcome.Ok(operation.value(), null));
  }

  @Override
  public Set<Class<? extends Operation>> supports() {
    return Set.of(Operation.Read.class, Operation.Write.class, Operation.CompareAndSet.class);
  }

  @Override
  public CompletionStage<Client> open(String node) {
    CompletableFuture<Client> stage = new CompletableFuture<>();
    if (refuseOpens > 0) {
      refuseOpens--;
      stage.completeExceptionally(new IllegalStateException("refused"));
      return stage;
    }
    ScriptedClient client = new ScriptedClient(node, opened.size());
    opened.add(client);
    if (openLatencyNanos == 0) {
      stage.complete(client);
    } else if (openLatencyNanos != Long.MAX_VALUE) {
      scheduler.after(openLatencyNanos, () -> stage.complete(client));
    }
    return stage;
  }

  @Override
  public void close() {}

  /** One client; notes how it was used. */
  final class ScriptedClient implements Client {
    final String node;
    final int number;
    int underWay;
    boolean closed;
    final List<Operation> invoked = new ArrayList<>();

    private ScriptedClient(String node, int number) {
      this.node = node;
      this.number = number;
    }

    /** Returns a stage that completes with {@code outcome} later; never at the end of time. */
    CompletionStage<Outcome> answer(long latencyNanos, @Nullable Outcome outcome) {
      CompletableFuture<Outcome> stage = new CompletableFuture<>();
      if (latencyNanos != Long.MAX_VALUE) {
        scheduler.after(
            latencyNanos,
            () -> {
              underWay--;
              complete(stage, outcome);
            });
      }
      return stage;
    }

    @Override
    public CompletionStage<Outcome> invoke(Operation operation) {
      if (closed || underWay > 0) {
        throw new AssertionError(closed ? "used after close" : "used twice at once");
      }
      underWay++;
      invoked.add(operation);
      return script.invoke(this, operation);
    }

    @Override
    public CompletionStage<Void> close() {
      closed = true;
      return CompletableFuture.allOf();
    }

    // A client of a plug-in may well be null-unmarked code and complete with null.
    @SuppressWarnings("NullAway")
    private static void complete(CompletableFuture<Outcome> stage, @Nullable Outcome outcome) {
      stage.complete(outcome);
    }
  }
}

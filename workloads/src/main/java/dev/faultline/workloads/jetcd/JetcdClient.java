package dev.faultline.workloads.jetcd;

import dev.faultline.workloads.client.Client;
import dev.faultline.workloads.client.Operation;
import dev.faultline.workloads.client.Outcome;
import dev.faultline.workloads.etcd.CallFailure;
import dev.faultline.workloads.etcd.EtcdMapping;
import dev.faultline.workloads.etcd.EtcdRequest;
import dev.faultline.workloads.etcd.Turn;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** A client of one node, which replaces its connection when that is in doubt. */
final class JetcdClient implements Client {

  /** What gRPC is given beyond the deadline before an operation ends without it. */
  private static final Duration GRACE = Duration.ofMillis(500);

  private static final CallFailure NOT_ENDED =
      new CallFailure("DEADLINE_EXCEEDED", "the transport did not end the call in time", true);

  private final EtcdMapping mapping;
  private final Supplier<CompletableFuture<NodeConnection>> connector;
  private final Duration patience;
  private CompletableFuture<NodeConnection> connection;
  private boolean closed;

  /**
   * Creates a client.
   *
   * @param mapping what operations mean
   * @param connector sets up a connection to the node, without blocking
   * @param deadline the deadline that connections put on a call
   * @param connection the first connection
   */
  JetcdClient(
      EtcdMapping mapping,
      Supplier<CompletableFuture<NodeConnection>> connector,
      Duration deadline,
      NodeConnection connection) {
    this.mapping = mapping;
    this.connector = connector;
    this.patience = deadline.plus(GRACE);
    this.connection = CompletableFuture.completedFuture(connection);
  }

  @Override
  public CompletionStage<Outcome> invoke(Operation operation) {
    return connection()
        .thenCompose(current -> perform(current, operation))
        .completeOnTimeout(
            mapping.outcome(operation, NOT_ENDED), patience.toNanos(), TimeUnit.NANOSECONDS);
  }

  private CompletionStage<Outcome> perform(NodeConnection current, Operation operation) {
    EtcdRequest request = mapping.request(operation);
    return current
        .send(request)
        .thenCompose(answer ->
            switch (answer) {
              case Answer.Replied(var reply) ->
                  goOn(current, operation, mapping.turn(operation, reply));
              case Answer.Failed(var failure) ->
                  CompletableFuture.completedFuture(
                      request instanceof EtcdRequest.Snapshot
                          ? mapping.unwritten(failure)
                          : mapping.outcome(operation, failure));
            });
  }

  private CompletionStage<Outcome> goOn(NodeConnection current, Operation operation, Turn turn) {
    return switch (turn) {
      case Turn.Over(var outcome) -> CompletableFuture.completedFuture(outcome);
      case Turn.Next next ->
          current
              .send(next.request())
              .thenApply(answer ->
                  switch (answer) {
                    case Answer.Replied(var reply) -> next.outcome(reply);
                    case Answer.Failed(var failure) -> mapping.outcome(operation, failure);
                  });
    };
  }

  @Override
  public synchronized CompletionStage<Void> close() {
    closed = true;
    return connection.thenAccept(NodeConnection::close);
  }

  /** Returns the connection for the next operation; does not wait until it is up. */
  private synchronized CompletableFuture<NodeConnection> connection() {
    if (!closed && connection.isDone() && isUseless(connection)) {
      var _ = connection.thenAccept(NodeConnection::close);
      connection = connector.get();
    }
    return connection;
  }

  private static boolean isUseless(CompletableFuture<NodeConnection> done) {
    return done.isCompletedExceptionally() || done.join().isSuspect();
  }
}

package dev.faultline.workloads.jetcd;

import dev.faultline.workloads.client.Client;
import dev.faultline.workloads.client.Operation;
import dev.faultline.workloads.client.Outcome;
import dev.faultline.workloads.etcd.EtcdMapping;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** A client of one node, which replaces its connection when that is in doubt. */
final class JetcdClient implements Client {

  private final EtcdMapping mapping;
  private final Supplier<CompletableFuture<NodeConnection>> connector;
  private CompletableFuture<NodeConnection> connection;
  private boolean closed;

  JetcdClient(
      EtcdMapping mapping,
      Supplier<CompletableFuture<NodeConnection>> connector,
      NodeConnection connection) {
    this.mapping = mapping;
    this.connector = connector;
    this.connection = CompletableFuture.completedFuture(connection);
  }

  @Override
  public CompletionStage<Outcome> invoke(Operation operation) {
    return connection()
        .thenCompose(current -> current.send(mapping.request(operation)))
        .thenApply(answer ->
            switch (answer) {
              case Answer.Replied(var reply) -> mapping.outcome(operation, reply);
              case Answer.Failed(var failure) -> mapping.outcome(operation, failure);
            });
  }

  @Override
  public CompletionStage<Void> close() {
    synchronized (this) {
      closed = true;
      return connection.thenAccept(NodeConnection::close);
    }
  }

  /** Returns the connection for the next operation; does not wait until it is up. */
  private synchronized CompletableFuture<NodeConnection> connection() {
    NodeConnection current = connection.getNow(null);
    if (!closed && current != null && current.isSuspect()) {
      current.close();
      connection = connector.get();
    }
    return connection;
  }
}

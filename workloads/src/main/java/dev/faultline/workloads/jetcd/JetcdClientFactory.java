package dev.faultline.workloads.jetcd;

import dev.faultline.workloads.client.Client;
import dev.faultline.workloads.client.ClientFactory;
import dev.faultline.workloads.client.Operation;
import dev.faultline.workloads.etcd.ErrorTable;
import dev.faultline.workloads.etcd.EtcdMapping;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Opens clients of a cluster that speaks the etcd v3 API.
 *
 * <p>All clients share one Vert.x and a few threads on which connections are set up and calls
 * begin, so that neither opening nor calling works on the caller's time. Safe for use by several
 * threads.
 */
public final class JetcdClientFactory implements ClientFactory {

  /** The deadline of an operation unless another is given. */
  public static final Duration STANDARD_DEADLINE = Duration.ofSeconds(1);

  private final Map<String, InetSocketAddress> endpoints;
  private final Duration deadline;
  private final EtcdMapping mapping;
  private final Connector connector;

  /**
   * Creates a factory for the nodes of a cluster.
   *
   * @param endpoints where each node, by name, listens for clients
   * @param deadline how long one operation may take, from invocation to outcome, connecting
   *     included
   */
  public JetcdClientFactory(Map<String, InetSocketAddress> endpoints, Duration deadline) {
    if (deadline.isNegative() || deadline.isZero()) {
      throw new IllegalArgumentException("deadline must be positive, not " + deadline);
    }
    this.endpoints = Map.copyOf(endpoints);
    this.deadline = deadline;
    this.mapping = new EtcdMapping(ErrorTable.etcd());
    this.connector = new Connector(deadline);
  }

  @Override
  public Set<Class<? extends Operation>> supports() {
    return mapping.supports();
  }

  @Override
  public CompletionStage<Client> open(String node) {
    @Nullable InetSocketAddress address = endpoints.get(node);
    if (address == null) {
      return CompletableFuture.failedFuture(
          new IllegalArgumentException(
              "no node is called " + node + "; there are " + new TreeSet<>(endpoints.keySet())));
    }
    return connector
        .connect(address)
        .thenApply(connection ->
            new JetcdClient(mapping, () -> connector.connect(address), deadline, connection));
  }

  /** Ends the shared threads. Close the clients first. */
  @Override
  public void close() {
    connector.close();
  }
}

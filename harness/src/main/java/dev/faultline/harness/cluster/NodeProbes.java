package dev.faultline.harness.cluster;

import dev.faultline.harness.system.SystemUnderTest;
import dev.faultline.nemeses.NodeCondition;
import dev.faultline.nemeses.NodeStatus;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Asks the nodes of a cluster how they stand, in whatever way their system is asked. Safe for use
 * by several threads; nothing blocks.
 */
public final class NodeProbes implements AutoCloseable {

  private static final Duration TIMEOUT = Duration.ofSeconds(1);

  /** A node that answers within this time is not paused, whatever is said of it. */
  private static final Duration PAUSED_IF_SILENT_FOR = Duration.ofMillis(250);

  private final SystemUnderTest system;
  private final Map<String, InetSocketAddress> clients;
  private final Map<String, InetSocketAddress> metrics;
  private final SystemUnderTest.@Nullable StatusProbe statusProbe;

  /**
   * Asks the nodes of {@code system}.
   *
   * @param clients where each node serves clients
   * @param metrics where each node serves metrics, if it does
   */
  public NodeProbes(
      SystemUnderTest system,
      Map<String, InetSocketAddress> clients,
      Map<String, InetSocketAddress> metrics) {
    this.system = system;
    this.clients = new LinkedHashMap<>(clients);
    this.metrics = Map.copyOf(metrics);
    this.statusProbe = system.tellsStatus() ? system.statusProbe(clients) : null;
  }

  /** See {@link dev.faultline.nemeses.Cluster#status}. */
  public CompletionStage<NodeStatus> status(String node) {
    return status(node, TIMEOUT);
  }

  /** Asks {@code node} how it stands; exceptionally without an answer within {@code timeout}. */
  public CompletionStage<NodeStatus> status(String node, Duration timeout) {
    return statusProbe == null
        ? CompletableFuture.failedFuture(
            new UnsupportedOperationException(
                "the nodes of " + system.name() + " do not tell how they stand"))
        : statusProbe.status(node, timeout);
  }

  /**
   * Returns {@code condition}, but that {@code node} is paused only if it is silent too, where it
   * can be asked: a connection alone is accepted for a paused process as well.
   */
  public CompletionStage<NodeCondition> believed(String node, NodeCondition condition) {
    return condition == NodeCondition.PAUSED && statusProbe != null
        ? status(node, PAUSED_IF_SILENT_FOR)
            .handle((status, _) -> status == null ? NodeCondition.PAUSED : NodeCondition.RUNNING)
        : CompletableFuture.completedFuture(condition);
  }

  /** See {@link ManagedCluster#checkHealth}. */
  public CompletionStage<Void> checkHealth(String node) {
    InetSocketAddress client = clients.get(node);
    return client == null
        ? CompletableFuture.failedFuture(new IllegalArgumentException("no node " + node))
        : system.checkHealth(client, Optional.ofNullable(metrics.get(node)), TIMEOUT);
  }

  /** See {@link ManagedCluster#version}. */
  public CompletionStage<Optional<String>> version() {
    if (statusProbe == null) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
    CompletableFuture<TreeSet<String>> versions =
        CompletableFuture.completedFuture(new TreeSet<>());
    for (String node : clients.keySet()) {
      versions =
          versions.thenCombine(
              statusProbe.version(node, TIMEOUT).exceptionally(_ -> Optional.empty()),
              (known, version) -> {
                version.ifPresent(known::add);
                return known;
              });
    }
    return versions.thenApply(
        known -> known.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", known)));
  }

  @Override
  public void close() {
    if (statusProbe != null) {
      statusProbe.close();
    }
  }
}

package dev.faultline.harness.cluster;

import dev.faultline.nemeses.Cluster;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** A cluster, as whoever leads a run sees it. Safe for use by several threads. */
public interface ManagedCluster extends Cluster, AutoCloseable {

  /** Returns where each node serves clients, as seen from the harness. */
  Map<String, InetSocketAddress> clientEndpoints();

  /**
   * Returns where each node serves {@code /metrics}, as seen from the harness; nodes that do not
   * are left out.
   */
  Map<String, InetSocketAddress> metricsEndpoints();

  /**
   * Looks whether {@code node} is fit to serve, which is asked before a run begins; completes
   * exceptionally with what is wrong. Where the system has no health check of its own, nothing is.
   */
  CompletionStage<Void> checkHealth(String node);

  /**
   * Asks the nodes which version of their system they run; several are divided by commas, and nodes
   * that do not answer are left out. Empty if nobody tells.
   */
  CompletionStage<Optional<String>> version();

  /** Starts every node. Completes when all of them run, which is before they are ready. */
  CompletionStage<Void> startAll();

  /**
   * Ends every node and takes away everything that was made for the cluster; the nodes' logs are
   * complete then. Idempotent; blocks.
   *
   * @throws IOException if something is left; everything was tried
   */
  @Override
  void close() throws IOException;
}

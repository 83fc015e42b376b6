package dev.faultline.harness.process;

import dev.faultline.harness.EnvironmentException;
import dev.faultline.harness.cluster.ClusterEvents;
import dev.faultline.harness.cluster.ClusterKind;
import dev.faultline.harness.cluster.ClusterLayout;
import dev.faultline.harness.cluster.LinkBackend;
import dev.faultline.harness.cluster.ManagedCluster;
import dev.faultline.harness.cluster.NodeExit;
import dev.faultline.harness.cluster.NodeProbes;
import dev.faultline.harness.cluster.ProxiedLinks;
import dev.faultline.harness.ledger.RunLedger;
import dev.faultline.harness.system.NodeAddresses;
import dev.faultline.harness.system.RaftSystem;
import dev.faultline.nemeses.Capability;
import dev.faultline.nemeses.Link;
import dev.faultline.nemeses.LinkState;
import dev.faultline.nemeses.NodeCondition;
import dev.faultline.nemeses.NodeStatus;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A cluster of child processes on 127.0.0.1. Safe for use by several threads.
 *
 * <p>Everything done to processes is done by one platform thread that lives as long as the cluster:
 * on Linux a child is told of the death of the <em>thread</em> that started it, so that thread must
 * not end before its time.
 */
public final class ProcessCluster implements ManagedCluster {

  private static final String HOST = "127.0.0.1";
  private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(1);
  private static final long STOP_SECONDS = 3;

  /** A node that records an ahead-of-time cache writes it while it ends. */
  private static final long STOP_SECONDS_WHEN_RECORDING = 60;

  private final ClusterLayout layout;
  private final ProxiedLinks links;
  private final Map<String, NodeAddresses> addresses;
  private final Map<String, NodeProcess> processes = new LinkedHashMap<>();
  private final NodeProbes probes;
  private final ExecutorService acts;

  private ProcessCluster(
      ClusterLayout layout, ProxiedLinks links, Map<String, NodeAddresses> addresses) {
    this.layout = layout;
    this.links = links;
    this.addresses = new LinkedHashMap<>(addresses);
    this.probes = new NodeProbes(layout.system(), clientEndpoints(), metricsEndpoints());
    this.acts =
        Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("cluster").factory());
  }

  /**
   * Lays out a cluster, with its link proxies up and no node started.
   *
   * @param random draws ports; should differ from run to run
   * @throws EnvironmentException if the system's program is not on this machine
   */
  public static ProcessCluster create(
      ClusterLayout layout, RunLedger ledger, RandomGenerator random, ClusterEvents events)
      throws IOException, EnvironmentException {
    Ports ports = new Ports(random);
    Map<String, InetSocketAddress> peers = new LinkedHashMap<>();
    for (String node : layout.nodes()) {
      peers.put(node, loopback(ports.next()));
    }
    ProxiedLinks links =
        ProxiedLinks.create(layout.system().peerRouting(), peers, HOST, random.nextLong());
    try {
      Map<String, NodeAddresses> addresses = new LinkedHashMap<>();
      for (Map.Entry<String, InetSocketAddress> peer : peers.entrySet()) {
        String node = peer.getKey();
        InetSocketAddress client = loopback(ports.next());
        addresses.put(
            node,
            new NodeAddresses(
                node,
                client,
                peer.getValue(),
                loopback(ports.next()),
                client,
                links.dialledBy(node),
                links.socksOf(node),
                layout.dataDirectory().resolve(node).toString()));
      }
      ProcessCluster cluster = new ProcessCluster(layout, links, addresses);
      cluster.describeProcesses(ledger, events);
      return cluster;
    } catch (IOException | EnvironmentException | RuntimeException e) {
      links.close();
      throw e;
    }
  }

  private void describeProcesses(RunLedger ledger, ClusterEvents events)
      throws EnvironmentException {
    for (NodeAddresses node : addresses.values()) {
      processes.put(
          node.node(),
          new NodeProcess(
              node.node(),
              ParentDeath.endsWithParent(layout.system().process(node, layout.options())),
              layout.logDirectory().resolve(node.node()).resolve("node.log"),
              ledger,
              code -> events.exited(new NodeExit(node.node(), code))));
    }
  }

  private static InetSocketAddress loopback(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  @Override
  public Map<String, InetSocketAddress> clientEndpoints() {
    Map<String, InetSocketAddress> endpoints = new LinkedHashMap<>();
    addresses.forEach((node, at) -> endpoints.put(node, at.client()));
    return endpoints;
  }

  @Override
  public Map<String, InetSocketAddress> metricsEndpoints() {
    Map<String, InetSocketAddress> endpoints = new LinkedHashMap<>();
    if (layout.system().servesMetrics()) {
      addresses.forEach((node, at) -> endpoints.put(node, at.metrics()));
    }
    return endpoints;
  }

  /** Returns the ids of the processes that run, in the order of the nodes. */
  public List<Long> processIds() {
    return processes.values().stream().flatMap(process -> process.pid().stream()).toList();
  }

  @Override
  public CompletionStage<Void> startAll() {
    return act(() -> {
      for (NodeProcess process : processes.values()) {
        process.start();
      }
    });
  }

  @Override
  public List<String> nodes() {
    return List.copyOf(processes.keySet());
  }

  @Override
  public Set<Capability> capabilities() {
    return ClusterKind.PROCESS.capabilities(LinkBackend.PROXIES, layout.system());
  }

  @Override
  public CompletionStage<Void> kill(String node) {
    return act(() -> process(node).kill());
  }

  @Override
  public CompletionStage<Void> start(String node) {
    return act(() -> process(node).start());
  }

  @Override
  public CompletionStage<Void> pause(String node) {
    return act(() -> process(node).pause());
  }

  @Override
  public CompletionStage<Void> resume(String node) {
    return act(() -> process(node).resume());
  }

  @Override
  public CompletionStage<Long> shapeLinks(Map<Link, LinkState> states) {
    return links.shape(states);
  }

  @Override
  public CompletionStage<NodeCondition> condition(String node) {
    return ask(() -> process(node).condition())
        .thenCompose(condition -> probes.believed(node, condition));
  }

  @Override
  public CompletionStage<NodeStatus> status(String node) {
    return probes.status(node);
  }

  @Override
  public CompletionStage<Void> checkHealth(String node) {
    return probes.checkHealth(node);
  }

  @Override
  public CompletionStage<Optional<String>> version() {
    return probes.version();
  }

  @Override
  public CompletionStage<Long> probe(Link link, int payloadBytes) {
    return layout.system().probePeer(links.listenAddress(link), payloadBytes, PROBE_TIMEOUT);
  }

  @Override
  public Set<Link> probePath(Link link) {
    return links.probePath(link);
  }

  private NodeProcess process(String node) {
    NodeProcess process = processes.get(node);
    if (process == null) {
      throw new IllegalArgumentException("there is no node '" + node + "'");
    }
    return process;
  }

  private CompletionStage<Void> act(Act act) {
    return ask(() -> {
      act.perform();
      return null;
    });
  }

  /**
   * Nothing may end the thread that performs this: it is the nodes' parent, and they would die with
   * it.
   */
  @SuppressWarnings("CatchThrowable")
  private <T extends @Nullable Object> CompletionStage<T> ask(Callable<T> question) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    try {
      acts.execute(() -> {
        try {
          answer.complete(question.call());
        } catch (Throwable e) {
          answer.completeExceptionally(e);
        }
      });
    } catch (RejectedExecutionException e) {
      answer.completeExceptionally(new IOException("the cluster is closed", e));
    }
    return answer;
  }

  /** Something that is done to processes. */
  private interface Act {
    void perform() throws IOException;
  }

  /** Idempotent. What is asked for afterwards fails. */
  @Override
  public synchronized void close() throws IOException {
    if (acts.isShutdown()) {
      return;
    }
    long grace =
        System.getenv().getOrDefault(RaftSystem.NODE_FLAGS, "").contains("AOTCacheOutput")
            ? STOP_SECONDS_WHEN_RECORDING
            : STOP_SECONDS;
    CompletableFuture<Void> stopped =
        act(() -> stopAll(grace)).toCompletableFuture().orTimeout(grace + 60, TimeUnit.SECONDS);
    try {
      stopped.join();
    } catch (CompletionException e) {
      throw new IOException("not every node could be ended", e.getCause());
    } finally {
      acts.shutdown();
      probes.close();
      links.close();
    }
  }

  private void stopAll(long grace) throws IOException {
    IOException failure = null;
    for (NodeProcess process : processes.values()) {
      process.terminate();
      try {
        process.resume(); // A stopped process does not see SIGTERM.
      } catch (IOException _) {
        // It has ended in this very moment.
      }
    }
    for (NodeProcess process : processes.values()) {
      try {
        process.awaitEnd(grace);
      } catch (IOException e) {
        failure = e;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}

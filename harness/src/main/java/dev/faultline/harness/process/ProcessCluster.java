package dev.faultline.harness.process;

import dev.faultline.harness.system.NodeAddresses;
import dev.faultline.harness.system.RaftSystem;
import dev.faultline.harness.system.SystemOptions;
import dev.faultline.harness.system.SystemUnderTest;
import dev.faultline.nemeses.Capability;
import dev.faultline.nemeses.Cluster;
import dev.faultline.nemeses.Link;
import dev.faultline.nemeses.LinkState;
import dev.faultline.nemeses.NodeCondition;
import dev.faultline.nemeses.NodeStatus;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A cluster of child processes on 127.0.0.1. Safe for use by several threads.
 *
 * <p>Everything done to processes is done by one platform thread that lives as long as the cluster:
 * on Linux a child is told of the death of the <em>thread</em> that started it, so that thread must
 * not end before its time.
 */
public final class ProcessCluster implements Cluster, AutoCloseable {

  private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(1);
  private static final long STOP_SECONDS = 3;

  /** A node that records an ahead-of-time cache writes it while it ends. */
  private static final long STOP_SECONDS_WHEN_RECORDING = 60;

  private final SystemUnderTest system;
  private final ProxiedLinks links;
  private final Map<String, NodeAddresses> addresses;
  private final Map<String, NodeProcess> processes = new LinkedHashMap<>();
  private final SystemUnderTest.StatusProbe statusProbe;
  private final ExecutorService acts;

  /**
   * A node ended without being asked to.
   *
   * @param node its name
   * @param exitCode what it said; 128 and more stand for a signal
   */
  public record UnaskedExit(String node, int exitCode) {}

  /**
   * What a cluster is made of.
   *
   * @param nodes how many nodes
   * @param options what the system is told
   * @param dataDirectory where each node gets a directory for its data
   * @param logDirectory where each node gets a directory for its log
   */
  public record Layout(int nodes, SystemOptions options, Path dataDirectory, Path logDirectory) {}

  private ProcessCluster(
      SystemUnderTest system, ProxiedLinks links, Map<String, NodeAddresses> addresses) {
    this.system = system;
    this.links = links;
    this.addresses = new LinkedHashMap<>(addresses);
    this.statusProbe = system.statusProbe(clientEndpoints());
    this.acts =
        Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("cluster").factory());
  }

  /**
   * Lays out a cluster, with its link proxies up and no node started.
   *
   * @param random draws ports; should differ from run to run
   * @param onUnaskedExit told of nodes that end by themselves; called on any thread
   */
  public static ProcessCluster create(
      SystemUnderTest system,
      Layout layout,
      RunLedger ledger,
      RandomGenerator random,
      Consumer<UnaskedExit> onUnaskedExit)
      throws IOException {
    Ports ports = new Ports(random);
    List<String> names = new ArrayList<>();
    Map<String, InetSocketAddress> peers = new LinkedHashMap<>();
    for (int i = 1; i <= layout.nodes(); i++) {
      names.add("n" + i);
      peers.put("n" + i, loopback(ports.next()));
    }
    ProxiedLinks links = ProxiedLinks.create(upstreams(peers), random.nextLong());
    Map<String, NodeAddresses> addresses = new LinkedHashMap<>();
    ProcessCluster cluster;
    try {
      for (String name : names) {
        addresses.put(name, addresses(name, peers, links, ports, layout));
      }
      cluster = new ProcessCluster(system, links, addresses);
    } catch (IOException | RuntimeException e) {
      links.close();
      throw e;
    }
    for (NodeAddresses node : addresses.values()) {
      cluster.processes.put(
          node.node(),
          new NodeProcess(
              node.node(),
              system.command(node, layout.options()),
              layout.logDirectory().resolve(node.node()).resolve("node.log"),
              ledger,
              code -> onUnaskedExit.accept(new UnaskedExit(node.node(), code))));
    }
    return cluster;
  }

  private static Map<Link, InetSocketAddress> upstreams(Map<String, InetSocketAddress> peers) {
    Map<Link, InetSocketAddress> upstreams = new LinkedHashMap<>();
    for (String from : peers.keySet()) {
      for (Map.Entry<String, InetSocketAddress> to : peers.entrySet()) {
        if (!from.equals(to.getKey())) {
          upstreams.put(new Link(from, to.getKey()), to.getValue());
        }
      }
    }
    return upstreams;
  }

  private static NodeAddresses addresses(
      String node,
      Map<String, InetSocketAddress> peers,
      ProxiedLinks links,
      Ports ports,
      Layout layout)
      throws IOException {
    Map<String, InetSocketAddress> dialled = new LinkedHashMap<>();
    peers.forEach((peer, address) ->
        dialled.put(peer, peer.equals(node) ? address : links.listenAddress(new Link(node, peer))));
    InetSocketAddress own = peers.get(node);
    if (own == null) {
      throw new IllegalArgumentException("no peer address for " + node);
    }
    return new NodeAddresses(
        node,
        loopback(ports.next()),
        own,
        loopback(ports.next()),
        dialled,
        layout.dataDirectory().resolve(node));
  }

  private static InetSocketAddress loopback(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  /** Returns where each node serves clients. */
  public Map<String, InetSocketAddress> clientEndpoints() {
    Map<String, InetSocketAddress> endpoints = new LinkedHashMap<>();
    addresses.forEach((node, at) -> endpoints.put(node, at.client()));
    return endpoints;
  }

  /** Returns the ids of the processes that run, in the order of the nodes. */
  public List<Long> processIds() {
    return processes.values().stream().flatMap(process -> process.pid().stream()).toList();
  }

  /** Starts every node. Completes when all processes run, which is before they are ready. */
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
    return EnumSet.complementOf(EnumSet.of(Capability.PACKET_DROP, Capability.DISCONNECT));
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
    return ask(() -> process(node).condition());
  }

  @Override
  public CompletionStage<NodeStatus> status(String node) {
    return statusProbe.status(node, PROBE_TIMEOUT);
  }

  @Override
  public CompletionStage<Long> probe(Link link, int payloadBytes) {
    return system.probePeer(links.listenAddress(link), payloadBytes, PROBE_TIMEOUT);
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
    acts.execute(() -> {
      try {
        answer.complete(question.call());
      } catch (Throwable e) {
        answer.completeExceptionally(e);
      }
    });
    return answer;
  }

  /** Something that is done to processes. */
  private interface Act {
    void perform() throws IOException;
  }

  /** Ends every node and every proxy. Idempotent; blocks until all are gone. */
  @Override
  public void close() throws IOException {
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
      statusProbe.close();
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

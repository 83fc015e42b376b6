package dev.faultline.harness.docker;

import dev.faultline.harness.EnvironmentException;
import dev.faultline.harness.cluster.ClusterEvents;
import dev.faultline.harness.cluster.ClusterKind;
import dev.faultline.harness.cluster.ClusterLayout;
import dev.faultline.harness.cluster.ManagedCluster;
import dev.faultline.harness.cluster.NodeExit;
import dev.faultline.harness.cluster.NodeProbes;
import dev.faultline.harness.ledger.RunLedger;
import dev.faultline.nemeses.Capability;
import dev.faultline.nemeses.Link;
import dev.faultline.nemeses.LinkState;
import dev.faultline.nemeses.NodeCondition;
import dev.faultline.nemeses.NodeStatus;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
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
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A cluster of containers. Safe for use by several threads; acts on different nodes go on side by
 * side, those on one node one after the other.
 */
public final class DockerCluster implements ManagedCluster {

  private static final int STOP_SECONDS = 3;
  private static final long CLOSE_SECONDS = 60;

  private final Frame frame;
  private final ClusterLayout layout;
  private final DockerLinks links;
  private final Map<String, NodeContainer> containers = new LinkedHashMap<>();
  private final Map<String, ExecutorService> acts = new LinkedHashMap<>();
  private final NodeProbes probes;
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("docker-watch").factory());

  private DockerCluster(Frame frame, ClusterLayout layout, DockerLinks links) {
    this.frame = frame;
    this.layout = layout;
    this.links = links;
    this.probes = new NodeProbes(layout.system(), clientEndpoints(), metricsEndpoints());
    for (String node : layout.nodes()) {
      acts.put(
          node,
          Executors.newSingleThreadExecutor(
              Thread.ofPlatform().daemon().name("docker-" + node).factory()));
    }
  }

  /**
   * Lays out a cluster: network, pods and links are up, the nodes' containers made, none started.
   *
   * @param random draws the subnet; should differ from run to run
   * @throws EnvironmentException if there is no engine, or an image that cannot be had
   */
  public static DockerCluster create(
      ClusterLayout layout, RunLedger ledger, RandomGenerator random, ClusterEvents events)
      throws IOException, EnvironmentException {
    Frame frame = Frame.create(layout, ledger, random, events::progress);
    DockerCluster cluster = null;
    try {
      cluster = new DockerCluster(frame, layout, frame.links(layout, random.nextLong()));
      cluster.createContainers(events);
      return cluster;
    } catch (IOException | RuntimeException e) {
      if (cluster != null) {
        cluster.endThreads();
      }
      throw frame.giveUp("the cluster's containers could not be made", e);
    }
  }

  private void createContainers(ClusterEvents events) throws IOException {
    EngineWatch engine = new EngineWatch(frame.engine(), events);
    engine.lookAgainAndAgain(watch);
    for (String node : layout.nodes()) {
      containers.put(
          node,
          NodeContainer.create(
              frame.engine().client(),
              node,
              frame.pods().containerName(node),
              frame.pods().pod(node),
              frame.image(),
              layout
                  .system()
                  .container(
                      frame.pods().addresses(node, links.dialledBy(node), links.socksOf(node)),
                      layout.options()),
              frame.labels(),
              layout.logDirectory().resolve(node).resolve("node.log"),
              code -> engine.exited(new NodeExit(node, code)),
              engine::lostSight));
    }
  }

  @Override
  public Map<String, InetSocketAddress> clientEndpoints() {
    return frame.pods().clientEndpoints();
  }

  @Override
  public Map<String, InetSocketAddress> metricsEndpoints() {
    return layout.system().servesMetrics() ? frame.pods().metricsEndpoints() : Map.of();
  }

  @Override
  public CompletionStage<Void> startAll() {
    return CompletableFuture.allOf(
        layout.nodes().stream()
            .map(node -> start(node).toCompletableFuture())
            .toArray(CompletableFuture<?>[]::new));
  }

  @Override
  public List<String> nodes() {
    return layout.nodes();
  }

  @Override
  public Set<Capability> capabilities() {
    return ClusterKind.DOCKER.capabilities(layout.links(), layout.system());
  }

  @Override
  public CompletionStage<Void> kill(String node) {
    return act(node, container(node)::kill);
  }

  @Override
  public CompletionStage<Void> start(String node) {
    return act(node, container(node)::start);
  }

  @Override
  public CompletionStage<Void> pause(String node) {
    return act(node, container(node)::pause);
  }

  @Override
  public CompletionStage<Void> resume(String node) {
    return act(node, container(node)::resume);
  }

  @Override
  public CompletionStage<Void> unplug(String node) {
    return act(node, () -> frame.pods().pod(node).unplug());
  }

  /** What was open before is reset, or TCP's back-off would keep the node away for longer. */
  @Override
  public CompletionStage<Void> plugIn(String node) {
    return act(node, () -> frame.pods().pod(node).plugIn())
        .thenCompose(_ -> frame.pods().cleanse(node));
  }

  @Override
  public CompletionStage<Long> shapeLinks(Map<Link, LinkState> states) {
    return links.shape(states);
  }

  /** That a node is paused is believed if the engine says so and the node is silent. */
  @Override
  public CompletionStage<NodeCondition> condition(String node) {
    return ask(node, container(node)::condition)
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
    return links.probe(link, payloadBytes);
  }

  @Override
  public Set<Link> probePath(Link link) {
    return links.probePath(link);
  }

  private NodeContainer container(String node) {
    NodeContainer container = containers.get(node);
    if (container == null) {
      throw new IllegalArgumentException("there is no node '" + node + "'");
    }
    return container;
  }

  /** Something that is done to a container. */
  private interface Act {
    void perform() throws IOException;
  }

  private CompletionStage<Void> act(String node, Act act) {
    return ask(
        node,
        () -> {
          act.perform();
          return null;
        });
  }

  private <T extends @Nullable Object> CompletionStage<T> ask(String node, Callable<T> question) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    ExecutorService thread = acts.get(node);
    if (thread == null) {
      return CompletableFuture.failedFuture(new IllegalArgumentException("no node " + node));
    }
    try {
      thread.execute(() -> {
        try {
          answer.complete(question.call());
        } catch (Exception e) {
          answer.completeExceptionally(e);
        }
      });
    } catch (RejectedExecutionException e) {
      answer.completeExceptionally(new IOException("the cluster is closed", e));
    }
    return answer;
  }

  /** What one attempt has left is tried again by the next, without asking nodes to end in order. */
  @Override
  public synchronized void close() throws IOException {
    if (frame.isGone()) {
      return;
    }
    List<CompletableFuture<Void>> stopped = new ArrayList<>();
    containers.forEach((node, container) ->
        stopped.add(
            act(
                    node,
                    () -> {
                      container.stop(STOP_SECONDS);
                      container.remove();
                    })
                .toCompletableFuture()));
    IOException failure = null;
    try {
      CompletableFuture.allOf(stopped.toArray(CompletableFuture<?>[]::new))
          .orTimeout(CLOSE_SECONDS, TimeUnit.SECONDS)
          .join();
    } catch (CompletionException e) {
      failure = new IOException("not every container could be ended", e.getCause());
    }
    endThreads();
    frame.close();
    if (failure != null && !frame.isGone()) {
      throw failure;
    }
  }

  private void endThreads() {
    acts.values().forEach(ExecutorService::shutdown);
    watch.shutdownNow();
    probes.close();
    links.close();
  }
}

package dev.faultline.harness.docker;

import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HostConfig;
import dev.faultline.harness.EnvironmentException;
import dev.faultline.harness.cluster.ClusterLayout;
import dev.faultline.harness.cluster.LinkBackend;
import dev.faultline.harness.cluster.ProxiedLinks;
import dev.faultline.harness.ledger.RunLedger;
import dev.faultline.harness.system.ContainerImage;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Everything of a cluster that stays while its nodes come and go: the network, a pod for each node,
 * the sidecar that may edit the packet filter, and who is reached where. Safe for use by several
 * threads once it is made.
 */
final class Frame implements AutoCloseable {

  private static final Duration GONE_WITHIN = Duration.ofSeconds(60);

  private final Engine engine;
  private final RunLedger ledger;
  private final String runId;
  private final Map<String, String> labels;
  private final ContainerImage image;
  private final Reach reach;
  private final ClusterNetwork network;
  private final Pods pods;
  private final ExecutorService workers =
      Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name("docker-", 0).factory());
  private @Nullable String filterSidecar;
  private volatile boolean filterInstalled;
  private boolean closed;

  private Frame(
      Engine engine, RunLedger ledger, ContainerImage image, Reach reach, ClusterNetwork network) {
    this.engine = engine;
    this.ledger = ledger;
    this.runId = ledger.id();
    this.labels = Engine.labels(runId);
    this.image = image;
    this.reach = reach;
    this.network = network;
    pods = new Pods(engine.client(), runId, image, network, reach);
  }

  /** Makes network, pods and sidecar; blocks until every agent answers. */
  static Frame create(
      ClusterLayout layout, RunLedger ledger, RandomGenerator random, Consumer<String> progress)
      throws IOException, EnvironmentException {
    ContainerImage image =
        layout
            .system()
            .image(layout.options())
            .orElseThrow(() ->
                new EnvironmentException(
                    "there is no image of " + layout.system().name(), "Name one with --image."));
    Engine engine = Engine.connect();
    Images images = new Images(new EngineImages(engine.client(), progress), progress);
    images.ensure(Pod.IMAGE, Optional.of(Pod.RECIPE));
    images.ensure(image.reference(), image.recipe());
    DockerSweeper.note(ledger);
    Frame frame =
        new Frame(
            engine, ledger, image, Reach.ofThisMachine(random), network(engine, ledger, random));
    try {
      frame.pods.start(layout.nodes(), frame.workers);
      if (layout.links() == LinkBackend.PACKETS) {
        frame.filterSidecar = frame.startFilterSidecar();
      }
      return frame;
    } catch (IOException | RuntimeException e) {
      throw frame.giveUp("the cluster's pods could not be made", e);
    }
  }

  /**
   * Takes everything away, because {@code failure} keeps the cluster from being made, and returns
   * what to tell the user. What cannot be taken away stays in the ledger.
   */
  EnvironmentException giveUp(String what, Exception failure) {
    EnvironmentException told =
        engine.answers()
            ? new EnvironmentException(
                what + ": " + failure.getMessage(),
                "'./faultline doctor' tells what is missing.",
                failure)
            : new EnvironmentException(
                what + ": the container engine does not answer any more",
                "Start it again.",
                failure);
    try {
      close();
    } catch (IOException e) {
      ledger.keep();
      told.addSuppressed(e);
    }
    return told;
  }

  private static ClusterNetwork network(Engine engine, RunLedger ledger, RandomGenerator random)
      throws EnvironmentException {
    try {
      return ClusterNetwork.create(
          engine.client(), ledger.id(), Engine.labels(ledger.id()), random);
    } catch (IOException e) {
      sweepOrKeep(engine, ledger);
      throw new EnvironmentException(
          String.valueOf(e.getMessage()),
          "Take away networks that nobody needs: docker network prune.",
          e);
    }
  }

  /** An engine whose answer was lost may have made the network all the same. */
  private static void sweepOrKeep(Engine engine, RunLedger ledger) {
    try {
      if (engine.answers()) {
        DockerSweeper.sweep(engine.client(), ledger.id());
      } else {
        ledger.keep();
      }
    } catch (IOException _) {
      ledger.keep();
    }
  }

  private String startFilterSidecar() {
    String id =
        engine
            .client()
            .createContainerCmd(Pod.IMAGE)
            .withName("faultline-" + runId + "-filter")
            .withLabels(labels)
            .withEntrypoint("sleep")
            .withCmd("2147483647")
            .withHostConfig(
                HostConfig.newHostConfig().withNetworkMode("host").withCapAdd(Capability.NET_ADMIN))
            .exec()
            .getId();
    engine.client().startContainerCmd(id).exec();
    return id;
  }

  /** Returns the links that the layout asks for, ready to be shaped. */
  DockerLinks links(ClusterLayout layout, long seed) throws IOException {
    return switch (layout.links()) {
      case PACKETS -> filteredLinks();
      case PROXIES -> proxiedLinks(layout, seed);
    };
  }

  private DockerLinks filteredLinks() throws IOException {
    Map<String, String> addresses = new LinkedHashMap<>();
    Map<String, InetSocketAddress> peers = new LinkedHashMap<>();
    Map<String, LinkAgent> agents = new LinkedHashMap<>();
    pods.byNode()
        .forEach((node, pod) -> {
          addresses.put(node, pod.address());
          peers.put(node, new InetSocketAddress(pod.address(), image.peerPort()));
          agents.put(node, pods.agent(node));
        });
    String sidecar = filterSidecar;
    if (sidecar == null) {
      throw new IllegalStateException("there is no sidecar to edit the packet filter");
    }
    PacketFilter filter =
        new PacketFilter(engine.client(), sidecar, PacketFilter.table(runId), addresses);
    filter.install();
    filterInstalled = true;
    DockerSweeper.noteFilter(ledger);
    return new FilteredLinks(filter, peers, agents, workers);
  }

  private DockerLinks proxiedLinks(ClusterLayout layout, long seed) throws IOException {
    return new GatewayLinks(
        layout.system(),
        ProxiedLinks.create(
            layout.system().peerRouting(),
            pods.endpoints(image.peerPort()),
            reach.proxyHost(network.gateway()),
            seed),
        pods.byNode(),
        image.peerPort(),
        reach);
  }

  Engine engine() {
    return engine;
  }

  Pods pods() {
    return pods;
  }

  ContainerImage image() {
    return image;
  }

  Map<String, String> labels() {
    return labels;
  }

  /** Tells whether everything was taken away. */
  boolean isGone() {
    return closed;
  }

  /**
   * Takes everything of the run away, nodes' containers and the packet filter included. Idempotent;
   * over in time even if the engine hangs.
   */
  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    try {
      CompletableFuture.supplyAsync(this::sweep, workers)
          .orTimeout(GONE_WITHIN.toSeconds(), TimeUnit.SECONDS)
          .join();
      closed = true;
      workers.shutdown();
    } catch (CompletionException e) {
      throw new IOException(
          "what run " + runId + " had in the container engine could not be taken away",
          e.getCause());
    }
  }

  private @Nullable Void sweep() {
    try {
      try {
        DockerSweeper.sweep(engine.client(), runId);
      } finally {
        if (filterInstalled) {
          DockerSweeper.removeFilter(engine.client(), runId);
        }
      }
      return null;
    } catch (IOException e) {
      throw new CompletionException(e);
    }
  }
}

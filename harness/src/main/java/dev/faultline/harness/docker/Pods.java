package dev.faultline.harness.docker;

import com.github.dockerjava.api.DockerClient;
import dev.faultline.harness.system.ContainerImage;
import dev.faultline.harness.system.NodeAddresses;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/**
 * The pods of a cluster, which stay while its nodes come and go, and where they are reached. Safe
 * for use by several threads once they are started.
 */
final class Pods {

  private static final Duration AGENT_UP_WITHIN = Duration.ofSeconds(20);
  private static final Duration AGENT_ANSWERS_WITHIN = Duration.ofSeconds(2);
  private static final long LOOK_AGAIN_MILLIS = 50;
  private static final int PORT_TRIES = 5;

  private final DockerClient client;
  private final String runId;
  private final ContainerImage image;
  private final ClusterNetwork network;
  private final Reach reach;
  private final Map<String, Pod> pods = new LinkedHashMap<>();
  private final Map<String, Map<Integer, Integer>> published = new ConcurrentHashMap<>();

  Pods(
      DockerClient client,
      String runId,
      ContainerImage image,
      ClusterNetwork network,
      Reach reach) {
    this.client = client;
    this.runId = runId;
    this.image = image;
    this.network = network;
    this.reach = reach;
  }

  /** Starts a pod for each node; blocks until every agent answers. */
  void start(List<String> nodes, Executor workers) throws IOException {
    Map<String, CompletableFuture<Pod>> starting = new LinkedHashMap<>();
    for (int i = 0; i < nodes.size(); i++) {
      String node = nodes.get(i);
      String address = network.address(i);
      starting.put(node, CompletableFuture.supplyAsync(() -> startPod(node, address), workers));
    }
    IOException failure = null;
    for (Map.Entry<String, CompletableFuture<Pod>> pod : starting.entrySet()) {
      try {
        pods.put(pod.getKey(), pod.getValue().join());
      } catch (CompletionException e) {
        failure = new IOException(e.getMessage(), e);
      }
    }
    if (failure != null) {
      throw failure;
    }
    for (String node : nodes) {
      awaitAgent(node);
    }
  }

  /** A port that was free a moment ago may be taken by now; others are tried then. */
  private Pod startPod(String node, String address) {
    List<Integer> inside =
        List.of(image.clientPort(), image.peerPort(), image.metricsPort(), Pod.AGENT_PORT);
    for (int attempt = 1; ; attempt++) {
      try {
        Map<Integer, Integer> ports = reach.publish(inside);
        published.put(node, ports);
        return Pod.start(
            client, network, containerName(node) + "-pod", address, ports, Engine.labels(runId));
      } catch (Pod.PortTakenException e) {
        if (attempt == PORT_TRIES) {
          throw new CompletionException(e.getMessage(), e);
        }
      } catch (IOException e) {
        throw new CompletionException(e.getMessage(), e);
      }
    }
  }

  private void awaitAgent(String node) throws IOException {
    long giveUp = System.nanoTime() + AGENT_UP_WITHIN.toNanos();
    while (true) {
      try {
        agent(node)
            .ping(AGENT_ANSWERS_WITHIN)
            .toCompletableFuture()
            .get(AGENT_UP_WITHIN.toSeconds(), TimeUnit.SECONDS);
        return;
      } catch (ExecutionException | TimeoutException e) {
        if (System.nanoTime() - giveUp > 0) {
          throw new IOException(
              "the pod of " + node + " does not answer at " + agent(node).address(), e);
        }
        pauseBriefly();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted while the cluster was made", e);
      }
    }
  }

  private static void pauseBriefly() {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK_AGAIN_MILLIS));
  }

  String containerName(String node) {
    return "faultline-" + runId + "-" + node;
  }

  /** Returns all of them, in the order of the nodes. */
  Map<String, Pod> byNode() {
    return Collections.unmodifiableMap(pods);
  }

  Pod pod(String node) {
    Pod pod = pods.get(node);
    if (pod == null) {
      throw new IllegalArgumentException("there is no node '" + node + "'");
    }
    return pod;
  }

  /** Returns who shapes the links inside the pod of {@code node}. */
  LinkAgent agent(String node) {
    return new LinkAgent(seenFromHere(node, Pod.AGENT_PORT));
  }

  /**
   * Resets the connections of a node that had its cable pulled; if that cannot be done, they come
   * back by themselves, later.
   */
  CompletionStage<Void> cleanse(String node) {
    LinkAgent agent = agent(node);
    return agent
        .cleanse(image.peerPort(), AGENT_ANSWERS_WITHIN)
        .thenCompose(_ -> agent.cleanse(image.clientPort(), AGENT_ANSWERS_WITHIN))
        .exceptionally(_ -> null);
  }

  private InetSocketAddress seenFromHere(String node, int port) {
    return reach.seenFromHere(pod(node).address(), port, published.getOrDefault(node, Map.of()));
  }

  Map<String, InetSocketAddress> clientEndpoints() {
    return endpoints(image.clientPort());
  }

  Map<String, InetSocketAddress> metricsEndpoints() {
    return endpoints(image.metricsPort());
  }

  /** Returns where {@code port} of each node is reached from here. */
  Map<String, InetSocketAddress> endpoints(int port) {
    Map<String, InetSocketAddress> endpoints = new LinkedHashMap<>();
    pods.keySet().forEach(node -> endpoints.put(node, seenFromHere(node, port)));
    return endpoints;
  }

  /**
   * Returns where {@code node} lives, as it sees that itself. It listens on every address: one that
   * is started while it is unplugged has none of the network's, and could not bind it.
   */
  NodeAddresses addresses(
      String node, Map<String, InetSocketAddress> peers, Optional<InetSocketAddress> socks) {
    return new NodeAddresses(
        node,
        everywhere(image.clientPort()),
        everywhere(image.peerPort()),
        everywhere(image.metricsPort()),
        new InetSocketAddress(pod(node).address(), image.clientPort()),
        peers,
        socks,
        image.dataDirectory());
  }

  private static InetSocketAddress everywhere(int port) {
    return new InetSocketAddress(InetAddress.ofLiteral("0.0.0.0"), port);
  }
}

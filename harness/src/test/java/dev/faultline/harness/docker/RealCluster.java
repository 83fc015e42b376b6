package dev.faultline.harness.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.faultline.harness.EnvironmentException;
import dev.faultline.harness.cluster.ClusterEvents;
import dev.faultline.harness.cluster.ClusterLayout;
import dev.faultline.harness.cluster.LinkBackend;
import dev.faultline.harness.cluster.NodeExit;
import dev.faultline.harness.ledger.RunLedger;
import dev.faultline.harness.system.SystemOptions;
import dev.faultline.harness.system.Systems;
import dev.faultline.nemeses.Link;
import dev.faultline.nemeses.LinkState;
import dev.faultline.nemeses.NodeStatus;
import dev.faultline.workloads.client.Client;
import dev.faultline.workloads.client.ClientFactory;
import dev.faultline.workloads.client.Operation;
import dev.faultline.workloads.client.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** Three containers of a system, with everything that a test wants to ask them. Methods block. */
final class RealCluster implements AutoCloseable {

  static final List<String> NODES = List.of("n1", "n2", "n3");

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration CALL = Duration.ofSeconds(5);

  final String id;
  final Path logs;
  final DockerCluster cluster;
  final List<NodeExit> exits = new CopyOnWriteArrayList<>();

  private final RunLedger ledger;
  private final ClientFactory clients;

  /** Makes the cluster and waits until every node follows one leader. */
  RealCluster(String system, LinkBackend links, Path directory)
      throws IOException, EnvironmentException {
    ledger =
        RunLedger.open(directory.resolve("ledgers"), "test-" + system + directory.getFileName());
    id = ledger.id();
    logs = directory.resolve("logs");
    var chosen = new Systems().named(system);
    cluster =
        DockerCluster.create(
            new ClusterLayout(
                chosen, SystemOptions.STANDARD, NODES, links, directory.resolve("data"), logs),
            ledger,
            new SplittableRandom(),
            new ClusterEvents() {
              @Override
              public void exited(NodeExit exit) {
                exits.add(exit);
              }

              @Override
              public void lost(String why) {
                throw new AssertionError(why);
              }
            });
    clients = chosen.clients(cluster.clientEndpoints(), CALL);
    try {
      join(cluster.startAll());
      awaitLevel();
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** Waits until every node answers, in one term, with one leader. */
  void awaitLevel() {
    await().atMost(PATIENCE).until(this::isLevel);
  }

  boolean isLevel() {
    List<NodeStatus> all = statuses();
    return all.size() == NODES.size()
        && all.stream().filter(NodeStatus::claimsLeadership).count() == 1
        && all.stream().map(NodeStatus::term).distinct().count() == 1
        && all.stream().allMatch(status -> status.leader() != null);
  }

  List<NodeStatus> statuses() {
    List<NodeStatus> all = new ArrayList<>();
    NODES.forEach(node -> status(node).ifPresent(all::add));
    return all;
  }

  Optional<NodeStatus> status(String node) {
    try {
      return Optional.of(join(cluster.status(node)));
    } catch (CompletionException _) {
      return Optional.empty();
    }
  }

  /** Returns the leader of the highest term that any node tells of. */
  Optional<NodeStatus> leader() {
    return statuses().stream()
        .filter(NodeStatus::claimsLeadership)
        .max(Comparator.comparingLong(NodeStatus::term));
  }

  NodeStatus awaitLeader() {
    return await().atMost(PATIENCE).until(this::leader, Optional::isPresent).orElseThrow();
  }

  /** Waits for a leader other than {@code old}, in a higher term. */
  NodeStatus awaitOtherLeader(NodeStatus old) {
    return await()
        .atMost(PATIENCE)
        .until(
            this::leader,
            found ->
                found.isPresent()
                    && found.get().term() > old.term()
                    && !found.get().node().equals(old.node()))
        .orElseThrow();
  }

  /** Tries until a write through {@code node} has succeeded. */
  void write(String node, String key, long value) {
    await()
        .atMost(PATIENCE)
        .until(() -> call(node, new Operation.Write(key, value)) instanceof Outcome.Ok);
  }

  /** Tries until a read through {@code node} has succeeded, and returns what was read. */
  String read(String node, String key) {
    Outcome outcome =
        await()
            .atMost(PATIENCE)
            .until(() -> call(node, new Operation.Read(key)), Outcome.Ok.class::isInstance);
    return String.valueOf(((Outcome.Ok) outcome).value());
  }

  private Outcome call(String node, Operation operation) {
    Client client = join(clients.open(node));
    try {
      return join(client.invoke(operation));
    } finally {
      join(client.close());
    }
  }

  /** Brings {@code links} into {@code state} and all others into health. */
  void shape(Collection<Link> links, LinkState state) {
    Map<Link, LinkState> states = new LinkedHashMap<>();
    links.forEach(link -> states.put(link, state));
    join(cluster.shapeLinks(states));
  }

  void heal() {
    shape(List.of(), LinkState.HEALTHY);
  }

  boolean answers(Link link) {
    try {
      join(cluster.probe(link, 0));
      return true;
    } catch (CompletionException _) {
      return false;
    }
  }

  /** Tells whether no link answers within {@code patience}. */
  boolean areSilent(Collection<Link> links, Duration patience) {
    return links.stream()
        .map(link ->
            cluster
                .probe(link, 0)
                .toCompletableFuture()
                .copy()
                .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                .handle((roundTrip, _) -> roundTrip == null))
        .toList()
        .stream()
        .allMatch(CompletableFuture::join);
  }

  /** Returns every link that leads out of {@code node}, into it, or both. */
  static List<Link> links(String node, boolean out, boolean in) {
    List<Link> links = new ArrayList<>();
    for (String other : NODES) {
      if (!other.equals(node)) {
        if (out) {
          links.add(new Link(node, other));
        }
        if (in) {
          links.add(new Link(other, node));
        }
      }
    }
    return links;
  }

  static List<Link> allLinks() {
    return NODES.stream().flatMap(node -> links(node, true, false).stream()).toList();
  }

  static <T> T join(CompletionStage<T> stage) {
    return stage
        .toCompletableFuture()
        .copy()
        .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
        .join();
  }

  String containerId(String node) {
    var containers =
        EngineView.connect().containers(id).stream()
            .filter(container -> container.getNames()[0].endsWith("-" + node))
            .toList();
    assertThat(containers).hasSize(1);
    return containers.getFirst().getId();
  }

  @Override
  public void close() throws IOException {
    clients.close();
    cluster.close();
    ledger.close();
  }
}

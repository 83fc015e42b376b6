package dev.faultline.harness.system;

import dev.faultline.raft.deviation.Deviations;
import dev.faultline.raft.server.Main;
import dev.faultline.raft.transport.PeerProbe;
import dev.faultline.workloads.client.ClientFactory;
import dev.faultline.workloads.jetcd.JetcdClientFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/** The bundled Raft server, each node a JVM with this JVM's class path. */
public final class RaftSystem implements SystemUnderTest {

  /**
   * Flags for the nodes' JVMs beside our own, separated by blanks; the launcher names its cache
   * here.
   */
  public static final String NODE_FLAGS = "FAULTLINE_NODE_FLAGS";

  /** See the server's {@code Main}. */
  private static final int EXIT_NOT_READY = 4;

  private static final String IMAGE = "faultline/raft-server:latest";
  private static final int CLIENT_PORT = 2379;
  private static final int PEER_PORT = 2380;
  private static final int METRICS_PORT = 2381;

  private static final List<String> JVM_FLAGS =
      List.of(
          "-XX:+UseSerialGC",
          "-Xms24m",
          "-Xmx160m",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");

  @Override
  public String name() {
    return "raft";
  }

  @Override
  public String description() {
    return "the bundled Raft server behind the etcd v3 API";
  }

  @Override
  public List<KnownBug> deviations() {
    return Deviations.all().stream()
        .map(deviation -> new KnownBug(deviation.name(), deviation.summary()))
        .toList();
  }

  @Override
  public Map<String, String> facts() {
    return Map.of("durability", "synced before acknowledged", "memory limit", "160 MB of heap");
  }

  @Override
  public boolean blamesTheMachine(int exitCode) {
    return exitCode == EXIT_NOT_READY;
  }

  @Override
  public PeerRouting peerRouting() {
    return PeerRouting.ADDRESSES;
  }

  @Override
  public Launch process(NodeAddresses node, SystemOptions options) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JVM_FLAGS);
    String more = System.getenv(NODE_FLAGS);
    if (more != null) {
      command.addAll(List.of(more.strip().split("\\s+")));
    }
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(Main.class.getName());
    command.addAll(arguments(node, options));
    command.add("--exit-with-stdin");
    return Launch.of(command);
  }

  @Override
  public Optional<ContainerImage> image(SystemOptions options) {
    return Optional.of(
        new ContainerImage(
            options.image().orElse(IMAGE),
            options.image().isPresent() ? Optional.empty() : Optional.of(name()),
            List.of(),
            CLIENT_PORT,
            PEER_PORT,
            METRICS_PORT,
            "/data"));
  }

  @Override
  public Launch container(NodeAddresses node, SystemOptions options) {
    return Launch.of(arguments(node, options));
  }

  private static List<String> arguments(NodeAddresses node, SystemOptions options) {
    List<String> words = new ArrayList<>();
    option(words, "--name", node.node());
    option(words, "--data-dir", node.dataDirectory());
    option(words, "--listen-client", NodeAddresses.text(node.client()));
    option(words, "--listen-peer", NodeAddresses.text(node.peer()));
    option(words, "--listen-metrics", NodeAddresses.text(node.metrics()));
    option(words, "--initial-cluster", initialCluster(node));
    option(
        words,
        "--client-addresses",
        node.node() + "=" + NodeAddresses.text(node.advertisedClient()));
    option(words, "--heartbeat-interval", Long.toString(options.heartbeat().toMillis()));
    option(words, "--election-timeout", Long.toString(options.electionTimeout().toMillis()));
    options.deviation().ifPresent(deviation -> option(words, "--deviation", deviation));
    return words;
  }

  private static void option(List<String> words, String name, String value) {
    words.add(name);
    words.add(value);
  }

  private static String initialCluster(NodeAddresses node) {
    return node.peers().entrySet().stream()
        .map(peer -> peer.getKey() + "=" + NodeAddresses.text(peer.getValue()))
        .collect(Collectors.joining(","));
  }

  @Override
  public ClientFactory clients(Map<String, InetSocketAddress> endpoints, Duration timeout) {
    return new JetcdClientFactory(endpoints, timeout);
  }

  @Override
  public StatusProbe statusProbe(Map<String, InetSocketAddress> endpoints) {
    return new EtcdStatusProbe(endpoints);
  }

  @Override
  public CompletionStage<Long> probePeer(
      InetSocketAddress address, int payloadBytes, Duration timeout) {
    CompletableFuture<Long> roundTrip = new CompletableFuture<>();
    Thread.ofVirtual()
        .name("peer-probe")
        .start(() -> {
          try {
            roundTrip.complete(PeerProbe.ping(address, payloadBytes, timeout));
          } catch (IOException e) {
            roundTrip.completeExceptionally(new CompletionException(e));
          }
        });
    return roundTrip;
  }
}

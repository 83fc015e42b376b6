package dev.faultline.harness.system;

import dev.faultline.harness.EnvironmentException;
import dev.faultline.workloads.client.ClientFactory;
import dev.faultline.workloads.jetcd.JetcdClientFactory;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/**
 * <a href="https://etcd.io">etcd</a>, 3.4 and later: the binary on the path or named, or a
 * container.
 *
 * <p>etcd's members know one another by one URL each, the same for all, and send most messages on
 * the answer to a request that the <em>receiver</em> made. So link proxies reach it only through a
 * SOCKS5 proxy, which Go's HTTP transport takes from {@code HTTP_PROXY}, except for addresses on
 * the loopback interface: the URLs therefore hold names that need not resolve.
 */
public final class EtcdSystem implements SystemUnderTest {

  /** The server's program. */
  public static final Program PROGRAM =
      new Program("etcd", "Debian: apt-get install etcd-server; macOS: brew install etcd");

  private static final String IMAGE = "faultline/etcd:latest";
  private static final int CLIENT_PORT = 2379;
  private static final int PEER_PORT = 2380;
  private static final int METRICS_PORT = 2381;

  @Override
  public String name() {
    return "etcd";
  }

  @Override
  public String description() {
    return "etcd 3.4 and later: a binary on the path, or a container";
  }

  @Override
  public Map<String, String> facts() {
    return Map.of("durability", "synced before acknowledged", "memory limit", "none");
  }

  @Override
  public PeerRouting peerRouting() {
    return PeerRouting.SOCKS;
  }

  @Override
  public Launch process(NodeAddresses node, SystemOptions options) throws EnvironmentException {
    String program = PROGRAM.find(options);
    List<String> words = new ArrayList<>(List.of(program));
    words.addAll(arguments(node, options));
    return new Launch(words, environment(node));
  }

  @Override
  public Optional<ContainerImage> image(SystemOptions options) {
    return Optional.of(
        new ContainerImage(
            options.image().orElse(IMAGE),
            options.image().isPresent() ? Optional.empty() : Optional.of(name()),
            List.of("etcd"), // The public image has no entry point.
            CLIENT_PORT,
            PEER_PORT,
            METRICS_PORT,
            "/data"));
  }

  @Override
  public Launch container(NodeAddresses node, SystemOptions options) {
    return new Launch(arguments(node, options), environment(node));
  }

  private static List<String> arguments(NodeAddresses node, SystemOptions options) {
    return List.of(
        "--name=" + node.node(),
        "--data-dir=" + node.dataDirectory(),
        "--listen-client-urls=" + url(node.client()),
        "--advertise-client-urls=" + url(node.advertisedClient()),
        "--listen-peer-urls=" + url(node.peer()),
        "--initial-advertise-peer-urls=" + url(node.advertised()),
        "--initial-cluster=" + initialCluster(node),
        "--initial-cluster-state=new",
        "--initial-cluster-token=faultline",
        "--listen-metrics-urls=" + url(node.metrics()),
        "--heartbeat-interval=" + options.heartbeat().toMillis(),
        "--election-timeout=" + options.electionTimeout().toMillis(),
        "--logger=zap");
  }

  /** Whatever proxies this machine's user has set must not come between the nodes. */
  private static Map<String, String> environment(NodeAddresses node) {
    return Map.of(
        "HTTP_PROXY",
        node.socks().map(front -> "socks5://" + NodeAddresses.text(front)).orElse(""),
        "http_proxy",
        "",
        "HTTPS_PROXY",
        "",
        "https_proxy",
        "",
        "NO_PROXY",
        "",
        "no_proxy",
        "");
  }

  private static String initialCluster(NodeAddresses node) {
    return node.peers().entrySet().stream()
        .map(peer -> peer.getKey() + "=" + url(peer.getValue()))
        .collect(Collectors.joining(","));
  }

  private static String url(InetSocketAddress address) {
    return "http://" + NodeAddresses.text(address);
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
    return new HttpProbe("/version").probe(address, payloadBytes, timeout);
  }
}

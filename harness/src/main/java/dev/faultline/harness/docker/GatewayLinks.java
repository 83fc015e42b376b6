package dev.faultline.harness.docker;

import dev.faultline.harness.cluster.ProxiedLinks;
import dev.faultline.harness.system.PeerRouting;
import dev.faultline.harness.system.SystemUnderTest;
import dev.faultline.nemeses.Link;
import dev.faultline.nemeses.LinkState;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * Links that lead through proxies in the harness: nodes dial the proxies at their network's
 * gateway, and the proxies dial the nodes.
 */
final class GatewayLinks implements DockerLinks {

  private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(1);

  private final SystemUnderTest system;
  private final ProxiedLinks proxies;
  private final Map<String, Pod> pods;
  private final int peerPort;
  private final Reach reach;

  GatewayLinks(
      SystemUnderTest system,
      ProxiedLinks proxies,
      Map<String, Pod> pods,
      int peerPort,
      Reach reach) {
    this.system = system;
    this.proxies = proxies;
    this.pods = Map.copyOf(pods);
    this.peerPort = peerPort;
    this.reach = reach;
  }

  @Override
  public Map<String, InetSocketAddress> dialledBy(String node) {
    Map<String, InetSocketAddress> dialled = new LinkedHashMap<>();
    proxies
        .dialledBy(node)
        .forEach((peer, address) ->
            dialled.put(
                peer,
                system.peerRouting() == PeerRouting.SOCKS
                    ? InetSocketAddress.createUnresolved(address.getHostString(), peerPort)
                    : peer.equals(node) ? own(node) : reach.seenFromInside(address)));
    return dialled;
  }

  private InetSocketAddress own(String node) {
    Pod pod = pods.get(node);
    if (pod == null) {
      throw new IllegalArgumentException("there is no node '" + node + "'");
    }
    return new InetSocketAddress(pod.address(), peerPort);
  }

  @Override
  public Optional<InetSocketAddress> socksOf(String node) {
    return proxies.socksOf(node).map(reach::seenFromInside);
  }

  @Override
  public CompletionStage<Long> shape(Map<Link, LinkState> states) {
    return proxies.shape(states);
  }

  @Override
  public CompletionStage<Long> probe(Link link, int payloadBytes) {
    return system.probePeer(proxies.listenAddress(link), payloadBytes, PROBE_TIMEOUT);
  }

  @Override
  public Set<Link> probePath(Link link) {
    return proxies.probePath(link);
  }

  @Override
  public void close() {
    proxies.close();
  }
}

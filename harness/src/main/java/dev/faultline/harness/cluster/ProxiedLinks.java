package dev.faultline.harness.cluster;

import dev.faultline.harness.system.PeerRouting;
import dev.faultline.nemeses.Link;
import dev.faultline.nemeses.LinkState;
import dev.faultline.nemeses.proxy.Carriage;
import dev.faultline.nemeses.proxy.LinkProxies;
import dev.faultline.nemeses.proxy.ProxySite;
import dev.faultline.nemeses.proxy.SocksFront;
import dev.faultline.nemeses.proxy.ToxiproxyServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The links of a cluster: a proxy for each directed pair of nodes, in an embedded server that is
 * driven through its HTTP API as a real Toxiproxy would be; and before them, for a system whose
 * nodes all know a peer by the same name, a SOCKS5 front for each node. Safe for use by several
 * threads.
 *
 * <p>Proxies and fronts listen all the time, so it does no harm that the operating system chose
 * their ports.
 */
public final class ProxiedLinks implements AutoCloseable {

  /** Reserved by RFC 2606, so that nobody can own such a name; it never needs to resolve. */
  private static final String DOMAIN = ".test";

  private static final Duration UP_WITHIN = Duration.ofSeconds(20);

  private final PeerRouting routing;
  private final Map<String, InetSocketAddress> peers;
  private final ToxiproxyServer server;
  private final LinkProxies proxies;
  private final Map<Link, InetSocketAddress> listening;
  private final Map<String, SocksFront> fronts = new LinkedHashMap<>();

  private ProxiedLinks(
      PeerRouting routing,
      Map<String, InetSocketAddress> peers,
      ToxiproxyServer server,
      LinkProxies proxies,
      Map<Link, InetSocketAddress> listening) {
    this.routing = routing;
    this.peers = new LinkedHashMap<>(peers);
    this.server = server;
    this.proxies = proxies;
    this.listening = Map.copyOf(listening);
  }

  /**
   * Brings up a proxy for each link.
   *
   * @param routing how the system's nodes find their peers
   * @param peers where each node listens for its peers, as seen from here
   * @param host the local address on which proxies and fronts listen; the nodes must reach it
   * @param seed what the random moments of stalls and resets come from
   */
  public static ProxiedLinks create(
      PeerRouting routing, Map<String, InetSocketAddress> peers, String host, long seed)
      throws IOException {
    if (routing == PeerRouting.DIRECT) {
      throw new IllegalArgumentException("nodes that dial one another directly pass no proxy");
    }
    ToxiproxyServer server = ToxiproxyServer.start(0);
    LinkProxies proxies = null;
    try {
      proxies =
          new LinkProxies(
              new ProxySite(server.host(), server.port(), host, host, List.of()),
              routing == PeerRouting.SOCKS ? Carriage.EITHER_DIALS : Carriage.SENDER_DIALS,
              seed);
      Map<Link, InetSocketAddress> listening =
          proxies
              .create(upstreams(peers))
              .toCompletableFuture()
              .orTimeout(UP_WITHIN.toSeconds(), TimeUnit.SECONDS)
              .join();
      ProxiedLinks links = new ProxiedLinks(routing, peers, server, proxies, listening);
      links.openFronts(host);
      return links;
    } catch (CompletionException e) {
      closeAll(server, proxies);
      throw new IOException("the link proxies could not be started", e.getCause());
    } catch (IOException e) {
      closeAll(server, proxies);
      throw e;
    }
  }

  private static void closeAll(ToxiproxyServer server, @Nullable LinkProxies proxies) {
    if (proxies != null) {
      proxies.close();
    }
    server.close();
  }

  private static Map<Link, InetSocketAddress> upstreams(Map<String, InetSocketAddress> peers) {
    Map<Link, InetSocketAddress> upstreams = new LinkedHashMap<>();
    for (String from : peers.keySet()) {
      peers.forEach((to, address) -> {
        if (!from.equals(to)) {
          upstreams.put(new Link(from, to), address);
        }
      });
    }
    return upstreams;
  }

  private void openFronts(String host) throws IOException {
    if (routing != PeerRouting.SOCKS) {
      return;
    }
    try {
      for (String node : peers.keySet()) {
        fronts.put(
            node,
            SocksFront.start(
                new InetSocketAddress(host, 0), destination -> route(node, destination.host())));
      }
    } catch (IOException e) {
      fronts.values().forEach(SocksFront::close);
      throw e;
    }
  }

  /** A node's own name leads to itself: some systems look themselves up. */
  private Optional<InetSocketAddress> route(String from, String host) {
    String to = host.endsWith(DOMAIN) ? host.substring(0, host.length() - DOMAIN.length()) : host;
    return from.equals(to)
        ? Optional.ofNullable(peers.get(to))
        : Optional.ofNullable(listening.get(new Link(from, to)));
  }

  /**
   * Returns the address at which {@code node} is to dial each node of the cluster, itself included.
   */
  public Map<String, InetSocketAddress> dialledBy(String node) {
    Map<String, InetSocketAddress> dialled = new LinkedHashMap<>();
    peers.forEach((peer, address) ->
        dialled.put(
            peer,
            routing == PeerRouting.SOCKS
                ? InetSocketAddress.createUnresolved(peer + DOMAIN, address.getPort())
                : peer.equals(node) ? address : listenAddress(new Link(node, peer))));
    return dialled;
  }

  /** Returns the SOCKS5 front of {@code node}, if the system needs one. */
  public Optional<InetSocketAddress> socksOf(String node) {
    return Optional.ofNullable(fronts.get(node)).map(SocksFront::address);
  }

  /** Returns where {@code link}'s proxy listens. */
  public InetSocketAddress listenAddress(Link link) {
    InetSocketAddress address = listening.get(link);
    if (address == null) {
      throw new IllegalArgumentException("there is no link " + link);
    }
    return address;
  }

  /**
   * Returns the links that a request and its answer over the connections of {@code link}'s proxy
   * depend on.
   */
  public Set<Link> probePath(Link link) {
    return routing == PeerRouting.SOCKS
        ? Set.of(link, new Link(link.to(), link.from()))
        : Set.of(link);
  }

  /** See {@link LinkProxies#shape}. */
  public CompletionStage<Long> shape(Map<Link, LinkState> states) {
    return proxies.shape(states);
  }

  @Override
  public void close() {
    fronts.values().forEach(SocksFront::close);
    proxies.close();
    server.close();
  }
}

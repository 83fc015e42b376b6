package dev.faultline.harness.process;

import dev.faultline.nemeses.Link;
import dev.faultline.nemeses.LinkState;
import dev.faultline.nemeses.proxy.Carriage;
import dev.faultline.nemeses.proxy.LinkProxies;
import dev.faultline.nemeses.proxy.ProxySite;
import dev.faultline.nemeses.proxy.ToxiproxyServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * The links of a cluster of processes: a proxy for each directed pair, in an embedded server that
 * is driven through its HTTP API as a real Toxiproxy would be.
 *
 * <p>The proxies listen all the time, so it does no harm that the operating system chose their
 * ports.
 */
final class ProxiedLinks implements AutoCloseable {

  private static final Duration UP_WITHIN = Duration.ofSeconds(20);

  private final ToxiproxyServer server;
  private final LinkProxies proxies;
  private final Map<Link, InetSocketAddress> listening;

  private ProxiedLinks(
      ToxiproxyServer server, LinkProxies proxies, Map<Link, InetSocketAddress> listening) {
    this.server = server;
    this.proxies = proxies;
    this.listening = Map.copyOf(listening);
  }

  /**
   * Brings up a proxy for each link.
   *
   * @param upstreams where each link's receiver listens
   * @param seed what the random moments of stalls and resets come from
   */
  static ProxiedLinks create(Map<Link, InetSocketAddress> upstreams, long seed) throws IOException {
    ToxiproxyServer server = ToxiproxyServer.start(0);
    try {
      LinkProxies proxies = new LinkProxies(ProxySite.local(server), Carriage.SENDER_DIALS, seed);
      Map<Link, InetSocketAddress> listening =
          proxies
              .create(upstreams)
              .toCompletableFuture()
              .orTimeout(UP_WITHIN.toSeconds(), TimeUnit.SECONDS)
              .join();
      return new ProxiedLinks(server, proxies, listening);
    } catch (CompletionException e) {
      server.close();
      throw new IOException("the link proxies could not be started", e.getCause());
    }
  }

  /** Returns where {@code link}'s sender has to dial. */
  InetSocketAddress listenAddress(Link link) {
    InetSocketAddress address = listening.get(link);
    if (address == null) {
      throw new IllegalArgumentException("there is no link " + link);
    }
    return address;
  }

  /** See {@link LinkProxies#shape}. */
  CompletionStage<Long> shape(Map<Link, LinkState> states) {
    return proxies.shape(states);
  }

  @Override
  public void close() {
    proxies.close();
    server.close();
  }
}

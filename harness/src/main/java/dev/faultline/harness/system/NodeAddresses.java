package dev.faultline.harness.system;

import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;

/**
 * Where a node lives, as the node itself sees it.
 *
 * <p>Where it listens need not be where it is reached: a container listens on every address that it
 * has, for it may be started while its network is taken away, and then cannot bind the address at
 * which others will reach it.
 *
 * @param node its name
 * @param client where it listens for clients
 * @param peer where it listens for its peers
 * @param metrics where it listens for those who want {@code /health} and {@code /metrics}
 * @param advertisedClient where its clients are to dial it
 * @param peers where each node of the cluster, itself included, is to be dialled: a link proxy, or
 *     with a SOCKS5 proxy an {@linkplain InetSocketAddress#isUnresolved unresolved} name
 * @param socks the SOCKS5 proxy through which peers are to be dialled, if there is one
 * @param dataDirectory the directory that is its own, kept from start to start
 */
public record NodeAddresses(
    String node,
    InetSocketAddress client,
    InetSocketAddress peer,
    InetSocketAddress metrics,
    InetSocketAddress advertisedClient,
    Map<String, InetSocketAddress> peers,
    Optional<InetSocketAddress> socks,
    String dataDirectory) {

  /** Returns {@code address} as a host and a port with a colon between. */
  public static String text(InetSocketAddress address) {
    return (address.isUnresolved()
            ? address.getHostString()
            : address.getAddress().getHostAddress())
        + ":"
        + address.getPort();
  }

  /** Returns where this node itself is to be dialled by its peers. */
  public InetSocketAddress advertised() {
    InetSocketAddress own = peers.get(node);
    if (own == null) {
      throw new IllegalStateException(node + " is not among its cluster's nodes");
    }
    return own;
  }
}

package dev.faultline.nemeses.proxy;

import java.util.List;

/**
 * Where a server of proxies is, seen from this process, from itself, and from those who dial.
 *
 * @param apiHost where its API is reached from here
 * @param apiPort the port at which its API is reached from here
 * @param listenHost the address on which its proxies are to listen, as the server sees it; {@code
 *     0.0.0.0} for all
 * @param dialHost the name or address at which diallers reach the proxies; a name is not looked up
 * @param ports the ports that proxies are to listen on, one for each, taken in this order; empty
 *     for whichever are free. A Toxiproxy in a container publishes only ports known beforehand
 */
public record ProxySite(
    String apiHost, int apiPort, String listenHost, String dialHost, List<Integer> ports) {

  public ProxySite {
    ports = List.copyOf(ports);
  }

  /** Returns the site of a server on this host, whose proxies listen on the loopback address. */
  public static ProxySite local(ToxiproxyServer server) {
    return new ProxySite(server.host(), server.port(), "127.0.0.1", "127.0.0.1", List.of());
  }
}

package dev.faultline.harness.docker;

import dev.faultline.harness.process.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * How the harness and containers reach one another.
 *
 * <p>On Linux containers are reached at their own addresses, which stay the same over every kill
 * and restart, and reach the harness at their network's gateway. Elsewhere the engine runs in a
 * virtual machine: containers' ports are published, at fixed numbers because the engine would draw
 * new ones at each start, and the host has a name of the engine's.
 */
final class Reach {

  /** Set to {@code published} to reach containers through published ports on Linux too. */
  private static final String OVERRIDE = "FAULTLINE_DOCKER_PORTS";

  private static final String HOST_FROM_INSIDE = "host.docker.internal";
  private static final String LOOPBACK = "127.0.0.1";

  private final boolean linux;
  private final boolean publishes;
  private final Ports ports;

  private Reach(boolean linux, boolean publishes, Ports ports) {
    this.linux = linux;
    this.publishes = publishes;
    this.ports = ports;
  }

  /** Finds out how it is on this machine. */
  static Reach ofThisMachine(RandomGenerator random) {
    boolean linux = System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux");
    return new Reach(
        linux, !linux || "published".equals(System.getenv(OVERRIDE)), new Ports(random));
  }

  /** Returns the ports outside at which a pod's ports are to be published; none on Linux. */
  synchronized Map<Integer, Integer> publish(List<Integer> inside) throws IOException {
    Map<Integer, Integer> published = new LinkedHashMap<>();
    if (publishes) {
      for (int port : inside) {
        published.put(port, ports.next());
      }
    }
    return published;
  }

  /** Returns where the harness reaches {@code port} of the pod at {@code address}. */
  InetSocketAddress seenFromHere(String address, int port, Map<Integer, Integer> published) {
    Integer outside = published.get(port);
    return outside == null
        ? new InetSocketAddress(address, port)
        : new InetSocketAddress(InetAddress.getLoopbackAddress(), outside);
  }

  /** Returns the local address on which proxies for containers are to listen. */
  String proxyHost(String gateway) {
    return linux ? gateway : LOOPBACK;
  }

  /** Returns where a container reaches what listens at {@code address} on this machine. */
  InetSocketAddress seenFromInside(InetSocketAddress address) {
    return linux
        ? address
        : InetSocketAddress.createUnresolved(HOST_FROM_INSIDE, address.getPort());
  }
}

package dev.faultline.harness.system;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Where the nodes of an imagined cluster live. */
final class Nodes {

  private Nodes() {}

  /** The second of three nodes, which are dialled at ports 5001 to 5003. */
  static NodeAddresses second(Optional<InetSocketAddress> socks) {
    Map<String, InetSocketAddress> peers = new LinkedHashMap<>();
    for (int i = 1; i <= 3; i++) {
      peers.put("n" + i, at(5000 + i));
    }
    return new NodeAddresses(
        "n2", at(4001), at(4002), at(4003), at(6001), peers, socks, "/data/n2");
  }

  static InetSocketAddress at(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }
}

package dev.faultline.raft.transport;

import dev.faultline.raft.core.NodeId;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;

/**
 * Where a node listens, whom it dials, and how patient it is.
 *
 * @param self the node
 * @param clusterId names the cluster; connections between different ones are refused
 * @param listen where peers reach this node; port 0 takes any free one
 * @param peers the other members and the addresses that this node dials to reach them, which may be
 *     those of link proxies. A name is resolved anew for every attempt.
 */
public record TransportConfig(
    NodeId self,
    long clusterId,
    InetSocketAddress listen,
    Map<NodeId, InetSocketAddress> peers,
    Timing timing) {

  public TransportConfig {
    peers = Map.copyOf(peers);
    if (peers.containsKey(self)) {
      throw new IllegalArgumentException("peers name " + self + ", the node itself");
    }
  }

  /** As above, with the standard timing. */
  public TransportConfig(
      NodeId self, long clusterId, InetSocketAddress listen, Map<NodeId, InetSocketAddress> peers) {
    this(self, clusterId, listen, peers, Timing.STANDARD);
  }

  /**
   * How patient a link is.
   *
   * @param ping how often a dialler pings
   * @param silence after how long without an answer it gives a connection up
   * @param connect how long it waits for a connection; short, since when packets are dropped only a
   *     fresh attempt finds out soon that they no longer are
   * @param retry how long it waits between attempts
   * @param messageAge how old a message may be when it is sent
   */
  public record Timing(
      Duration ping, Duration silence, Duration connect, Duration retry, Duration messageAge) {

    static final Timing STANDARD =
        new Timing(
            Duration.ofMillis(100),
            Duration.ofSeconds(2),
            Duration.ofMillis(300),
            Duration.ofMillis(50),
            Duration.ofSeconds(1));
  }
}

package dev.faultline.raft.transport;

import dev.faultline.raft.core.Message;
import dev.faultline.raft.core.NodeId;
import dev.faultline.raft.metrics.Histogram;
import dev.faultline.raft.metrics.Metrics;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;

/** A node's connections with its peers. Thread-safe. The package's page describes the protocol. */
public final class PeerTransport implements AutoCloseable {

  private static final double FIRST_ROUND_TRIP_BOUND_SECONDS = 0.0001;
  private static final int ROUND_TRIP_BOUNDS = 16;

  private final PeerAcceptor acceptor;
  private final Map<NodeId, PeerLink> links = new LinkedHashMap<>();

  /**
   * Begins to listen. Nothing is accepted or dialled before {@link #start}.
   *
   * @param metrics gets the round-trip times and the counts of dropped messages
   * @param handler takes what arrives
   * @throws java.net.BindException if the address is taken
   */
  public PeerTransport(TransportConfig config, Metrics metrics, MessageHandler handler)
      throws IOException {
    this.acceptor = new PeerAcceptor(config, handler);
    for (NodeId peer : new TreeSet<>(config.peers().keySet())) {
      Map<String, String> to = Map.of("To", peer.name());
      var roundTrips =
          metrics.histogram(
              "etcd_network_peer_round_trip_time_seconds",
              "Round-Trip-Time histogram between peers",
              to,
              Histogram.exponentialBounds(FIRST_ROUND_TRIP_BOUND_SECONDS, 2, ROUND_TRIP_BOUNDS));
      var dropped =
          metrics.counter(
              "etcd_network_peer_sent_failures_total",
              "The total number of send failures to peers.",
              to);
      links.put(peer, new PeerLink(config, peer, roundTrips, dropped));
    }
  }

  /** Begins to accept and to dial. */
  public void start() {
    acceptor.start();
    links.values().forEach(PeerLink::start);
  }

  /** Returns where this node listens. */
  public InetSocketAddress localAddress() {
    return acceptor.localAddress();
  }

  /**
   * Sends {@code message} if that is possible at the moment. Never waits.
   *
   * @throws IllegalArgumentException if {@code to} is no peer
   */
  public void send(NodeId to, Message message) {
    PeerLink link = links.get(to);
    if (link == null) {
      throw new IllegalArgumentException(to + " is no peer");
    }
    link.send(message);
  }

  /** Closes every connection. Messages that are being handled may still be. Idempotent. */
  @Override
  public void close() throws IOException {
    links.values().forEach(PeerLink::close);
    acceptor.close();
  }
}

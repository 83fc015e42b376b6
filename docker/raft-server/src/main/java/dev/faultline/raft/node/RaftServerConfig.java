package dev.faultline.raft.node;

import dev.faultline.raft.core.Configuration;
import dev.faultline.raft.core.NodeId;
import dev.faultline.raft.core.RaftConfig;
import dev.faultline.raft.transport.TransportConfig;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;

/**
 * What a node needs to know to run.
 *
 * @param self the node
 * @param clusterId names the cluster; nodes of different clusters do not talk to each other
 * @param dataDirectory where its log lies; made if it is not there
 * @param peerListen where its peers reach it
 * @param peers the other members and the addresses at which this node dials them; may be those of
 *     link proxies
 */
public record RaftServerConfig(
    NodeId self,
    long clusterId,
    Path dataDirectory,
    InetSocketAddress peerListen,
    Map<NodeId, InetSocketAddress> peers,
    RaftConfig raft) {

  public RaftServerConfig {
    peers = Map.copyOf(peers);
  }

  /** Returns the members: the node and its peers. */
  public Configuration configuration() {
    var voters = new TreeSet<>(peers.keySet());
    voters.add(self);
    return new Configuration(voters);
  }

  TransportConfig transport() {
    return new TransportConfig(self, clusterId, peerListen, peers);
  }
}

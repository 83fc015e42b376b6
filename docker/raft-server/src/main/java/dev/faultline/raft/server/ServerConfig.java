package dev.faultline.raft.server;

import ch.qos.logback.classic.Level;
import dev.faultline.raft.core.NodeId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the process was told, checked.
 *
 * @param listenMetrics where health and metrics are served, or null for nowhere
 * @param members where this node reaches each member, itself included; possibly through proxies, so
 *     that these addresses differ from node to node
 * @param clientAddresses where clients reach the members, as far as it is known
 * @param clusterToken tells this cluster from others: nodes of different tokens do not talk
 * @param deviation the known bug that the server shows on purpose, or null for a sound server
 * @param exitWithStdin whether the process ends when its standard input does
 */
record ServerConfig(
    NodeId self,
    Path dataDir,
    HostPort listenClient,
    HostPort listenPeer,
    @Nullable HostPort listenMetrics,
    SortedMap<NodeId, HostPort> members,
    SortedMap<NodeId, HostPort> clientAddresses,
    String clusterToken,
    Duration heartbeat,
    Duration electionTimeout,
    @Nullable String deviation,
    boolean exitWithStdin,
    Level logLevel) {

  /** As etcd demands: a lost heartbeat or two must not be an election. */
  private static final int MIN_HEARTBEATS_PER_ELECTION = 5;

  private static final Duration MAX_ELECTION_TIMEOUT = Duration.ofSeconds(50);

  ServerConfig {
    members = Collections.unmodifiableSortedMap(new TreeMap<>(members));
    clientAddresses = Collections.unmodifiableSortedMap(new TreeMap<>(clientAddresses));
  }

  /** Returns this configuration if its parts fit together. */
  ServerConfig checked() throws ConfigException {
    if (!members.containsKey(self)) {
      throw new ConfigException(
          "--name " + self + " is not in --initial-cluster, which has " + members.keySet());
    }
    if (!heartbeat.isPositive()) {
      throw new ConfigException("--heartbeat-interval must be at least 1 ms");
    }
    if (electionTimeout.compareTo(heartbeat.multipliedBy(MIN_HEARTBEATS_PER_ELECTION)) < 0) {
      throw new ConfigException(
          "--election-timeout (%d ms) must be at least %d times --heartbeat-interval (%d ms)"
              .formatted(
                  electionTimeout.toMillis(), MIN_HEARTBEATS_PER_ELECTION, heartbeat.toMillis()));
    }
    if (electionTimeout.compareTo(MAX_ELECTION_TIMEOUT) > 0) {
      throw new ConfigException(
          "--election-timeout must be at most " + MAX_ELECTION_TIMEOUT.toMillis() + " ms");
    }
    return this;
  }
}

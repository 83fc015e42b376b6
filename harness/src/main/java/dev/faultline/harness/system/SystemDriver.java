package dev.faultline.harness.system;

import dev.faultline.workloads.client.ClientFactory;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;

/**
 * How a system is spoken to, and nothing of how it is started: the smallest class that a user needs
 * for a system whose protocol is not known here. It is named in a {@linkplain SystemFile system
 * file} as {@code client}, is public, and has a public constructor without parameters.
 * Implementations are immutable and safe for several threads.
 */
public interface SystemDriver {

  /**
   * Returns clients of the nodes at {@code endpoints}, each of whose calls is over after {@code
   * timeout}.
   */
  ClientFactory clients(Map<String, InetSocketAddress> endpoints, Duration timeout);

  /**
   * Tells whether nodes say who leads and what they have applied. Where they do not, faults cannot
   * be aimed at a leader, a cluster is taken to be up when every node is healthy, and to have
   * recovered when a write was answered through every node.
   */
  default boolean tellsStatus() {
    return false;
  }

  /**
   * Returns whatever asks nodes how they stand. Called only where {@link #tellsStatus} is true.
   *
   * @param endpoints where each node serves clients
   */
  default SystemUnderTest.StatusProbe statusProbe(Map<String, InetSocketAddress> endpoints) {
    throw new UnsupportedOperationException("this system's nodes do not tell how they stand");
  }
}

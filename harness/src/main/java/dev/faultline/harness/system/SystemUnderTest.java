package dev.faultline.harness.system;

import dev.faultline.harness.EnvironmentException;
import dev.faultline.nemeses.NodeStatus;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A replicated system that can be tested: how a node is started, how it is asked how it stands, and
 * how clients speak to it. Implementations are found by {@link java.util.ServiceLoader}, or read
 * from a {@linkplain SystemFile file}; they are immutable and safe for several threads.
 */
public interface SystemUnderTest extends SystemDriver {

  /** Returns the name by which users choose this system, such as {@code raft}. */
  String name();

  /** Returns one line that says what this is. */
  String description();

  /** Returns the known bugs that can be switched on in it; usually none. */
  default List<KnownBug> deviations() {
    return List.of();
  }

  /**
   * A known bug that a system can be started with, to see whether the harness catches it.
   *
   * @param name what it is switched on by
   * @param summary what it does, in a sentence
   */
  record KnownBug(String name, String summary) {}

  /**
   * Returns what else distinguishes this system from others it may be compared with, by name, such
   * as a memory limit.
   */
  default Map<String, String> facts() {
    return Map.of();
  }

  /**
   * Tells whether a node that ends with {@code exitCode} says that this machine could not give it
   * what it needs, such as a port; it is then not the system that is to blame.
   */
  default boolean blamesTheMachine(int exitCode) {
    return false;
  }

  /** Returns how a node finds its peers. */
  PeerRouting peerRouting();

  /**
   * Returns how a node is started as a process in the foreground. Where the operating system can
   * end a process with its parent the process need not see to that itself.
   *
   * @throws EnvironmentException if the program is not on this machine; says how to get it
   */
  Launch process(NodeAddresses node, SystemOptions options) throws EnvironmentException;

  /** Returns the image of a node's container; empty if there is none. */
  Optional<ContainerImage> image(SystemOptions options);

  /** Returns how a node's container is started: the arguments of its image's entry point. */
  Launch container(NodeAddresses node, SystemOptions options);

  /** Tells whether a node serves {@code /metrics}. */
  default boolean servesMetrics() {
    return true;
  }

  @Override
  default boolean tellsStatus() {
    return true;
  }

  @Override
  StatusProbe statusProbe(Map<String, InetSocketAddress> endpoints);

  /**
   * Looks whether a node is fit to serve, which is asked before a run begins, beside its status
   * where it tells that; completes exceptionally with what is wrong, or without an answer within
   * {@code timeout}. Unless a system knows better, its status says enough.
   *
   * @param client where the node serves clients
   * @param metrics where it serves metrics, if it does
   */
  default CompletionStage<Void> checkHealth(
      InetSocketAddress client, Optional<InetSocketAddress> metrics, Duration timeout) {
    return CompletableFuture.completedFuture(null);
  }

  /**
   * Sends a probe to the peer port behind {@code address}, which may be a link proxy's; completes
   * with the round trip in nanoseconds, or exceptionally without an answer within {@code timeout}.
   *
   * @param payloadBytes how much the probe carries, all of which the peer reads before it answers;
   *     0 for as little as can be
   */
  CompletionStage<Long> probePeer(InetSocketAddress address, int payloadBytes, Duration timeout);

  /** Asks nodes how they stand. Safe for use by several threads; nothing blocks. */
  interface StatusProbe extends AutoCloseable {

    /**
     * Asks {@code node} over a fresh connection; exceptionally without an answer within {@code
     * timeout}.
     */
    CompletionStage<NodeStatus> status(String node, Duration timeout);

    /**
     * Asks {@code node} which version of its system it runs; empty if it does not tell,
     * exceptionally without an answer within {@code timeout}.
     */
    default CompletionStage<Optional<String>> version(String node, Duration timeout) {
      return CompletableFuture.completedFuture(Optional.empty());
    }

    @Override
    void close();
  }
}

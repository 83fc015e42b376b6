package dev.faultline.harness.docker;

import dev.faultline.nemeses.Link;
import dev.faultline.nemeses.LinkState;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** What stands in the links of a cluster of containers. Safe for use by several threads. */
interface DockerLinks extends AutoCloseable {

  /** Returns the address at which {@code node} is to dial each node, itself included. */
  Map<String, InetSocketAddress> dialledBy(String node);

  /** Returns the SOCKS5 front of {@code node}, if the system needs one. */
  Optional<InetSocketAddress> socksOf(String node);

  /** See {@link dev.faultline.nemeses.Cluster#shapeLinks}. */
  CompletionStage<Long> shape(Map<Link, LinkState> states);

  /** See {@link dev.faultline.nemeses.Cluster#probe}. */
  CompletionStage<Long> probe(Link link, int payloadBytes);

  /** See {@link dev.faultline.nemeses.Cluster#probePath}. */
  Set<Link> probePath(Link link);

  /** Takes away what was made for the links; what the engine's containers hold goes with them. */
  @Override
  void close();
}

package dev.faultline.harness.docker;

import dev.faultline.nemeses.Link;
import dev.faultline.nemeses.LinkState;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * Links that packets pass or do not pass. Nodes dial one another directly.
 *
 * <p>When a link is healed the connections that had waited in vain are reset: else TCP would send
 * again only after a back-off about as long as the cut had lasted.
 */
final class FilteredLinks implements DockerLinks {

  private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(1);
  private static final Duration CLEANSE_WITHIN = Duration.ofSeconds(3);

  private final PacketFilter filter;
  private final Map<String, InetSocketAddress> peers;
  private final Map<String, LinkAgent> agents;
  private final Executor workers;

  // Guarded by this.
  private Map<Link, LinkState> shaped = Map.of();
  private CompletableFuture<?> lastEdit = CompletableFuture.completedFuture(null);

  /**
   * Makes links between {@code peers}.
   *
   * @param filter installed already
   * @param peers where each node listens for its peers, on the network of the nodes
   * @param agents the agent in each node's network namespace
   * @param workers where calls that block are made
   */
  FilteredLinks(
      PacketFilter filter,
      Map<String, InetSocketAddress> peers,
      Map<String, LinkAgent> agents,
      Executor workers) {
    this.filter = filter;
    this.peers = new LinkedHashMap<>(peers);
    this.agents = Map.copyOf(agents);
    this.workers = workers;
  }

  @Override
  public Map<String, InetSocketAddress> dialledBy(String node) {
    return new LinkedHashMap<>(peers);
  }

  @Override
  public Optional<InetSocketAddress> socksOf(String node) {
    return Optional.empty();
  }

  /**
   * All links change in one transaction, so that there is no time between the first and the last.
   * The next change waits for this transaction, not for the connections to be reset, which takes
   * seconds where an agent is silent.
   */
  @Override
  public synchronized CompletionStage<Long> shape(Map<Link, LinkState> states) {
    Map<Link, LinkState> wanted = Map.copyOf(states);
    CompletableFuture<Set<Link>> edit =
        lastEdit.handle((_, _) -> wanted).thenApplyAsync(this::shapeNow, workers);
    lastEdit = edit;
    return edit.thenCompose(this::cleanse).minimalCompletionStage();
  }

  /** Returns the links that were cut and no longer are. */
  private Set<Link> shapeNow(Map<Link, LinkState> wanted) {
    try {
      filter.shape(wanted);
    } catch (IOException e) {
      throw new CompletionException(e.getMessage(), e);
    }
    Map<Link, LinkState> before;
    synchronized (this) {
      before = shaped;
      shaped = wanted;
    }
    Set<Link> healed = new HashSet<>();
    before.forEach((link, state) -> {
      if (state.cut() && !wanted.getOrDefault(link, LinkState.HEALTHY).cut()) {
        healed.add(link);
      }
    });
    return healed;
  }

  /**
   * Connections of other links are left alone. A node whose agent does not answer, because it is
   * unplugged, has nothing to be cleansed.
   */
  private CompletionStage<Long> cleanse(Set<Link> healed) {
    Set<Link> ends = new HashSet<>(healed);
    healed.forEach(link -> ends.add(link.reverse()));
    CompletableFuture<?>[] cleansed =
        ends.stream()
            .map(end ->
                agent(end.from())
                    .cleanse(peer(end.to()), CLEANSE_WITHIN)
                    .exceptionally(_ -> null)
                    .toCompletableFuture())
            .toArray(CompletableFuture<?>[]::new);
    return CompletableFuture.allOf(cleansed).thenApply(_ -> 0L);
  }

  /** A connection takes packets of both directions, whatever it carries. */
  @Override
  public Set<Link> probePath(Link link) {
    return Set.of(link, link.reverse());
  }

  @Override
  public CompletionStage<Long> probe(Link link, int payloadBytes) {
    return agent(link.from()).probe(peer(link.to()), PROBE_TIMEOUT);
  }

  private LinkAgent agent(String node) {
    LinkAgent agent = agents.get(node);
    if (agent == null) {
      throw new IllegalArgumentException("there is no node '" + node + "'");
    }
    return agent;
  }

  private InetSocketAddress peer(String node) {
    InetSocketAddress peer = peers.get(node);
    if (peer == null) {
      throw new IllegalArgumentException("there is no node '" + node + "'");
    }
    return peer;
  }

  /** The filter goes with everything else of the run; see {@link DockerSweeper}. */
  @Override
  public void close() {}
}

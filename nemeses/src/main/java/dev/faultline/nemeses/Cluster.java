package dev.faultline.nemeses;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A cluster as far as it can be broken, asked and mended.
 *
 * <p>No method blocks or sleeps; stages complete on any thread. A stage that completes
 * exceptionally means that the act could not be carried out; the message says why. Every act is
 * idempotent. Callers put deadlines of their own on every stage.
 */
public interface Cluster {

  /** Returns the names of all nodes, in a fixed order. */
  List<String> nodes();

  /** Returns what can be done to this cluster. */
  Set<Capability> capabilities();

  /** Kills {@code node} at once, as a power cut of its process would. Completes when it is gone. */
  CompletionStage<Void> kill(String node);

  /**
   * Starts {@code node} with the data that it has. Completes when its process runs, which is before
   * it is ready.
   */
  CompletionStage<Void> start(String node);

  /** Stops {@code node} in its tracks. Completes when it was observed to be stopped. */
  CompletionStage<Void> pause(String node);

  /** Lets a paused {@code node} go on. */
  CompletionStage<Void> resume(String node);

  /**
   * Brings every link into the given state; links that are not named become {@link
   * LinkState#HEALTHY}. As near to one act as can be: the result is the time between the first
   * link's change and the last's, in nanoseconds.
   */
  CompletionStage<Long> shapeLinks(Map<Link, LinkState> states);

  /** Returns the condition that {@code node}'s process is in, observed now. */
  CompletionStage<NodeCondition> condition(String node);

  /** Asks {@code node} how it stands, over a fresh connection. */
  CompletionStage<NodeStatus> status(String node);

  /**
   * Sends a probe over {@code link}, on the path that peer messages take. The result is the round
   * trip in nanoseconds; a probe that got no answer completes exceptionally.
   *
   * @param payloadBytes how much the probe is to carry in the link's direction, all of which the
   *     far side reads before it answers; 0 for as little as can be
   */
  CompletionStage<Long> probe(Link link, int payloadBytes);

  /**
   * Returns the links whose state a probe of {@code link} depends on. Only {@code link} where the
   * answer comes back on a way that no fault of links touches; the way back too where it does.
   */
  default Set<Link> probePath(Link link) {
    return Set.of(link);
  }

  /**
   * Unplugs {@code node} from its network: neither peers nor clients reach it, nor it them, and its
   * process, whatever condition it is in, goes on. Outlasts a kill and a start of the node.
   *
   * @throws UnsupportedOperationException in the stage, unless the cluster declares {@link
   *     Capability#DISCONNECT}
   */
  default CompletionStage<Void> unplug(String node) {
    return CompletableFuture.failedFuture(
        new UnsupportedOperationException("this cluster cannot unplug " + node));
  }

  /**
   * Plugs {@code node} in again.
   *
   * @throws UnsupportedOperationException in the stage, unless the cluster declares {@link
   *     Capability#DISCONNECT}
   */
  default CompletionStage<Void> plugIn(String node) {
    return CompletableFuture.failedFuture(
        new UnsupportedOperationException("this cluster cannot plug in " + node));
  }
}

package dev.faultline.raft.core;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.BiPredicate;

/**
 * The links of a local group. By default every message arrives after a fixed time, in order.
 *
 * <p>A link is directed: cutting n1 to n2 leaves n2 to n1 as it is. A cut takes what is under way
 * too.
 */
public final class LocalNetwork {

  /** A directed link. */
  public record Link(NodeId from, NodeId to) {}

  private final SplittableRandom random;
  private final Set<Link> cuts = new HashSet<>();
  private final Map<Link, Long> lastArrival = new HashMap<>();
  private BiPredicate<Link, Message> firewall = (link, message) -> false;
  private double lossRate;
  private double duplicationRate;
  private boolean reorders;
  private long minLatencyNanos = 1_000_000;
  private long maxLatencyNanos = 1_000_000;

  LocalNetwork(SplittableRandom random) {
    this.random = random;
  }

  /** Cuts messages from one node to another. */
  public void cut(NodeId from, NodeId to) {
    cuts.add(new Link(from, to));
  }

  /** Cuts a pair of nodes off from each other. */
  public void cutBoth(NodeId one, NodeId other) {
    cut(one, other);
    cut(other, one);
  }

  /** Mends every link and lets every message pass. */
  public void heal() {
    cuts.clear();
    firewall = (link, message) -> false;
    lossRate = 0;
    duplicationRate = 0;
    reorders = false;
  }

  /** Drops the messages that {@code dropped} holds for, when they are sent. */
  public void drop(BiPredicate<Link, Message> dropped) {
    firewall = dropped;
  }

  /** Loses, repeats and reorders messages at random from now on. */
  public void disturb(double newLossRate, double newDuplicationRate, boolean newReorders) {
    lossRate = newLossRate;
    duplicationRate = newDuplicationRate;
    reorders = newReorders;
  }

  /** Draws latencies evenly from this range. */
  public void latency(long minNanos, long maxNanos) {
    minLatencyNanos = minNanos;
    maxLatencyNanos = maxNanos;
  }

  boolean isCut(NodeId from, NodeId to) {
    return cuts.contains(new Link(from, to));
  }

  /** Returns how often {@code message} arrives, should the link hold. */
  int copies(NodeId from, NodeId to, Message message) {
    if (firewall.test(new Link(from, to), message) || random.nextDouble() < lossRate) {
      return 0;
    }
    return random.nextDouble() < duplicationRate ? 2 : 1;
  }

  /** Returns when a message that is sent now arrives. */
  long arrivalNanos(NodeId from, NodeId to, long nowNanos) {
    long latencyNanos =
        minLatencyNanos == maxLatencyNanos
            ? minLatencyNanos
            : random.nextLong(minLatencyNanos, maxLatencyNanos + 1);
    if (reorders) {
      return nowNanos + latencyNanos * (random.nextInt(8) == 0 ? 20 : 1);
    }
    Link link = new Link(from, to);
    long arrival = Math.max(nowNanos + latencyNanos, lastArrival.getOrDefault(link, 0L));
    lastArrival.put(link, arrival);
    return arrival;
  }
}

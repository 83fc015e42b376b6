package dev.faultline.harness.nemesis;

import dev.faultline.nemeses.Cluster;
import dev.faultline.nemeses.Link;
import dev.faultline.nemeses.LinkState;
import dev.faultline.nemeses.NodeCondition;
import dev.faultline.nemeses.fault.ActiveFault;
import dev.faultline.nemeses.fault.ActiveFaults;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a probe can tell while these faults are active: where it would get no answer anyway it tells
 * nothing of another fault. A probe of a link depends on its whole path ({@link
 * Cluster#probePath}), the way of the answer included.
 */
final class Visibility {

  private final Cluster cluster;
  private final ActiveFaults faults;
  private final Map<Link, LinkState> states;

  Visibility(Cluster cluster, ActiveFaults faults) {
    this.cluster = cluster;
    this.faults = faults;
    this.states = faults.links();
  }

  private LinkState state(Link link) {
    return states.getOrDefault(link, LinkState.HEALTHY);
  }

  /** Should a probe of the link be answered, however late? */
  boolean answers(Link link) {
    return cluster.probePath(link).stream()
        .allMatch(on -> !state(on).cut() && faults.answers(on.from()) && faults.answers(on.to()));
  }

  /** Does nothing touch the link, on its whole path? */
  boolean untouched(Link link) {
    return answers(link) && cluster.probePath(link).stream().noneMatch(states::containsKey);
  }

  /** Would silence on the link be the work of {@code fault}? */
  boolean silencedBy(ActiveFault fault, Link link) {
    return cluster.probePath(link).stream()
        .allMatch(on ->
            (!state(on).cut() || fault.links().containsKey(on))
                && Stream.of(on.from(), on.to()).allMatch(node -> heldBy(fault, node)));
  }

  /** Runs the node, and is it off its network, if it is, by {@code fault} too? */
  private boolean heldBy(ActiveFault fault, String node) {
    return faults.condition(node) == NodeCondition.RUNNING
        && (!faults.unplugged(node) || fault.unplugged().contains(node));
  }

  /** Does the process of a node run as far as faults are concerned? */
  boolean runs(String node) {
    return faults.condition(node) == NodeCondition.RUNNING;
  }

  /** Ought a node to be in this condition? */
  boolean is(String node, NodeCondition condition) {
    return faults.condition(node) == condition;
  }

  /**
   * The least time that a probe of {@code link} must take if every link that {@code fault} touches
   * adds {@code least}, and the rest of its path what other faults add for certain.
   */
  Duration least(ActiveFault fault, Link link, Duration least) {
    Duration sum = Duration.ZERO;
    for (Link on : cluster.probePath(link)) {
      Duration certain = state(on).latency().minus(state(on).jitter());
      sum =
          sum.plus(
              fault.links().containsKey(on)
                  ? least
                  : certain.isNegative() ? Duration.ZERO : certain);
    }
    return sum;
  }
}

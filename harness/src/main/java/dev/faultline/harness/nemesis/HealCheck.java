package dev.faultline.harness.nemesis;

import dev.faultline.harness.loop.Scheduler;
import dev.faultline.nemeses.Cluster;
import dev.faultline.nemeses.Link;
import dev.faultline.nemeses.LinkState;
import dev.faultline.nemeses.NodeCondition;
import dev.faultline.nemeses.fault.ActiveFaults;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Looks whether links and nodes that a fault had touched are back, in rounds, until all are or time
 * is up. What another fault still holds is not waited for.
 */
final class HealCheck {

  private final Cluster cluster;
  private final Scheduler loop;
  private final Calls calls;
  private final Timing timing;
  private final Supplier<ActiveFaults> faults;
  private final Set<Link> links;
  private final Set<String> nodes;
  private final Set<String> exited;
  private final Consumer<List<String>> then;
  private final long deadlineNanos;
  private boolean over;

  /**
   * Creates a check.
   *
   * @param exited nodes that ended by themselves; kept up to date by its owner, and not waited for
   * @param then told what is not back; empty if all is well
   */
  HealCheck(
      Cluster cluster,
      Scheduler loop,
      Calls calls,
      Timing timing,
      Supplier<ActiveFaults> faults,
      Collection<Link> links,
      Collection<String> nodes,
      Set<String> exited,
      Consumer<List<String>> then) {
    this.cluster = cluster;
    this.loop = loop;
    this.calls = calls;
    this.timing = timing;
    this.faults = faults;
    this.links = new TreeSet<>(links);
    this.nodes = new TreeSet<>(nodes);
    this.exited = exited;
    this.then = then;
    this.deadlineNanos = loop.nowNanos() + timing.heal().toNanos();
  }

  void look() {
    if (over) {
      return;
    }
    forgive();
    boolean late = loop.nowNanos() >= deadlineNanos;
    if (late || (links.isEmpty() && nodes.isEmpty())) {
      over = true;
      List<String> missing =
          new ArrayList<>(links.stream().map(link -> link + " does not answer").toList());
      nodes.forEach(node -> missing.add(node + " is not seen to run"));
      then.accept(missing);
      return;
    }
    for (Link link : links) {
      calls.call(
          () -> cluster.probe(link, 0),
          timing.question(),
          (roundTrip, _) -> {
            if (roundTrip != null) {
              links.remove(link);
            }
          });
    }
    for (String node : nodes) {
      calls.call(
          () -> cluster.condition(node),
          timing.question(),
          (condition, _) -> {
            if (condition == NodeCondition.RUNNING) {
              nodes.remove(node);
            }
          });
    }
    loop.after(timing.gap().toNanos(), this::look);
  }

  /** Leaves out what other faults hold, and what can never come back. */
  private void forgive() {
    ActiveFaults active = faults.get();
    Map<Link, LinkState> states = active.links();
    nodes.removeIf(
        node -> exited.contains(node) || active.condition(node) != NodeCondition.RUNNING);
    links.removeIf(
        link -> states.containsKey(link) || held(link.from(), active) || held(link.to(), active));
  }

  private boolean held(String node, ActiveFaults active) {
    return exited.contains(node) || active.condition(node) != NodeCondition.RUNNING;
  }
}

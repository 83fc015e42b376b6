package dev.faultline.harness.nemesis;

import dev.faultline.harness.loop.Scheduler;
import dev.faultline.nemeses.Cluster;
import dev.faultline.nemeses.Link;
import dev.faultline.nemeses.LinkState;
import dev.faultline.nemeses.NodeCondition;
import dev.faultline.nemeses.fault.ActiveFault;
import dev.faultline.nemeses.fault.ActiveFaults;
import dev.faultline.nemeses.fault.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks for the effect of one fault while it is active, in rounds of probes.
 *
 * <ul>
 *   <li>cut: of every link, two probes in a row got no answer;
 *   <li>killed, paused: every target's process is down, or stopped;
 *   <li>slow: of every link, a probe took at least the latency less the jitter;
 *   <li>lossy: on some link a probe failed, or took at least half a stall;
 *   <li>reset: on some link a probe failed.
 * </ul>
 *
 * <p>What other faults hide is not asked: a probe to a node that is down says nothing about the
 * link, and a cut link says nothing about its slowness. A fault is ineffective if something was
 * seen that contradicts it; one that was hidden, or that could be seen for too short a time, is
 * skipped.
 */
final class Evidence {

  private final ActiveFault fault;
  private final Cluster cluster;
  private final Scheduler loop;
  private final Calls calls;
  private final Timing timing;
  private final Duration duration;
  private final Duration patience;
  private final Duration gap;
  private final Supplier<ActiveFaults> faults;
  private final Consumer<Evidence> found;

  private final Set<String> proven = new LinkedHashSet<>();
  private final Map<Link, Integer> unanswered = new HashMap<>();
  private int asked;
  private boolean seen;
  private boolean over;

  /** What was seen that contradicts the fault; empty if nothing. */
  private String last = "";

  private Scheduler.@Nullable Timer nextRound;

  Evidence(
      ActiveFault fault,
      Duration duration,
      Cluster cluster,
      Scheduler loop,
      Calls calls,
      Timing timing,
      Supplier<ActiveFaults> faults,
      Consumer<Evidence> found) {
    this.fault = fault;
    this.cluster = cluster;
    this.loop = loop;
    this.calls = calls;
    this.timing = timing;
    this.faults = faults;
    this.found = found;
    this.duration = duration;
    // Even a fault of half a second must leave time for two probes that get no answer.
    this.patience = shorter(duration.dividedBy(4), timing.question());
    this.gap = shorter(duration.dividedBy(10), timing.gap());
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) <= 0 ? a : b;
  }

  /** Begins to look; comes again until enough is seen. */
  void look() {
    if (over) {
      return;
    }
    if (enough()) { // what was missing may be hidden by now
      stop();
      found.accept(this);
      return;
    }
    Map<String, Runnable> probes = probes();
    probes.keySet().removeAll(proven);
    probes.values().forEach(Runnable::run);
    nextRound = loop.after(gap.toNanos(), this::look);
  }

  /** What can be asked just now, by the name of the link or node that it is about. */
  private Map<String, Runnable> probes() {
    Map<String, Runnable> probes = new LinkedHashMap<>();
    switch (fault.fault()) {
      case Fault.Partition _ ->
          links(false).forEach(link -> probes.put(link.toString(), () -> probeCut(link)));
      case Fault.Slow slow ->
          links(true).forEach(link -> probes.put(link.toString(), () -> probeSlow(link, slow)));
      case Fault.Lossy lossy ->
          links(true)
              .forEach(
                  link -> probes.put(link.toString(), () -> probeTrouble(link, lossy.stall())));
      case Fault.Reset _ ->
          links(true).forEach(link -> probes.put(link.toString(), () -> probeTrouble(link, null)));
      case Fault.Kill _ -> nodes(NodeCondition.DOWN, probes);
      case Fault.Pause _ -> nodes(NodeCondition.PAUSED, probes);
    }
    return probes;
  }

  private void nodes(NodeCondition expected, Map<String, Runnable> probes) {
    for (String node : fault.targets()) {
      if (faults.get().condition(node) == expected) {
        probes.put(node, () -> askCondition(node, expected));
      }
    }
  }

  private void prove(String subject) {
    proven.add(subject);
    if (!over && enough()) {
      stop();
      found.accept(this);
    }
  }

  /** Is everything proven that can be seen just now, or, where one is enough, anything? */
  private boolean enough() {
    boolean one = fault.fault() instanceof Fault.Lossy || fault.fault() instanceof Fault.Reset;
    return !proven.isEmpty() && (one || proven.containsAll(probes().keySet()));
  }

  /**
   * Stops looking; what was not seen by now will not be. A link that could not be asked, such as
   * one to a node that is still starting, contradicts nothing.
   */
  void stop() {
    seen = !over && (enough() || (!proven.isEmpty() && last.isEmpty()));
    over = true;
    if (nextRound != null) {
      nextRound.cancel();
    }
  }

  /** Returns what is known. */
  Effect effect() {
    if (seen) {
      return Effect.EFFECTIVE;
    }
    if (!over) {
      return Effect.PENDING;
    }
    return last.isEmpty() ? Effect.SKIPPED : Effect.INEFFECTIVE;
  }

  /** Returns in words what was seen, or not. */
  String detail() {
    return switch (effect()) {
      case EFFECTIVE -> "seen by " + asked + " probes";
      case PENDING -> "";
      case SKIPPED -> "other faults hid it, or left too little time to see it";
      case INEFFECTIVE -> "not seen by " + asked + " probes; " + last;
    };
  }

  /** The fault's links on which it can be seen just now. */
  private List<Link> links(boolean uncut) {
    ActiveFaults all = faults.get();
    Map<Link, LinkState> states = all.links();
    List<Link> visible = new ArrayList<>();
    for (Link link : fault.links().keySet()) {
      boolean alive =
          all.condition(link.from()) == NodeCondition.RUNNING
              && all.condition(link.to()) == NodeCondition.RUNNING;
      if (alive && !(uncut && states.getOrDefault(link, LinkState.HEALTHY).cut())) {
        visible.add(link);
      }
    }
    return visible;
  }

  private void probeCut(Link link) {
    if (unanswered.getOrDefault(link, 0) < 0) {
      return; // one is under way
    }
    int before = unanswered.getOrDefault(link, 0);
    unanswered.put(link, -1);
    asked++;
    calls.call(
        () -> cluster.probe(link, 0),
        patience,
        (roundTrip, _) -> {
          unanswered.put(link, roundTrip == null ? before + 1 : 0);
          if (roundTrip != null) {
            last = link + " still answered";
          } else if (before + 1 >= 2) {
            prove(link.toString());
          }
        });
  }

  private void probeSlow(Link link, Fault.Slow slow) {
    long leastNanos =
        Math.max(slow.latency().minus(slow.jitter()).toNanos(), slow.latency().toNanos() / 2);
    asked++;
    calls.call(
        () -> cluster.probe(link, 0),
        timing.question().plus(slow.latency().multipliedBy(3)),
        (roundTrip, _) -> {
          if (roundTrip != null && roundTrip >= leastNanos) {
            prove(link.toString());
          } else if (roundTrip != null) {
            last = link + " answered after " + roundTrip / 1000 + " us";
          }
        });
  }

  /** Looks for a failure, or for a stall if the fault makes streams stall. */
  private void probeTrouble(Link link, @Nullable Duration stall) {
    asked++;
    Duration deadline = stall == null ? timing.question() : timing.question().plus(stall);
    calls.call(
        () -> cluster.probe(link, 0),
        deadline,
        (roundTrip, _) -> {
          if (roundTrip == null || (stall != null && roundTrip >= stall.toNanos() / 2)) {
            prove(link.toString());
          } else if (longEnough(stall)) {
            last = "every probe was answered in time";
          }
        });
  }

  /** A fault that is over before a stall has passed is seen by nobody. */
  private boolean longEnough(@Nullable Duration stall) {
    return stall == null || duration.compareTo(stall.multipliedBy(2)) >= 0;
  }

  private void askCondition(String node, NodeCondition expected) {
    asked++;
    calls.call(
        () -> cluster.condition(node),
        timing.question(),
        (condition, error) -> {
          if (condition == expected) {
            prove(node);
          } else {
            last =
                node
                    + " is "
                    + (condition == null && error != null ? Calls.words(error) : condition);
          }
        });
  }
}

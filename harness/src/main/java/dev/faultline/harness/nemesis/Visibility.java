package dev.faultline.harness.nemesis;

import dev.faultline.nemeses.Cluster;
import dev.faultline.nemeses.Link;
import dev.faultline.nemeses.LinkState;
import dev.faultline.nemeses.NodeCondition;
import dev.faultline.nemeses.fault.ActiveFault;
import dev.faultline.nemeses.fault.ActiveFaults;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
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

  /**
   * Would silence on the link be the work of {@code fault} alone? A link that another fault narrows
   * or cuts into pieces could be late by any time.
   */
  boolean silencedBy(ActiveFault fault, Link link) {
    ActiveFaults others = faults.without(fault.id());
    return cluster.probePath(link).stream()
            .allMatch(on -> others.answers(on.from()) && others.answers(on.to()))
        && othersOn(fault, link)
            .allMatch(
                state -> !state.cut() && state.bytesPerSecond() == 0 && state.pieceBytes() == 0);
  }

  /** Would trouble or delay on the link be the work of {@code fault} alone? */
  boolean touchedOnlyBy(ActiveFault fault, Link link) {
    return answers(link) && othersOn(fault, link).findAny().isEmpty();
  }

  /** By how much other faults than {@code fault} can make a probe of the link late. */
  Duration latenessByOthers(ActiveFault fault, Link link) {
    return othersOn(fault, link)
        .map(state -> state.latency().plus(state.jitter()).plus(state.stall()))
        .reduce(Duration.ZERO, Duration::plus);
  }

  /** What other faults than {@code fault} do to the links on the path of a probe. */
  private Stream<LinkState> othersOn(ActiveFault fault, Link link) {
    Map<Link, LinkState> others = faults.without(fault.id()).links();
    return cluster.probePath(link).stream().map(others::get).filter(Objects::nonNull);
  }

  /** Should a node answer if {@code fault} did not hold it? */
  boolean answersWithout(ActiveFault fault, String node) {
    return faults.without(fault.id()).answers(node);
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
   * The least time that a probe of {@code link} must take if every link of its path that {@code
   * fault} touches adds {@code least}.
   */
  Duration least(ActiveFault fault, Link link, Duration least) {
    return least.multipliedBy(
        cluster.probePath(link).stream().filter(fault.links()::containsKey).count());
  }
}

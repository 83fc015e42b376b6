package dev.faultline.harness.bench;

import dev.faultline.harness.cluster.ManagedCluster;
import dev.faultline.nemeses.Capability;
import dev.faultline.nemeses.Link;
import dev.faultline.nemeses.LinkState;
import dev.faultline.nemeses.NodeCondition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * A fault that strikes one follower: how it is put in place and taken away, and how either is seen.
 * A follower, because the fault is to be measured and not the election after it.
 *
 * @param name what it is called in the table
 * @param act puts the fault in place
 * @param seen looks for its effect
 * @param heal takes it away
 * @param healed looks whether nothing of it is left
 */
record FaultTrial(
    String name,
    Supplier<? extends CompletionStage<?>> act,
    BooleanSupplier seen,
    Supplier<? extends CompletionStage<?>> heal,
    BooleanSupplier healed) {

  private static final Duration LATENCY = Duration.ofMillis(200);
  private static final Duration STALL = Duration.ofMillis(250);
  private static final double LOSS = 0.3;
  private static final Duration RESET_EVERY = Duration.ofMillis(200);

  /** Makes the trials of everything that {@code cluster} can suffer. */
  static List<FaultTrial> of(ManagedCluster cluster, ClusterEye eye, String victim) {
    return new Maker(cluster, eye, victim).make();
  }

  /** Makes trials that all strike the same node. */
  private static final class Maker {

    private final ManagedCluster cluster;
    private final ClusterEye eye;
    private final String victim;
    private final List<FaultTrial> trials = new ArrayList<>();

    Maker(ManagedCluster cluster, ClusterEye eye, String victim) {
      this.cluster = cluster;
      this.eye = eye;
      this.victim = victim;
    }

    List<FaultTrial> make() {
      Set<Capability> can = cluster.capabilities();
      if (can.contains(Capability.CUT)) {
        silence("cut", links(true, true));
      }
      if (can.contains(Capability.ONE_WAY)) {
        silence("mute", links(true, false));
        silence("deaf", links(false, true));
      }
      if (can.contains(Capability.PACKET_DROP)) {
        silence("drop out", links(true, false));
      }
      if (can.contains(Capability.SLOW)) {
        long nanos = LATENCY.toNanos();
        List<Link> links = links(true, true);
        ofLinks(
            "slow",
            LinkState.slow(LATENCY, Duration.ZERO),
            links,
            () -> eye.allAnswer(links, roundTrip -> roundTrip >= nanos),
            () -> eye.allAnswer(links, roundTrip -> roundTrip < nanos));
      }
      if (can.contains(Capability.LOSSY)) {
        trouble("lossy", LinkState.lossy(LOSS, STALL, Duration.ZERO));
      }
      if (can.contains(Capability.RESET)) {
        trouble("reset", LinkState.resetting(RESET_EVERY));
      }
      ofNode(can);
      return trials;
    }

    private void silence(String name, List<Link> links) {
      ofLinks(
          name,
          LinkState.CUT,
          links,
          () -> eye.allSilent(links),
          () -> eye.allAnswer(links, _ -> true));
    }

    /**
     * It is enough that one link shows it: what comes and goes does not show everywhere at once.
     */
    private void trouble(String name, LinkState state) {
      List<Link> links = links(true, true);
      long nanos = STALL.toNanos() / 2;
      ofLinks(
          name,
          state,
          links,
          () -> eye.anyFails(links, roundTrip -> roundTrip >= nanos),
          () -> eye.allAnswer(links, roundTrip -> roundTrip < nanos));
    }

    private void ofLinks(
        String name,
        LinkState state,
        List<Link> links,
        BooleanSupplier seen,
        BooleanSupplier healed) {
      Map<Link, LinkState> states = new LinkedHashMap<>();
      links.forEach(link -> states.put(link, state));
      add(
          name,
          () -> cluster.shapeLinks(states),
          seen,
          () -> cluster.shapeLinks(Map.of()),
          () -> healed.getAsBoolean() && eye.isLevel());
    }

    private void ofNode(Set<Capability> can) {
      if (can.contains(Capability.KILL)) {
        add(
            "kill",
            () -> cluster.kill(victim),
            () -> eye.isIn(victim, NodeCondition.DOWN),
            () -> cluster.start(victim),
            eye::isLevel);
      }
      if (can.contains(Capability.PAUSE)) {
        add(
            "pause",
            () -> cluster.pause(victim),
            () -> eye.isIn(victim, NodeCondition.PAUSED),
            () -> cluster.resume(victim),
            () -> eye.isIn(victim, NodeCondition.RUNNING) && eye.isLevel());
      }
      if (can.contains(Capability.DISCONNECT)) {
        // With proxies in the links a probe out of the node begins behind its cable.
        List<Link> links = links(false, true);
        add(
            "unplug",
            () -> cluster.unplug(victim),
            () -> eye.allSilent(links),
            () -> cluster.plugIn(victim),
            () -> eye.allAnswer(links, _ -> true) && eye.isLevel());
      }
    }

    private void add(
        String name,
        Supplier<? extends CompletionStage<?>> act,
        BooleanSupplier seen,
        Supplier<? extends CompletionStage<?>> heal,
        BooleanSupplier healed) {
      trials.add(new FaultTrial(name, act, seen, heal, healed));
    }

    private List<Link> links(boolean out, boolean in) {
      List<Link> links = new ArrayList<>();
      for (String other : cluster.nodes()) {
        if (!other.equals(victim)) {
          if (out) {
            links.add(new Link(victim, other));
          }
          if (in) {
            links.add(new Link(other, victim));
          }
        }
      }
      return links;
    }
  }
}

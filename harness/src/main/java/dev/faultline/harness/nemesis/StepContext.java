package dev.faultline.harness.nemesis;

import dev.faultline.harness.loop.Scheduler;
import dev.faultline.nemeses.Capability;
import dev.faultline.nemeses.Cluster;
import dev.faultline.nemeses.Link;
import dev.faultline.nemeses.fault.FaultKind;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * What the steps of a plan share.
 *
 * @param seen the kinds of which a fault was seen to have its effect
 * @param exited the nodes that were found to have ended by themselves
 * @param unheard the nodes that were started again and have not answered a probe since
 * @param nodeExited to be told when another one is found
 */
record StepContext(
    Scheduler loop,
    Cluster cluster,
    Calls calls,
    Timing timing,
    ClusterKeeper keeper,
    LeaderFinder leaders,
    FaultLog log,
    FaultLedger ledger,
    Set<FaultKind> seen,
    Set<String> exited,
    Set<String> unheard,
    Consumer<String> nodeExited) {

  /** Can nodes be asked for their status? */
  boolean nodesTellHowTheyStand() {
    return cluster.capabilities().contains(Capability.LEADER);
  }

  /** Probes a link, and takes note that the far node was heard if it answers. */
  CompletionStage<Long> probe(Link link, int payloadBytes) {
    return cluster
        .probe(link, payloadBytes)
        .whenComplete((roundTrip, _) -> {
          if (roundTrip != null) {
            loop.post(() -> unheard.remove(link.to()));
          }
        });
  }
}

package dev.faultline.harness.nemesis;

import dev.faultline.harness.loop.Scheduler;
import dev.faultline.nemeses.Cluster;
import dev.faultline.nemeses.fault.FaultKind;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What the steps of a plan share.
 *
 * @param seen the kinds of which a fault was seen to have its effect
 * @param exited the nodes that were found to have ended by themselves
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
    Consumer<String> nodeExited) {}

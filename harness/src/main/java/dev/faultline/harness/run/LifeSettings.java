package dev.faultline.harness.run;

import dev.faultline.harness.Seed;
import dev.faultline.nemeses.plan.FaultPlan;
import dev.faultline.workloads.Workload;
import java.time.Duration;

/**
 * What the life of a run needs to know.
 *
 * @param workload what clients do
 * @param plan what is going to be broken
 * @param concurrency how many processes
 * @param rate operations a second
 * @param duration how long the main phase lasts
 * @param operationDeadline after which an operation is given up whatever its client does
 * @param recoveryDeadline how long the cluster may take to recover
 * @param seed what everything random comes from
 */
record LifeSettings(
    Workload workload,
    FaultPlan plan,
    int concurrency,
    double rate,
    Duration duration,
    Duration operationDeadline,
    Duration recoveryDeadline,
    Seed seed) {}

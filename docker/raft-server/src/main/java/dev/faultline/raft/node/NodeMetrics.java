package dev.faultline.raft.node;

import dev.faultline.raft.core.NodeId;
import dev.faultline.raft.core.RaftStatus;
import dev.faultline.raft.core.Role;
import dev.faultline.raft.metrics.Counter;
import dev.faultline.raft.metrics.Histogram;
import dev.faultline.raft.metrics.Metrics;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A node's own metrics, under etcd's names and with etcd's buckets. */
final class NodeMetrics {

  private static final double FIRST_FSYNC_BOUND_SECONDS = 0.001;
  private static final int FSYNC_BOUNDS = 14;

  private final Histogram fsyncs;
  private final Counter leaderChanges;
  private final Counter failedProposals;
  private @Nullable NodeId lastLeader;

  NodeMetrics(Metrics metrics) {
    leaderChanges =
        metrics.counter(
            "etcd_server_leader_changes_seen_total", "The number of leader changes seen.");
    failedProposals =
        metrics.counter(
            "etcd_server_proposals_failed_total", "The total number of failed proposals seen.");
    fsyncs =
        metrics.histogram(
            "etcd_disk_wal_fsync_duration_seconds",
            "The latency distributions of fsync called by WAL.",
            Map.of(),
            Histogram.exponentialBounds(FIRST_FSYNC_BOUND_SECONDS, 2, FSYNC_BOUNDS));
  }

  /** Shows how a node stands, from when it does. */
  void watch(Metrics metrics, Supplier<RaftStatus> status, LongSupplier pendingProposals) {
    metrics.gauge(
        "etcd_server_has_leader",
        "Whether or not a leader exists. 1 is existence, 0 is not.",
        () -> status.get().leader() == null ? 0 : 1);
    metrics.gauge(
        "etcd_server_is_leader",
        "Whether or not this member is a leader. 1 if is, 0 otherwise.",
        () -> status.get().role() == Role.LEADER ? 1 : 0);
    metrics.gauge(
        "etcd_server_proposals_committed_total",
        "The total number of consensus proposals committed.",
        () -> status.get().commitIndex());
    metrics.gauge(
        "etcd_server_proposals_applied_total",
        "The total number of consensus proposals applied.",
        () -> status.get().appliedIndex());
    metrics.gauge(
        "etcd_server_proposals_pending",
        "The current number of pending proposals to commit.",
        pendingProposals::getAsLong);
  }

  void synced(long durationNanos) {
    fsyncs.record(durationNanos);
  }

  void proposalFailed() {
    failedProposals.increment();
  }

  /** Counts, as etcd does, each time another node than before is seen to lead. Raft loop only. */
  void leaderIs(@Nullable NodeId leader) {
    if (leader != null && !leader.equals(lastLeader)) {
      leaderChanges.increment();
      lastLeader = leader;
    }
  }
}

package dev.faultline.results.compare;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the nodes of a cluster told of themselves during a run. What no node told is null, never 0.
 *
 * <p>Outside of faults means: neither during a fault nor in its aftermath, which ends two election
 * timeouts after clients were served again.
 *
 * @param answers how many times a node answered; 0 if metrics were not asked for at all
 * @param malformedLines how many lines of the answers could not be read
 * @param watchedNanos the time from the first answer to the last
 * @param calmNanos how much of it was outside of faults
 * @param longestWithoutLeaderNanos the longest time in which no node that answered had a leader
 * @param leaderChanges how often the leader changed, as the node tells that saw most
 * @param calmLeaderChanges how often outside of faults
 * @param failedProposals how many proposals failed, on all nodes
 * @param calmFailedProposals how many outside of faults
 * @param highestPending the most proposals pending on one node
 * @param calmHighestPending the most outside of faults
 * @param walFsyncP99 the 99th percentile of the time of an fsync of the log, on the worst node
 * @param peerRoundTripP99 the 99th percentile of a peer's round trip, on the worst link
 * @param calmPeerRoundTripP99 the same outside of faults
 * @param alerts the thresholds that were passed
 */
public record ServerMetrics(
    int answers,
    int malformedLines,
    long watchedNanos,
    long calmNanos,
    @Nullable Long longestWithoutLeaderNanos,
    @Nullable Long leaderChanges,
    @Nullable Long calmLeaderChanges,
    @Nullable Long failedProposals,
    @Nullable Long calmFailedProposals,
    @Nullable Long highestPending,
    @Nullable Long calmHighestPending,
    @Nullable BucketQuantile walFsyncP99,
    @Nullable BucketQuantile peerRoundTripP99,
    @Nullable BucketQuantile calmPeerRoundTripP99,
    List<Alert> alerts) {

  public ServerMetrics {
    alerts = List.copyOf(alerts);
  }

  /** Returns what is known where nobody asked for metrics: nothing. */
  public static ServerMetrics none() {
    return new ServerMetrics(
        0, 0, 0, 0, null, null, null, null, null, null, null, null, null, null, List.of());
  }

  ServerMetrics with(List<Alert> raised) {
    return new ServerMetrics(
        answers,
        malformedLines,
        watchedNanos,
        calmNanos,
        longestWithoutLeaderNanos,
        leaderChanges,
        calmLeaderChanges,
        failedProposals,
        calmFailedProposals,
        highestPending,
        calmHighestPending,
        walFsyncP99,
        peerRoundTripP99,
        calmPeerRoundTripP99,
        raised);
  }
}

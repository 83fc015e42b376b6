package dev.faultline.results.compare;

import dev.faultline.results.Figures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The figures from which an operator of etcd is usually alerted, after etcd's own monitoring mixin
 * and hardware guide, made fair to a cluster that is broken on purpose: what a fault brings about
 * by its nature (a new leader, failed and waiting proposals, slow links) counts only outside of
 * faults and their aftermath. The time without a leader and the disk count throughout.
 */
final class Thresholds {

  private static final long WITHOUT_LEADER_NANOS = Duration.ofSeconds(30).toNanos();
  private static final long LEADER_CHANGES_AN_HOUR = 3;
  private static final long PENDING = 5;
  private static final double WAL_FSYNC_SECONDS = 0.010;
  private static final double NANOS_IN_SECOND = 1e9;
  private static final double MILLIS_IN_SECOND = 1e3;

  private Thresholds() {}

  /** Returns an alert for each threshold that {@code metrics} are beyond. */
  static List<Alert> passed(ServerMetrics metrics, Duration electionTimeout) {
    List<Alert> alerts = new ArrayList<>();
    withoutLeader(alerts, metrics);
    leaderChanges(alerts, metrics);
    proposals(alerts, metrics);
    walFsync(alerts, metrics);
    roundTrip(alerts, metrics, electionTimeout);
    return List.copyOf(alerts);
  }

  private static void withoutLeader(List<Alert> alerts, ServerMetrics metrics) {
    Long longest = metrics.longestWithoutLeaderNanos();
    if (longest != null && longest > WITHOUT_LEADER_NANOS) {
      alerts.add(
          new Alert(
              "no leader (s)",
              longest / NANOS_IN_SECOND,
              WITHOUT_LEADER_NANOS / NANOS_IN_SECOND,
              "no node that answered had a leader for "
                  + Figures.span(longest)
                  + "; 30 s is too long"));
    }
  }

  private static void leaderChanges(List<Alert> alerts, ServerMetrics metrics) {
    Long changes = metrics.calmLeaderChanges();
    // Less than an hour is taken for an hour: one change in 30 s does not make 120 an hour.
    double hours = Math.max(1, metrics.calmNanos() / NANOS_IN_SECOND / 3600);
    double threshold = LEADER_CHANGES_AN_HOUR * hours;
    if (changes != null && changes > threshold) {
      alerts.add(
          new Alert(
              "leader changes outside faults",
              changes,
              threshold,
              "the leader changed "
                  + Figures.count(changes, "time")
                  + " in "
                  + Figures.span(metrics.calmNanos())
                  + " outside of faults and their aftermath; an hour may see 3"));
    }
  }

  private static void proposals(List<Alert> alerts, ServerMetrics metrics) {
    Long failed = metrics.calmFailedProposals();
    if (failed != null && failed > 0) {
      alerts.add(
          new Alert(
              "failed proposals outside faults",
              failed,
              0,
              Figures.count(failed, "proposal")
                  + " failed outside of faults and their aftermath; none should"));
    }
    Long pending = metrics.calmHighestPending();
    if (pending != null && pending > PENDING) {
      alerts.add(
          new Alert(
              "pending proposals outside faults",
              pending,
              PENDING,
              Figures.count(pending, "proposal")
                  + " were pending on one node outside of faults and their aftermath; more than 5"
                  + " mean that it is overloaded"));
    }
  }

  private static void walFsync(List<Alert> alerts, ServerMetrics metrics) {
    BucketQuantile p99 = metrics.walFsyncP99();
    if (p99 != null && p99.seconds() > WAL_FSYNC_SECONDS) {
      alerts.add(
          new Alert(
              "WAL fsync p99 (ms)",
              p99.seconds() * MILLIS_IN_SECOND,
              WAL_FSYNC_SECONDS * MILLIS_IN_SECOND,
              "an fsync of the log took "
                  + p99.bucket()
                  + " at the 99th percentile; 10 ms is slow for a log's disk"));
    }
  }

  private static void roundTrip(
      List<Alert> alerts, ServerMetrics metrics, Duration electionTimeout) {
    BucketQuantile p99 = metrics.calmPeerRoundTripP99();
    double threshold = electionTimeout.toNanos() / NANOS_IN_SECOND / 2;
    if (p99 != null && p99.seconds() > threshold) {
      alerts.add(
          new Alert(
              "peer round trip p99 outside faults (ms)",
              p99.seconds() * MILLIS_IN_SECOND,
              threshold * MILLIS_IN_SECOND,
              "a round trip between peers took "
                  + p99.bucket()
                  + " at the 99th percentile outside of faults; above half the election timeout of "
                  + Figures.span(electionTimeout.toNanos())
                  + " elections are lost to delay"));
    }
  }
}

package dev.faultline.results.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.faultline.checkers.history.History;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MetricsCollectorTest {

  private static final long SECOND = 1_000_000_000;
  private static final Duration ELECTION = Duration.ofSeconds(1);

  /**
   * A kill from 10 s to 12 s; clients are served again at 13 s, so that its aftermath ends at 15 s.
   */
  private static final History KILL =
      new HistoryScript()
          .fault("f1", "kill", "effective", 10_000, 12_000)
          .ok(1, "read", 12_500, 13_000)
          .phase(100_000, "end")
          .build();

  private final MetricsCollector collector = new MetricsCollector();

  private ServerMetrics summarize() {
    return collector.summarize(KILL, ELECTION);
  }

  private void told(long second, String node, String text) {
    collector.answered(second * SECOND, node, text);
  }

  private static String leader(int has, int changes) {
    return "etcd_server_has_leader " + has + "\netcd_server_leader_changes_seen_total " + changes;
  }

  @Test
  void whatNobodyToldIsNotKnown() {
    assertThat(summarize()).isEqualTo(ServerMetrics.none());
    told(1, "n1", "other_metric 1");
    told(2, "n1", "other_metric 1\n<html>");

    ServerMetrics metrics = summarize();

    assertThat(metrics.answers()).isEqualTo(2);
    assertThat(metrics.malformedLines()).isEqualTo(1);
    assertThat(metrics.longestWithoutLeaderNanos()).isNull();
    assertThat(metrics.leaderChanges()).isNull();
    assertThat(metrics.failedProposals()).isNull();
    assertThat(metrics.highestPending()).isNull();
    assertThat(metrics.walFsyncP99()).isNull();
    assertThat(metrics.peerRoundTripP99()).isNull();
    assertThat(metrics.alerts()).isEmpty();
  }

  @Test
  void theClusterIsLeaderlessOnlyWhileNoNodeThatAnswersHasALeader() {
    told(20, "n1", leader(1, 1));
    told(20, "n2", leader(0, 1)); // Cut off; n1 still has one.
    collector.silent(25 * SECOND, "n1"); // From here on nobody has.
    told(40, "n2", leader(0, 1));
    told(60, "n2", leader(1, 2)); // 35 s later.
    told(61, "n2", leader(0, 2));
    collector.silent(62 * SECOND, "n2"); // Now nobody answers, and nobody knows.
    told(99, "n2", leader(1, 3));

    ServerMetrics metrics = summarize();

    assertThat(metrics.longestWithoutLeaderNanos()).isEqualTo(35 * SECOND);
    assertThat(metrics.alerts())
        .singleElement()
        .isEqualTo(
            new Alert(
                "no leader (s)",
                35,
                30,
                "no node that answered had a leader for 35 s; 30 s is too long"));
  }

  @Test
  void leaderChangesAreThoseOfTheNodeThatSawMostAndAFaultExcusesItsOwn() {
    told(1, "n1", leader(1, 4));
    told(9, "n1", leader(1, 4));
    told(14, "n1", leader(1, 6)); // Within the aftermath.
    told(16, "n1", leader(1, 7)); // It ended at 15 s, but the change may have come before.
    told(30, "n1", leader(1, 7));
    told(40, "n1", leader(1, 8)); // Nothing excuses this one.
    told(1, "n2", leader(1, 9));
    told(40, "n2", leader(1, 10));

    ServerMetrics metrics = summarize();

    assertThat(metrics.leaderChanges()).isEqualTo(4);
    assertThat(metrics.calmLeaderChanges()).isEqualTo(1);
    assertThat(metrics.watchedNanos()).isEqualTo(39 * SECOND);
    assertThat(metrics.calmNanos()).isEqualTo(34 * SECOND);
    assertThat(metrics.alerts()).as("a run shorter than an hour is taken for an hour").isEmpty();
  }

  @Test
  void moreThanThreeUnexcusedChangesAnHourRaiseAnAlert() {
    told(20, "n1", leader(1, 0));
    told(50, "n1", leader(1, 4));

    assertThat(summarize().alerts())
        .singleElement()
        .extracting(Alert::sentence)
        .isEqualTo(
            "the leader changed 4 times in 30 s outside of faults and their aftermath; an hour may"
                + " see 3");
  }

  @Test
  void proposalsThatFailOrWaitDuringAFaultRaiseNoAlert() {
    String format = "etcd_server_proposals_failed_total %s\netcd_server_proposals_pending %s";
    told(9, "n1", format.formatted(0, 0));
    told(11, "n1", format.formatted(12, 40));
    told(14, "n1", format.formatted(12, 5));
    told(20, "n1", format.formatted(12, 5));

    ServerMetrics metrics = summarize();

    assertThat(metrics.failedProposals()).isEqualTo(12);
    assertThat(metrics.calmFailedProposals()).isZero();
    assertThat(metrics.highestPending()).isEqualTo(40);
    assertThat(metrics.calmHighestPending()).isEqualTo(5);
    assertThat(metrics.alerts()).isEmpty();
  }

  @Test
  void proposalsThatFailOrWaitInCalmRaiseOne() {
    String format = "etcd_server_proposals_failed_total %s\netcd_server_proposals_pending %s";
    told(20, "n1", format.formatted(3, 6));
    told(30, "n1", format.formatted(4, 0));

    assertThat(summarize().alerts())
        .extracting(Alert::name, Alert::value)
        .containsExactly(
            tuple("failed proposals outside faults", 1.0),
            tuple("pending proposals outside faults", 6.0));
  }

  @Test
  void theSlowestLogIsTheOneThatCounts() {
    told(1, "n1", fsync(1000, 1000, 1000)); // Before the run: not counted.
    told(1, "n2", fsync(0, 0, 0));
    told(50, "n1", fsync(1100, 1100, 1100));
    told(50, "n2", fsync(0, 50, 100));

    ServerMetrics metrics = summarize();

    assertThat(Words.quantile(metrics.walFsyncP99())).isEqualTo("~16 ms");
    assertThat(metrics.alerts())
        .singleElement()
        .extracting(Alert::sentence)
        .isEqualTo(
            "an fsync of the log took between 8.0 ms and 16 ms at the 99th percentile; 10 ms is"
                + " slow for a log's disk");
  }

  private static String fsync(int upTo1, int upTo8, int upTo16) {
    return """
    etcd_disk_wal_fsync_duration_seconds_bucket{le="0.001"} %d
    etcd_disk_wal_fsync_duration_seconds_bucket{le="0.008"} %d
    etcd_disk_wal_fsync_duration_seconds_bucket{le="0.016"} %d
    etcd_disk_wal_fsync_duration_seconds_bucket{le="+Inf"} %d
    """
        .formatted(upTo1, upTo8, upTo16, upTo16);
  }

  @Test
  void aSeriesThatAppearsWhileANodeIsWatchedCountsFromZero() {
    told(20, "n1", "etcd_server_has_leader 1");
    told(30, "n1", "etcd_server_has_leader 1\n" + roundTrip("n2", 0, 8));

    ServerMetrics metrics = summarize();

    assertThat(metrics.peerRoundTripP99()).isNotNull().isEqualTo(metrics.calmPeerRoundTripP99());
    assertThat(metrics.alerts())
        .singleElement()
        .extracting(Alert::sentence)
        .isEqualTo(
            "a round trip between peers took between 51 ms and 819 ms at the 99th percentile"
                + " outside of faults; above half the election timeout of 1.0 s elections are lost"
                + " to delay");
  }

  @Test
  void aRoundTripThatAFaultSlowedDownRaisesNoAlert() {
    told(9, "n1", roundTrip("n2", 5, 5));
    told(12, "n1", roundTrip("n2", 5, 50));

    ServerMetrics metrics = summarize();

    assertThat(metrics.peerRoundTripP99()).isNotNull();
    assertThat(metrics.calmPeerRoundTripP99()).isNull();
    assertThat(metrics.alerts()).isEmpty();
  }

  private static String roundTrip(String to, int fast, int all) {
    String name = "etcd_network_peer_round_trip_time_seconds_bucket";
    return """
    %1$s{To="%2$s",le="0.0512"} %3$d
    %1$s{To="%2$s",le="0.8192"} %4$d
    %1$s{To="%2$s",le="+Inf"} %4$d
    """
        .formatted(name, to, fast, all);
  }

  /** Runs a counter that is restarted now and then, and counts along. */
  @Test
  void aCounterGrowsByWhatWasSeenWhateverTheRestarts() {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      MetricsCollector watched = new MetricsCollector();
      long value = random.nextInt(100);
      long expected = 0;
      long told = value;
      for (int second = 20; second < 80; second++) {
        watched.answered(second * SECOND, "n1", "etcd_server_proposals_failed_total " + value);
        if (second > 20) {
          expected += value >= told ? value - told : value;
        }
        told = value;
        if (random.nextInt(8) == 0) {
          watched.silent(second * SECOND + 1, "n1");
          value = 0;
        }
        value += random.nextInt(3);
      }

      ServerMetrics metrics = watched.summarize(KILL, ELECTION);

      assertThat(metrics.failedProposals()).as("seed %s", seed).isEqualTo(expected);
      assertThat(metrics.calmFailedProposals()).as("seed %s", seed).isEqualTo(expected);
    }
  }

  @Test
  void samplesMayComeInAnyOrder() {
    told(30, "n1", leader(1, 3));
    told(20, "n1", leader(1, 1));

    assertThat(summarize().leaderChanges()).isEqualTo(2);
  }
}

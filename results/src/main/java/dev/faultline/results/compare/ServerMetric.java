package dev.faultline.results.compare;

import java.util.Arrays;
import java.util.Optional;

/** A metric that is looked at, under etcd's name for it. */
enum ServerMetric {
  HAS_LEADER("etcd_server_has_leader"),
  LEADER_CHANGES("etcd_server_leader_changes_seen_total"),
  PROPOSALS_FAILED("etcd_server_proposals_failed_total"),
  PROPOSALS_PENDING("etcd_server_proposals_pending"),
  WAL_FSYNC("etcd_disk_wal_fsync_duration_seconds_bucket"),
  PEER_ROUND_TRIP("etcd_network_peer_round_trip_time_seconds_bucket");

  private final String series;

  ServerMetric(String series) {
    this.series = series;
  }

  static Optional<ServerMetric> named(String series) {
    return Arrays.stream(values()).filter(metric -> metric.series.equals(series)).findFirst();
  }
}

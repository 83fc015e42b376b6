/**
 * What a node tells a monitoring system about itself.
 *
 * <p>The names are etcd's ({@code etcd_server_has_leader}, {@code
 * etcd_disk_wal_fsync_duration_seconds} and so on), so that a dashboard or an alert written for
 * etcd also reads this server, and a comparison of the two needs no translation.
 *
 * <p>A {@link dev.faultline.raft.metrics.Metrics} is a list of metrics in the order in which they
 * were registered. Parts of the server register what they own when they are made and keep the
 * handle; there is no global registry. {@link dev.faultline.raft.metrics.Metrics#render()} writes
 * the Prometheus text format 0.0.4, which is small enough to be written by hand:
 *
 * {@snippet lang=java :
 * var metrics = new Metrics();
 * var failed = metrics.counter("etcd_server_proposals_failed_total", "Failed proposals seen.");
 * failed.increment();
 * metrics.render();
 * // # HELP etcd_server_proposals_failed_total Failed proposals seen.
 * // # TYPE etcd_server_proposals_failed_total counter
 * // etcd_server_proposals_failed_total 1
 * }
 *
 * <p>Recording is safe from any thread and does not lock.
 */
@NullMarked
package dev.faultline.raft.metrics;

import org.jspecify.annotations.NullMarked;

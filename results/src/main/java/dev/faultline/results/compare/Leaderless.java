package dev.faultline.results.compare;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How long a cluster was without a leader, as its nodes told: no node that answered said that it
 * had one, and at least one answered. While all are silent nobody knows, and nothing counts.
 */
final class Leaderless {

  private Leaderless() {}

  /**
   * Returns the longest such time in nanoseconds; empty if no node tells whether it has a leader.
   *
   * @param samples what the nodes told, by time
   */
  static Optional<Long> longestNanos(List<MetricsSample> samples) {
    Map<String, Boolean> hasLeader = new HashMap<>();
    boolean offered = false;
    boolean leaderless = false;
    long since = 0;
    long longest = 0;
    for (MetricsSample sample : samples) {
      if (leaderless) {
        longest = Math.max(longest, sample.timeNanos() - since);
      }
      OptionalDouble told = sample.value(ServerMetric.HAS_LEADER);
      if (told.isPresent()) {
        offered = true;
        hasLeader.put(sample.node(), told.getAsDouble() > 0);
      } else {
        hasLeader.remove(sample.node());
      }
      boolean now = !hasLeader.isEmpty() && !hasLeader.containsValue(true);
      if (now && !leaderless) {
        since = sample.timeNanos();
      }
      leaderless = now;
    }
    return offered ? Optional.of(longest) : Optional.empty();
  }
}

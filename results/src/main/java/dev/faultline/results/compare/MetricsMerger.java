package dev.faultline.results.compare;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.LongBinaryOperator;
import org.jspecify.annotations.Nullable;

/** Puts the metrics of several runs together. */
final class MetricsMerger {

  private MetricsMerger() {}

  /**
   * Returns the metrics of all of {@code runs}: times, changes and proposals added up, of all else
   * the worst; without alerts, which belong to a run. What no run tells is null.
   */
  static ServerMetrics merge(List<ServerMetrics> runs) {
    return new ServerMetrics(
        runs.stream().mapToInt(ServerMetrics::answers).sum(),
        runs.stream().mapToInt(ServerMetrics::malformedLines).sum(),
        runs.stream().mapToLong(ServerMetrics::watchedNanos).sum(),
        runs.stream().mapToLong(ServerMetrics::calmNanos).sum(),
        reduce(runs, ServerMetrics::longestWithoutLeaderNanos, Math::max),
        reduce(runs, ServerMetrics::leaderChanges, Long::sum),
        reduce(runs, ServerMetrics::calmLeaderChanges, Long::sum),
        reduce(runs, ServerMetrics::failedProposals, Long::sum),
        reduce(runs, ServerMetrics::calmFailedProposals, Long::sum),
        reduce(runs, ServerMetrics::highestPending, Math::max),
        reduce(runs, ServerMetrics::calmHighestPending, Math::max),
        worst(runs, ServerMetrics::walFsyncP99),
        worst(runs, ServerMetrics::peerRoundTripP99),
        worst(runs, ServerMetrics::calmPeerRoundTripP99),
        List.of());
  }

  private static @Nullable Long reduce(
      List<ServerMetrics> runs,
      Function<ServerMetrics, @Nullable Long> figure,
      LongBinaryOperator operator) {
    Long result = null;
    for (ServerMetrics run : runs) {
      Long value = figure.apply(run);
      if (value != null) {
        result = result == null ? value : operator.applyAsLong(result, value);
      }
    }
    return result;
  }

  private static @Nullable BucketQuantile worst(
      List<ServerMetrics> runs, Function<ServerMetrics, @Nullable BucketQuantile> figure) {
    return runs.stream()
        .map(figure)
        .filter(Objects::nonNull)
        .max(Comparator.comparingDouble(BucketQuantile::seconds))
        .orElse(null);
  }
}

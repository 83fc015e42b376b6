package dev.faultline.results.compare;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Works out {@link ServerMetrics} from what the nodes told. Used once. */
final class MetricsReader {

  private final List<MetricsSample> samples;
  private final Spans aftermath;
  private final Duration electionTimeout;
  private final Increases increases;

  /**
   * Creates a reader.
   *
   * @param samples what the nodes told, by time
   * @param aftermath the time that is put down to faults
   * @param electionTimeout how long a follower waits for its leader, at least
   */
  MetricsReader(List<MetricsSample> samples, Spans aftermath, Duration electionTimeout) {
    this.samples = samples;
    this.aftermath = aftermath;
    this.electionTimeout = electionTimeout;
    this.increases = Increases.of(samples, aftermath);
  }

  ServerMetrics read() {
    List<MetricsSample> answers = samples.stream().filter(MetricsSample::answered).toList();
    if (answers.isEmpty()) {
      return ServerMetrics.none();
    }
    long from = answers.getFirst().timeNanos();
    long to = answers.getLast().timeNanos();
    ServerMetrics metrics =
        new ServerMetrics(
            answers.size(),
            answers.stream().mapToInt(MetricsSample::malformedLines).sum(),
            to - from,
            to - from - aftermath.coveredNanos(from, to),
            Leaderless.longestNanos(samples).orElse(null),
            most(increases.byNode(ServerMetric.LEADER_CHANGES, false).values()),
            most(increases.byNode(ServerMetric.LEADER_CHANGES, true).values()),
            sum(increases.byNode(ServerMetric.PROPOSALS_FAILED, false).values()),
            sum(increases.byNode(ServerMetric.PROPOSALS_FAILED, true).values()),
            highestPending(false),
            highestPending(true),
            increases.worstP99(ServerMetric.WAL_FSYNC, false).orElse(null),
            increases.worstP99(ServerMetric.PEER_ROUND_TRIP, false).orElse(null),
            increases.worstP99(ServerMetric.PEER_ROUND_TRIP, true).orElse(null),
            List.of());
    return metrics.with(Thresholds.passed(metrics, electionTimeout));
  }

  private @Nullable Long highestPending(boolean calmOnly) {
    OptionalDouble highest =
        samples.stream()
            .filter(sample -> !calmOnly || !aftermath.contains(sample.timeNanos()))
            .map(sample -> sample.value(ServerMetric.PROPOSALS_PENDING))
            .flatMapToDouble(OptionalDouble::stream)
            .max();
    return highest.isPresent() ? Math.round(highest.getAsDouble()) : null;
  }

  private static @Nullable Long most(Collection<Double> byNode) {
    return byNode.isEmpty()
        ? null
        : Math.round(byNode.stream().mapToDouble(Double::doubleValue).max().orElse(0));
  }

  private static @Nullable Long sum(Collection<Double> byNode) {
    return byNode.isEmpty()
        ? null
        : Math.round(byNode.stream().mapToDouble(Double::doubleValue).sum());
  }
}

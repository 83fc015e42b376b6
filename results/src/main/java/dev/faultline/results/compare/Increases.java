package dev.faultline.results.compare;

import dev.faultline.results.compare.MetricsSample.Series;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * By how much counters grew while a run went on, in total and outside of faults.
 *
 * <p>As Prometheus does it: what a node tells first is where its counters start, and a counter that
 * dropped was restarted at 0. Other than Prometheus, a series that appears on a node which answered
 * before without it counts from 0, because it is known not to have been there: etcd makes the round
 * trip of a peer only when it first measured one. Growth between two answers counts as outside of
 * faults only if no fault nor its aftermath touched the time between them.
 */
final class Increases {

  private record NodeSeries(String node, Series series) {}

  private final Map<NodeSeries, Double> total = new LinkedHashMap<>();
  private final Map<NodeSeries, Double> outside = new LinkedHashMap<>();

  private Increases() {}

  /**
   * Adds up the growth in {@code samples}.
   *
   * @param samples what the nodes told, by time
   * @param aftermath the time that is put down to faults
   */
  static Increases of(List<MetricsSample> samples, Spans aftermath) {
    Increases increases = new Increases();
    Map<String, MetricsSample> previous = new HashMap<>();
    Map<NodeSeries, Double> last = new HashMap<>();
    for (MetricsSample sample : samples) {
      if (!sample.answered()) {
        continue;
      }
      MetricsSample before = previous.put(sample.node(), sample);
      sample
          .values()
          .forEach((series, value) -> {
            NodeSeries key = new NodeSeries(sample.node(), series);
            double from = before == null ? value : last.getOrDefault(key, 0.0);
            double growth = value >= from ? value - from : value;
            boolean calm =
                before != null && !aftermath.overlaps(before.timeNanos(), sample.timeNanos());
            increases.total.merge(key, growth, Double::sum);
            increases.outside.merge(key, calm ? growth : 0, Double::sum);
            last.put(key, value);
          });
    }
    return increases;
  }

  /** Returns the growth of the counter {@code metric} on each node that offers it. */
  Map<String, Double> byNode(ServerMetric metric, boolean outsideOnly) {
    Map<String, Double> byNode = new LinkedHashMap<>();
    (outsideOnly ? outside : total)
        .forEach((key, growth) -> {
          if (key.series().metric() == metric) {
            byNode.merge(key.node(), growth, Double::sum);
          }
        });
    return byNode;
  }

  /**
   * Returns the 99th percentile of the histogram {@code metric}, of the node, and of its series
   * with other labels, where it is worst; empty if none observed anything.
   */
  Optional<BucketQuantile> worstP99(ServerMetric metric, boolean outsideOnly) {
    Map<NodeSeries, SortedMap<Double, Double>> histograms = new LinkedHashMap<>();
    (outsideOnly ? outside : total)
        .forEach((key, growth) -> {
          String upper = key.series().labels().get("le");
          if (key.series().metric() != metric || upper == null) {
            return;
          }
          SortedMap<String, String> others = new TreeMap<>(key.series().labels());
          others.remove("le");
          NodeSeries histogram = new NodeSeries(key.node(), new Series(metric, others));
          upperEnd(upper)
              .ifPresent(end ->
                  histograms
                      .computeIfAbsent(histogram, _ -> new TreeMap<>())
                      .merge(end, growth, Double::sum));
        });
    return histograms.values().stream()
        .flatMap(histogram -> BucketQuantile.of(0.99, histogram).stream())
        .max((a, b) -> Double.compare(a.seconds(), b.seconds()));
  }

  private static Optional<Double> upperEnd(String text) {
    try {
      return Optional.of(text.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.valueOf(text));
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }
}

package dev.faultline.results.compare;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one node told of itself at one moment, cut down to what is looked at.
 *
 * @param timeNanos when it answered, or was given up, in nanoseconds since the run began
 * @param node its name
 * @param answered whether it answered at all
 * @param values what it told, by series; without NaN
 * @param malformedLines how many lines of its answer could not be read
 */
record MetricsSample(
    long timeNanos, String node, boolean answered, Map<Series, Double> values, int malformedLines) {

  /**
   * One series of a node.
   *
   * @param metric the metric
   * @param labels its labels
   */
  record Series(ServerMetric metric, SortedMap<String, String> labels) {}

  MetricsSample {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** Returns what {@code text}, the answer of {@code node}, tells. */
  static MetricsSample answered(long timeNanos, String node, String text) {
    PrometheusText parsed = PrometheusText.parse(text);
    Map<Series, Double> values = new LinkedHashMap<>();
    for (PrometheusText.Sample sample : parsed.samples()) {
      if (!Double.isNaN(sample.value())) {
        ServerMetric.named(sample.name())
            .ifPresent(metric -> values.put(new Series(metric, sample.labels()), sample.value()));
      }
    }
    return new MetricsSample(timeNanos, node, true, values, parsed.malformedLines());
  }

  /** Returns that {@code node} did not answer. */
  static MetricsSample silent(long timeNanos, String node) {
    return new MetricsSample(timeNanos, node, false, Map.of(), 0);
  }

  /** Returns the value of {@code metric}, which has no labels; empty if it is not offered. */
  OptionalDouble value(ServerMetric metric) {
    Double value = values.get(new Series(metric, new TreeMap<>()));
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }
}

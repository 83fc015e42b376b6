package dev.faultline.results.compare;

import dev.faultline.checkers.history.History;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Collects what the nodes of a cluster tell at {@code /metrics} while a run goes on. Every attempt
 * has to be told, also one that got no answer: what a node said holds until it says something else
 * or falls silent.
 *
 * <p>Safe for use by several threads. Keeps about 100 numbers for each answer.
 */
public final class MetricsCollector {

  private final List<MetricsSample> samples = new ArrayList<>();

  /** Creates a collector that was told nothing yet. */
  public MetricsCollector() {}

  /**
   * Takes an answer.
   *
   * @param timeNanos when it came, in nanoseconds since the run began, on the history's clock
   * @param node the node
   * @param text the body, in Prometheus' text format; what cannot be read of it is passed over
   */
  public void answered(long timeNanos, String node, String text) {
    MetricsSample sample = MetricsSample.answered(timeNanos, node, text);
    synchronized (samples) {
      samples.add(sample);
    }
  }

  /**
   * Takes note that a node gave no answer, or none that says OK.
   *
   * @param timeNanos when that became clear, in nanoseconds since the run began
   * @param node the node
   */
  public void silent(long timeNanos, String node) {
    synchronized (samples) {
      samples.add(MetricsSample.silent(timeNanos, node));
    }
  }

  /**
   * Returns what follows from everything that was told so far.
   *
   * @param history the run's history, for when its faults were
   * @param electionTimeout how long a follower waits for its leader, at least
   */
  public ServerMetrics summarize(History history, Duration electionTimeout) {
    List<MetricsSample> ordered;
    synchronized (samples) {
      ordered = new ArrayList<>(samples);
    }
    ordered.sort(Comparator.comparingLong(MetricsSample::timeNanos));
    return new MetricsReader(ordered, Aftermath.of(history, electionTimeout), electionTimeout)
        .read();
  }
}

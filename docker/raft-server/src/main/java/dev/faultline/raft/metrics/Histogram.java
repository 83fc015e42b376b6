package dev.faultline.raft.metrics;

import java.util.Arrays;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;

/** How often durations fell into which bucket. Thread-safe. */
public final class Histogram {

  private static final double NANOS_PER_SECOND = 1e9;

  private final double[] upperBoundsSeconds;
  private final LongAdder[] counts;
  private final DoubleAdder sumSeconds = new DoubleAdder();

  Histogram(double[] upperBoundsSeconds) {
    this.upperBoundsSeconds = upperBoundsSeconds.clone();
    this.counts = new LongAdder[upperBoundsSeconds.length + 1];
    Arrays.setAll(counts, bucket -> new LongAdder());
  }

  /**
   * Returns {@code count} upper bounds, each {@code factor} times the one before.
   *
   * @throws IllegalArgumentException if the bounds would not grow
   */
  public static double[] exponentialBounds(double firstSeconds, double factor, int count) {
    if (firstSeconds <= 0 || factor <= 1 || count < 1) {
      throw new IllegalArgumentException(
          "bounds must grow from above zero: first %s, factor %s, count %d"
              .formatted(firstSeconds, factor, count));
    }
    var bounds = new double[count];
    double bound = firstSeconds;
    for (int i = 0; i < count; i++) {
      bounds[i] = bound;
      bound *= factor;
    }
    return bounds;
  }

  /** Records one duration, in nanoseconds. */
  public void record(long durationNanos) {
    double seconds = durationNanos / NANOS_PER_SECOND;
    int bucket = 0;
    while (bucket < upperBoundsSeconds.length && seconds > upperBoundsSeconds[bucket]) {
      bucket++;
    }
    counts[bucket].increment();
    sumSeconds.add(seconds);
  }

  /** Returns how many durations were recorded. */
  public long count() {
    return Arrays.stream(counts).mapToLong(LongAdder::sum).sum();
  }

  void render(StringBuilder out, String name, String labels) {
    String prefix = labels.isEmpty() ? "" : labels + ",";
    long cumulative = 0;
    for (int i = 0; i <= upperBoundsSeconds.length; i++) {
      cumulative += counts[i].sum();
      String bound = i < upperBoundsSeconds.length ? Metrics.number(upperBoundsSeconds[i]) : "+Inf";
      Metrics.sample(
          out, name + "_bucket", prefix + "le=\"" + bound + "\"", Long.toString(cumulative));
    }
    Metrics.sample(out, name + "_sum", labels, Metrics.number(sumSeconds.sum()));
    // The same sum as the last bucket, not a fresh one: the format demands that the two agree.
    Metrics.sample(out, name + "_count", labels, Long.toString(cumulative));
  }
}

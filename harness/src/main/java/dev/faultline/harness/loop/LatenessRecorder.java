package dev.faultline.harness.loop;

import java.time.Duration;
import org.HdrHistogram.AtomicHistogram;
import org.HdrHistogram.Histogram;

/** Collects by how much timers ran late; written by the loop, read by anyone. */
final class LatenessRecorder {

  private static final long HIGHEST_NANOS = Duration.ofHours(1).toNanos();
  private static final int SIGNIFICANT_DIGITS = 2;

  private final Histogram histogram = new AtomicHistogram(HIGHEST_NANOS, SIGNIFICANT_DIGITS);
  private volatile long maxNanos;

  // There is one writer, the loop, so that reading and writing the maximum need not be one act.
  @SuppressWarnings("NonAtomicVolatileUpdate")
  void record(long lateNanos) {
    long nanos = Math.clamp(lateNanos, 0, HIGHEST_NANOS);
    histogram.recordValue(nanos);
    if (nanos > maxNanos) {
      maxNanos = nanos;
    }
  }

  LoopLateness soFar() {
    Histogram copy = histogram.copy();
    return new LoopLateness(
        copy.getTotalCount(),
        copy.getValueAtPercentile(50),
        copy.getValueAtPercentile(99),
        copy.getValueAtPercentile(99.9),
        maxNanos);
  }
}

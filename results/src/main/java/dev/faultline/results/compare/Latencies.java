package dev.faultline.results.compare;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import org.HdrHistogram.Histogram;

/**
 * Latencies of operations that succeeded, as they were seen and corrected for coordinated omission.
 *
 * <p><b>Coordinated omission</b> (Gil Tene, <i>How NOT to Measure Latency</i>, 2013) is what
 * happens to a measurement whose load waits for the system that is measured. A client that is stuck
 * for one second records a single slow operation and leaves out the many that it would have sent in
 * that second, each of which would have been slow too; so the worst moments weigh least in the
 * percentiles. The correction puts them back, as {@link
 * org.HdrHistogram.AbstractHistogram#recordValueWithExpectedInterval} does: beside a latency
 * <i>v</i> it records <i>v - i</i>, <i>v - 2i</i>… down to <i>i</i>, where <i>i</i> is the time in
 * which the client would have sent its next operation.
 *
 * <p>Here a rate of operations is dealt to {@code concurrency} processes, so one process is
 * expected to invoke every {@code concurrency / rate} seconds. While a process is stuck, others
 * take its turns as long as any is free, and those are recorded as they were. The corrected figures
 * are therefore an upper estimate and the raw ones a lower; the truth for a client that arrives on
 * schedule lies between. (Of few latencies a corrected percentile may lie a little below the raw
 * one, because what is put in is shorter than what it is put in for.) Only successes are in either:
 * a system that refuses everything has no bad latency, and its availability has to be read beside
 * this.
 *
 * <p>Values keep three significant digits. Not safe for use by several threads while it is recorded
 * into.
 */
public final class Latencies {

  private static final long LOWEST_NANOS = 1_000;
  private static final int SIGNIFICANT_DIGITS = 3;

  private final Histogram raw = empty();
  private final Histogram corrected = empty();

  /** Creates a distribution without any latency. */
  public Latencies() {}

  /** Returns the latencies of all of {@code parts} together, as if recorded in one place. */
  public static Latencies merged(Collection<Latencies> parts) {
    Latencies sum = new Latencies();
    for (Latencies part : parts) {
      sum.raw.add(part.raw);
      sum.corrected.add(part.corrected);
    }
    return sum;
  }

  private static Histogram empty() {
    Histogram histogram = new Histogram(LOWEST_NANOS, 2 * LOWEST_NANOS, SIGNIFICANT_DIGITS);
    histogram.setAutoResize(true);
    return histogram;
  }

  /**
   * Records one latency.
   *
   * @param nanos how long the operation took
   * @param expectedInterval after what time its client was expected to invoke again; zero if there
   *     was no schedule, and nothing is corrected then
   */
  void record(long nanos, Duration expectedInterval) {
    raw.recordValue(nanos);
    // An interval of 0 means to the histogram that there is nothing to put in.
    corrected.recordValueWithExpectedInterval(nanos, expectedInterval.toNanos());
  }

  /** Returns what clients saw. */
  public Quantiles raw() {
    return quantiles(raw);
  }

  /** Returns what clients on a schedule of their own would have seen, at most. */
  public Quantiles corrected() {
    return quantiles(corrected);
  }

  private static Quantiles quantiles(Histogram histogram) {
    return new Quantiles(
        histogram.getTotalCount(),
        histogram.getValueAtPercentile(50),
        histogram.getValueAtPercentile(90),
        histogram.getValueAtPercentile(99),
        histogram.getMaxValue());
  }

  /**
   * Returns the raw latencies whole, in nanoseconds, in HdrHistogram's own compressed encoding and
   * Base64, which {@link Histogram#fromString} and HdrHistogram's plotter read.
   */
  public String encoded() {
    ByteBuffer buffer = ByteBuffer.allocate(raw.getNeededByteBufferCapacity());
    int length = raw.encodeIntoCompressedByteBuffer(buffer);
    return Base64.getEncoder().encodeToString(Arrays.copyOf(buffer.array(), length));
  }
}

package dev.faultline.results.compare;

import dev.faultline.results.Figures;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A quantile of a histogram that only kept counts in buckets, as Prometheus' {@code
 * histogram_quantile} works it out: by linear interpolation within the bucket that the quantile
 * falls into. Only the bucket is certain.
 *
 * @param seconds the interpolated value; in the last bucket, which has no upper end, its lower end
 * @param lowSeconds the lower end of the bucket
 * @param highSeconds the upper end of the bucket; null for the last one
 */
public record BucketQuantile(double seconds, double lowSeconds, @Nullable Double highSeconds) {

  private static final double NANOS_IN_SECOND = 1e9;

  /**
   * Returns a quantile of a histogram.
   *
   * @param quantile between 0 and 1
   * @param cumulative how many observations lie at or below each upper end, the last of which is
   *     infinite
   * @return the quantile; empty if there are no observations, or no infinite bucket
   */
  static Optional<BucketQuantile> of(double quantile, SortedMap<Double, Double> cumulative) {
    double total = cumulative.getOrDefault(Double.POSITIVE_INFINITY, 0.0);
    if (!(total > 0)) {
      return Optional.empty();
    }
    double rank = quantile * total;
    double low = 0;
    double below = 0;
    for (Map.Entry<Double, Double> bucket : cumulative.entrySet()) {
      double high = bucket.getKey();
      if (bucket.getValue() >= rank) {
        if (high == Double.POSITIVE_INFINITY) {
          break;
        }
        double share = (rank - below) / (bucket.getValue() - below);
        return Optional.of(new BucketQuantile(low + (high - low) * share, low, high));
      }
      low = high;
      below = bucket.getValue();
    }
    return Optional.of(new BucketQuantile(low, low, null));
  }

  /** Returns this in words: {@code < 1.0 ms}, {@code ~14 ms}, {@code > 8.2 s}. */
  public String words() {
    if (highSeconds == null) {
      return "> " + span(lowSeconds);
    }
    return lowSeconds == 0 ? "< " + span(highSeconds) : "~" + span(seconds);
  }

  /** Returns the bucket in words: {@code between 8.0 ms and 16 ms}. */
  String bucket() {
    return highSeconds == null
        ? "above " + span(lowSeconds)
        : "between " + span(lowSeconds) + " and " + span(highSeconds);
  }

  private static String span(double seconds) {
    return Figures.span(Math.round(seconds * NANOS_IN_SECOND));
  }
}

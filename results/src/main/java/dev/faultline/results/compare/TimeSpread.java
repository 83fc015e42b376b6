package dev.faultline.results.compare;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How long something took, over several occasions, and how far those lie apart.
 *
 * @param count on how many occasions it ended
 * @param never on how many it had not ended when the record did
 * @param minNanos the shortest; null if it never ended
 * @param medianNanos the median of those that ended, of an even number the mean of the two in the
 *     middle; null if it never ended
 * @param maxNanos the longest that ended; null if it never ended
 */
public record TimeSpread(
    int count,
    int never,
    @Nullable Long minNanos,
    @Nullable Long medianNanos,
    @Nullable Long maxNanos) {

  /**
   * Returns the spread of {@code nanos}.
   *
   * @param nanos the times, in nanoseconds, in any order
   * @param never how many occasions there were beside those, on which it did not end
   */
  public static TimeSpread of(Collection<Long> nanos, int never) {
    List<Long> sorted = nanos.stream().sorted().toList();
    int size = sorted.size();
    if (size == 0) {
      return new TimeSpread(0, never, null, null, null);
    }
    long low = sorted.get((size - 1) / 2);
    long high = sorted.get(size / 2);
    return new TimeSpread(size, never, sorted.getFirst(), low + (high - low) / 2, sorted.getLast());
  }

  /** Returns how many occasions there were. */
  public int occasions() {
    return count + never;
  }
}

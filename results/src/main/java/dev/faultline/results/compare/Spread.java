package dev.faultline.results.compare;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A figure over several runs, and how far the runs lie apart.
 *
 * @param count how many runs told it, at least 1
 * @param min the least
 * @param median the median, of an even number the mean of the two in the middle
 * @param max the greatest
 */
public record Spread(int count, double min, double median, double max) {

  /** Returns the spread of {@code values}, or null if there are none. */
  public static @Nullable Spread of(Collection<Double> values) {
    if (values.isEmpty()) {
      return null;
    }
    List<Double> sorted = values.stream().sorted().toList();
    int size = sorted.size();
    return new Spread(
        size,
        sorted.getFirst(),
        (sorted.get((size - 1) / 2) + sorted.get(size / 2)) / 2,
        sorted.getLast());
  }
}

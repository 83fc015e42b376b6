package dev.faultline.results.compare;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Stretches of a run's time, none of which touches another: what remains when windows that overlap
 * are laid over each other. Times are nanoseconds since the run began; both ends belong to a
 * stretch. Immutable.
 */
final class Spans {

  /**
   * One stretch.
   *
   * @param fromNanos its beginning
   * @param toNanos its end, not before the beginning
   */
  record Span(long fromNanos, long toNanos) {

    Span {
      if (toNanos < fromNanos) {
        throw new IllegalArgumentException("a span ends at " + toNanos + " before " + fromNanos);
      }
    }
  }

  /** Beginning to end. */
  private final NavigableMap<Long, Long> ends = new TreeMap<>();

  private Spans() {}

  /** Returns the time that is covered by at least one of {@code spans}. */
  static Spans of(List<Span> spans) {
    Spans union = new Spans();
    spans.stream().sorted(Comparator.comparingLong(Span::fromNanos)).forEach(union::append);
    return union;
  }

  private void append(Span span) {
    Map.Entry<Long, Long> last = ends.lastEntry();
    if (last != null && span.fromNanos() <= last.getValue()) {
      ends.put(last.getKey(), Math.max(last.getValue(), span.toNanos()));
    } else {
      ends.put(span.fromNanos(), span.toNanos());
    }
  }

  /** Tells whether {@code timeNanos} is covered. */
  boolean contains(long timeNanos) {
    return overlaps(timeNanos, timeNanos);
  }

  /** Tells whether any moment between {@code fromNanos} and {@code toNanos} is covered. */
  boolean overlaps(long fromNanos, long toNanos) {
    Map.Entry<Long, Long> candidate = ends.floorEntry(toNanos);
    return candidate != null && candidate.getValue() >= fromNanos;
  }

  /** Returns how much of the time between {@code fromNanos} and {@code toNanos} is covered. */
  long coveredNanos(long fromNanos, long toNanos) {
    long covered = 0;
    for (Map.Entry<Long, Long> span : ends.entrySet()) {
      long from = Math.max(fromNanos, span.getKey());
      long to = Math.min(toNanos, span.getValue());
      covered += Math.max(0, to - from);
    }
    return covered;
  }
}

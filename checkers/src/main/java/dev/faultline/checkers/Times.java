package dev.faultline.checkers;

import java.util.Locale;

/** Puts times of a run into words: {@code 12.402 s} for a moment, {@code 14 ms} for a span. */
public final class Times {

  private static final long MICRO = 1_000;
  private static final long MILLI = 1_000_000;
  private static final double SECOND = 1e9;
  private static final int LARGEST_IN_SMALL_UNIT = 10;

  private Times() {}

  /** Returns a moment, in nanoseconds since the run began, as seconds to the millisecond. */
  public static String moment(long nanos) {
    return String.format(Locale.ROOT, "%.3f s", nanos / SECOND);
  }

  /** Returns a span of nanoseconds in the unit that suits its length. */
  public static String span(long nanos) {
    if (nanos < LARGEST_IN_SMALL_UNIT * MICRO) {
      return nanos + " ns";
    }
    if (nanos < LARGEST_IN_SMALL_UNIT * MILLI / 10) {
      return nanos / MICRO + " µs";
    }
    if (nanos < SECOND) {
      return nanos / MILLI + " ms";
    }
    return String.format(Locale.ROOT, "%.1f s", nanos / SECOND);
  }
}

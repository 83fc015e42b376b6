package dev.faultline.results;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Writes numbers, times and plurals the way a person reads them, in any locale alike. */
public final class Figures {

  /** What kinds of faults that are no nouns themselves are counted as. */
  private static final Map<String, String> NOUNS =
      Map.of(
          "slow", "slow link",
          "lossy", "lossy link",
          "reset", "link reset",
          "bandwidth", "narrow link",
          "slice", "slicing link");

  private Figures() {}

  /** Returns {@code number} with its thousands set apart: {@code 24,118}. */
  public static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** Returns {@code number} of {@code noun}: {@code 1 kill}, {@code 3 kills}. */
  public static String count(long number, String noun) {
    String named = NOUNS.getOrDefault(noun, noun);
    return count(number) + " " + (number == 1 ? named : named + "s");
  }

  /** Returns a moment of the run in seconds, to the millisecond: {@code 12.402}. */
  public static String moment(long nanos) {
    return String.format(Locale.ROOT, "%.3f", nanos / 1e9);
  }

  /** Returns a stretch of time, to two or three digits: {@code 14 ms}, {@code 1.9 s}. */
  public static String span(long nanos) {
    double seconds = nanos / 1e9;
    if (seconds >= 60) {
      long rounded = Math.round(seconds);
      return rounded / 60 + " min " + rounded % 60 + " s";
    }
    if (seconds >= 0.9995) {
      return String.format(Locale.ROOT, seconds < 9.95 ? "%.1f s" : "%.0f s", seconds);
    }
    if (nanos >= TimeUnit.MILLISECONDS.toNanos(10)) {
      return Math.round(nanos / 1e6) + " ms";
    }
    return nanos == 0 ? "0 ms" : String.format(Locale.ROOT, "%.1f ms", nanos / 1e6);
  }
}

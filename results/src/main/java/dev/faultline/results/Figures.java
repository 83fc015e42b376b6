package dev.faultline.results;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Writes numbers, times and plurals the way a person reads them, in any locale alike. */
public final class Figures {

  private static final Map<String, String> PLURALS =
      Map.of("slow", "slow links", "lossy", "lossy links", "reset", "reset links");

  private Figures() {}

  /** Returns {@code number} with its thousands set apart: {@code 24,118}. */
  public static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** Returns {@code number} of {@code noun}: {@code 1 kill}, {@code 3 kills}. */
  public static String count(long number, String noun) {
    return count(number) + " " + (number == 1 ? noun : PLURALS.getOrDefault(noun, noun + "s"));
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

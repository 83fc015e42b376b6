package dev.faultline.nemeses.plan;

import dev.faultline.nemeses.PlanException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 250ms}, {@code 12s}, {@code 1.5s}, {@code 2m}. */
public final class HumanDuration {

  private static final Pattern FORM = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)(ns|us|ms|s|m|h)");

  private HumanDuration() {}

  /**
   * Reads a duration: a number that is not negative and one of the units ns, us, ms, s, m, h.
   *
   * @throws PlanException if {@code text} is nothing like that
   */
  public static Duration parse(String text) {
    Matcher matcher = FORM.matcher(text.strip());
    if (!matcher.matches()) {
      throw new PlanException(
          "'" + text + "' is not a duration", "Write a number and a unit: 250ms, 12s, 2m.");
    }
    long unitNanos =
        switch (matcher.group(2)) {
          case "ns" -> 1L;
          case "us" -> 1_000L;
          case "ms" -> 1_000_000L;
          case "s" -> 1_000_000_000L;
          case "m" -> 60_000_000_000L;
          default -> 3_600_000_000_000L;
        };
    double nanos = Double.parseDouble(matcher.group(1)) * unitNanos;
    return Duration.ofNanos(Math.round(nanos));
  }

  /** Writes a duration in the largest unit that takes no fraction; {@link #parse} reads it back. */
  public static String format(Duration duration) {
    long nanos = duration.toNanos();
    if (nanos == 0) {
      return "0s";
    }
    if (nanos % 1_000_000_000L == 0) {
      return nanos / 1_000_000_000L + "s";
    }
    if (nanos % 1_000_000L == 0) {
      return nanos / 1_000_000L + "ms";
    }
    if (nanos % 1_000L == 0) {
      return nanos / 1_000L + "us";
    }
    return nanos + "ns";
  }
}

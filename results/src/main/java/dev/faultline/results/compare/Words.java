package dev.faultline.results.compare;

import static java.util.stream.Collectors.joining;

import dev.faultline.results.Figures;
import dev.faultline.results.RunSummary.Counts;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts figures of a comparison into the words in which screen and Markdown show them. */
final class Words {

  static final String NOT_OFFERED = "not offered";
  static final String NOTHING = "–";
  private static final double SHOWN_WHOLE = 10;
  private static final double NANOS_IN_MILLI = 1e6;

  private static final List<String> WORST_FIRST =
      List.of("INVALID", "UNKNOWN", SystemFigures.NOT_STARTED, "VALID");

  private Words() {}

  /** {@code 410 ms (12–912, 6×)}: median, least and greatest, number. */
  static String spread(TimeSpread times) {
    Long min = times.minNanos();
    Long median = times.medianNanos();
    Long max = times.maxNanos();
    if (min == null || median == null || max == null) {
      return times.never() == 0 ? NOTHING : "never (of " + times.never() + ")";
    }
    String middle = Figures.span(median);
    if (times.occasions() == 1) {
      return middle + " (once)";
    }
    String most = times.never() > 0 ? "never" : inUnitOf(middle, Figures.span(max));
    return middle
        + " ("
        + inUnitOf(middle, Figures.span(min))
        + "–"
        + most
        + ", "
        + times.occasions()
        + "×)";
  }

  /** Returns {@code span} without its unit, if that is the unit of {@code middle}. */
  private static String inUnitOf(String middle, String span) {
    String unit = middle.substring(middle.lastIndexOf(' '));
    boolean same = span.endsWith(unit) && span.indexOf(' ') == span.lastIndexOf(' ');
    return same && !span.contains("min") ? span.substring(0, span.length() - unit.length()) : span;
  }

  /** The longest time, {@code 3.0 s}. */
  static String longest(TimeSpread times) {
    Long max = times.maxNanos();
    return max == null ? NOTHING : Figures.span(max);
  }

  /** {@code 398 (396–399)}: median, least and greatest. */
  static String spread(@Nullable Spread spread) {
    if (spread == null) {
      return NOTHING;
    }
    return spread.count() == 1
        ? number(spread.median())
        : number(spread.median()) + " (" + number(spread.min()) + "–" + number(spread.max()) + ")";
  }

  private static String number(double value) {
    boolean whole = value >= SHOWN_WHOLE || value == Math.rint(value);
    return String.format(Locale.ROOT, whole ? "%,.0f" : "%.1f", value);
  }

  /** {@code INVALID 1, VALID 2}: the worst first. */
  static String verdicts(Map<String, Integer> verdicts) {
    String words =
        WORST_FIRST.stream()
            .filter(verdicts::containsKey)
            .map(verdict -> verdict + " " + verdicts.get(verdict))
            .collect(joining(", "));
    return words.isEmpty() ? NOTHING : words;
  }

  static String counts(Counts counts) {
    return Figures.count(counts.ok())
        + " ok, "
        + Figures.count(counts.fail())
        + " fail, "
        + Figures.count(counts.info())
        + " info";
  }

  static String millis(long nanos) {
    double millis = nanos / NANOS_IN_MILLI;
    return String.format(Locale.ROOT, millis < SHOWN_WHOLE ? "%.1f" : "%,.0f", millis);
  }

  static String share(long part, long of) {
    return of == 0 ? NOTHING : String.format(Locale.ROOT, "%.1f %%", floorToTenth(part, of));
  }

  /** Rounds down: 100 % means that all were. */
  private static double floorToTenth(long part, long of) {
    return Math.floor(1000.0 * part / of) / 10;
  }

  /** {@code not-leader 12, timeout 3}, cut to the {@code most} frequent. */
  static String errors(List<ErrorCount> errors, boolean definite, int most) {
    List<ErrorCount> shown = errors.stream().filter(e -> e.definite() == definite).toList();
    String words =
        shown.stream()
            .limit(most)
            .map(error -> error.code() + " " + Figures.count(error.count()))
            .collect(joining(", "));
    int left = shown.size() - most;
    return words.isEmpty() ? "none" : left > 0 ? words + ", … " + left + " more" : words;
  }

  /** {@code kill, pause and slow}. */
  static String listed(List<String> words) {
    int last = words.size() - 1;
    return last < 1
        ? String.join("", words)
        : String.join(", ", words.subList(0, last)) + " and " + words.get(last);
  }

  static String time(@Nullable Long nanos) {
    return nanos == null ? NOT_OFFERED : Figures.span(nanos);
  }

  static String quantile(@Nullable BucketQuantile quantile) {
    return quantile == null ? NOT_OFFERED : quantile.words();
  }

  /** {@code 12, outside faults 0}. */
  static String withCalm(@Nullable Long all, @Nullable Long calm) {
    if (all == null) {
      return NOT_OFFERED;
    }
    return Figures.count(all)
        + ", outside faults "
        + (calm == null ? NOTHING : Figures.count(calm));
  }
}

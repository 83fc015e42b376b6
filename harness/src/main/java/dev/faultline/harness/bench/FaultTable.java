package dev.faultline.harness.bench;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** Prints what was measured: of every figure the median and the maximum, in milliseconds. */
final class FaultTable {

  private static final String NEVER = "not seen";

  /**
   * What one fault took in one round, in nanoseconds.
   *
   * @param act the act itself
   * @param seen from the act's begin until its effect was observed; empty if it was not
   * @param heal the act of taking the fault away
   * @param healed from the begin of that until its effect was observed; empty if it was not
   */
  record Sample(long act, OptionalLong seen, long heal, OptionalLong healed) {}

  private final List<String> lines = new ArrayList<>();
  private boolean complete = true;

  /** Begins a table with a line for each span that was measured before any fault. */
  FaultTable(String title) {
    lines.add(title);
  }

  void span(String name, String meaning, List<Long> nanos) {
    lines.add(String.format(Locale.ROOT, "%-11s %16s   %s", name, cell(measured(nanos)), meaning));
  }

  void heading() {
    lines.add("");
    lines.add(
        String.format(
            Locale.ROOT, "%-11s %16s %16s %16s %16s", "fault", "act", "seen", "heal", "healed"));
  }

  void row(String fault, List<Sample> samples) {
    lines.add(
        String.format(
            Locale.ROOT,
            "%-11s %16s %16s %16s %16s",
            fault,
            cell(measured(samples.stream().map(Sample::act).toList())),
            cell(samples.stream().map(Sample::seen).toList()),
            cell(measured(samples.stream().map(Sample::heal).toList())),
            cell(samples.stream().map(Sample::healed).toList())));
  }

  void remark(String text) {
    lines.add("");
    lines.add(text);
  }

  private static List<OptionalLong> measured(List<Long> nanos) {
    return nanos.stream().map(OptionalLong::of).toList();
  }

  /** One that was never seen is the maximum, and must not vanish behind those that were. */
  private String cell(List<OptionalLong> nanos) {
    if (nanos.isEmpty() || nanos.stream().anyMatch(OptionalLong::isEmpty)) {
      complete = false;
      return NEVER;
    }
    List<Long> sorted = nanos.stream().map(OptionalLong::getAsLong).sorted().toList();
    return String.format(
        Locale.ROOT, "%,d / %,d", millis(median(sorted)), millis(sorted.getLast()));
  }

  private static long median(List<Long> sorted) {
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  private static long millis(long nanos) {
    return Math.round(nanos / (double) TimeUnit.MILLISECONDS.toNanos(1));
  }

  /** Tells whether everything that was waited for was seen. */
  boolean isComplete() {
    return complete;
  }

  void print(PrintWriter out) {
    lines.forEach(out::println);
    out.flush();
  }
}

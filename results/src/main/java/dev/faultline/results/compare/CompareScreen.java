package dev.faultline.results.compare;

import static dev.faultline.results.compare.SystemFigures.OUTSIDE_FAULTS;

import dev.faultline.results.Figures;
import dev.faultline.results.ScreenText;
import dev.faultline.results.compare.Comparison.Setting;
import dev.faultline.results.compare.SystemFigures.AlertRow;
import dev.faultline.results.compare.SystemFigures.Counterexample;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * The last screen of a comparison: what follows from it, what proves a broken promise, and the
 * figures of two to four systems beside each other. It fits 100 columns, and for two systems a
 * screen; the Markdown has the rest. Text that means the same without colour. Immutable.
 */
public final class CompareScreen {

  private static final int MAX_CHECKS = 5;
  private static final int MAX_KINDS = 4;
  private static final int MAX_ALERTS = 3;
  private static final int MAX_DIFFERENCES = 4;
  private static final int MAX_ERRORS = 2;
  private static final int LONG_TEXT = 240;

  private final boolean colour;

  /**
   * Creates a renderer.
   *
   * @param colour whether to colour the words of verdicts, with ANSI escapes
   */
  public CompareScreen(boolean colour) {
    this.colour = colour;
  }

  /**
   * Returns the screen, ending in a line end.
   *
   * @param comparison the comparison
   * @param directory where {@code compare.json} and {@code compare.md} are kept
   */
  public String render(Comparison comparison, Path directory) {
    List<String> lines = new ArrayList<>();
    comparison.conclusion().forEach(sentence -> lines.addAll(ScreenText.wrap("", sentence)));
    List<SystemFigures> systems = comparison.systems();
    systems.forEach(system -> counterexample(lines, system));
    ScreenTable table = new ScreenTable(systems);
    table.row("", SystemFigures::description);
    promises(table, systems);
    clients(table, systems);
    servers(table, systems);
    differences(table, comparison);
    lines.addAll(table.lines());
    alerts(lines, systems);
    lines.add("  all of it  " + directory.resolve("compare.md"));
    String screen = String.join("\n", lines) + "\n";
    return colour ? VerdictColours.paint(screen) : screen;
  }

  private static void counterexample(List<String> lines, SystemFigures system) {
    Counterexample found = system.counterexample();
    if (found == null) {
      return;
    }
    lines.addAll(
        ScreenText.wrap(
            "  " + system.system() + "  ",
            "round " + found.round() + ": " + cut(found.claim()) + " (" + found.checker() + ")"));
    lines.add("  " + " ".repeat(system.system().length()) + "  " + found.directory());
  }

  private static String cut(String text) {
    return text.length() > LONG_TEXT ? text.substring(0, LONG_TEXT) + "…" : text;
  }

  private static void promises(ScreenTable table, List<SystemFigures> systems) {
    table.row("verdict", system -> Words.verdicts(Rows.verdicts(system)));
    if (systems.stream().anyMatch(system -> !Rows.firstReason(system).isEmpty())) {
      table.row("  because", system -> cut(Rows.firstReason(system)));
    }
    List<String> checks = Rows.checkers(systems);
    for (String checker : checks.stream().limit(MAX_CHECKS).toList()) {
      table.row("  " + checker, system -> Words.verdicts(Rows.verdicts(system, checker)));
    }
    if (checks.size() > MAX_CHECKS) {
      table.line("  … and " + (checks.size() - MAX_CHECKS) + " more checkers");
    }
  }

  private static void figure(
      ScreenTable table, String label, Function<SystemFigures, String> cell) {
    table.row(label, Rows.ifRan(cell));
  }

  private static void clients(ScreenTable table, List<SystemFigures> systems) {
    figure(table, "operations", system -> Words.counts(system.allOperations()));
    figure(table, "ok a second", Rows::throughput);
    figure(table, "  outside faults", system -> Rows.throughput(system, OUTSIDE_FAULTS));
    List<String> kinds = Rows.kinds(systems);
    List<String> shown = kinds.stream().limit(MAX_KINDS).toList();
    table.line(
        "latency of successes in ms, p50 / p99 / max, then corrected for coordinated omission");
    figure(table, "  outside faults", system -> latency(system, OUTSIDE_FAULTS));
    shown.forEach(kind -> figure(table, "  " + kind, system -> latency(system, kind)));
    if (!shown.isEmpty()) {
      table.line(
          "answered during faults; first success after the end, median (min–max, faults); longest outage");
      shown.forEach(kind -> figure(table, "  " + kind, system -> recovery(system, kind)));
    }
    if (kinds.size() > MAX_KINDS) {
      table.line("  … and " + (kinds.size() - MAX_KINDS) + " more kinds of fault");
    }
    figure(table, "definite errors", system -> Words.errors(system.errors(), true, MAX_ERRORS));
    figure(table, "indefinite errors", system -> Words.errors(system.errors(), false, MAX_ERRORS));
  }

  private static String latency(SystemFigures system, String condition) {
    return system
        .condition(condition)
        .filter(row -> row.raw().count() > 0)
        .map(row -> latency(row.raw()) + ", " + latency(row.corrected()))
        .orElse("no success");
  }

  private static String latency(Quantiles quantiles) {
    return ScreenText.unbroken(
        Words.millis(quantiles.p50Nanos())
            + " / "
            + Words.millis(quantiles.p99Nanos())
            + " / "
            + Words.millis(quantiles.maxNanos()));
  }

  private static String recovery(SystemFigures system, String kind) {
    return system
        .recoveryFrom(kind)
        .map(row ->
            String.join(
                "; ",
                ScreenText.unbroken(Rows.availability(system, kind)),
                ScreenText.unbroken(Words.spread(row.afterEnd())),
                ScreenText.unbroken(Words.longest(row.outage()))))
        .orElse("never struck");
  }

  private static void servers(ScreenTable table, List<SystemFigures> systems) {
    figure(table, "leader changes a run", system -> Words.spread(system.leaderChanges()));
    if (systems.stream().allMatch(system -> system.metrics().answers() == 0)) {
      table.line("server metrics were not offered");
      return;
    }
    table.line("server metrics, of all runs");
    Rows.metrics().forEach((name, cell) -> figure(table, "  " + name, metricCell(cell)));
  }

  private static Function<SystemFigures, String> metricCell(Function<ServerMetrics, String> cell) {
    return system -> cell.apply(system.metrics());
  }

  private static void alerts(List<String> lines, List<SystemFigures> systems) {
    int shown = 0;
    int all = systems.stream().mapToInt(system -> system.alerts().size()).sum();
    for (SystemFigures system : systems) {
      for (AlertRow alert : system.alerts()) {
        if (shown++ < MAX_ALERTS) {
          lines.addAll(
              ScreenText.wrap("  alert  ", system.system() + ": " + Rows.alert(system, alert)));
        }
      }
    }
    if (all > MAX_ALERTS) {
      lines.add("  alert  … and " + Figures.count(all - MAX_ALERTS) + " more");
    }
  }

  private static void differences(ScreenTable table, Comparison comparison) {
    List<Setting> different = comparison.differences();
    if (different.isEmpty()) {
      return;
    }
    table.line("not like for like");
    for (Setting setting : different.stream().limit(MAX_DIFFERENCES).toList()) {
      table.row("  " + setting.name(), system -> Rows.value(setting, system));
    }
    Set<String> left = new LinkedHashSet<>();
    different.stream().skip(MAX_DIFFERENCES).forEach(setting -> left.add(setting.name()));
    if (!left.isEmpty()) {
      table.line("  … and " + Figures.count(left.size(), "setting"));
    }
  }
}

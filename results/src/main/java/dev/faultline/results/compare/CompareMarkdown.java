package dev.faultline.results.compare;

import dev.faultline.results.Figures;
import dev.faultline.results.MarkdownText;
import dev.faultline.results.compare.Comparison.Setting;
import dev.faultline.results.compare.SystemFigures.ConditionRow;
import dev.faultline.results.compare.SystemFigures.Counterexample;
import dev.faultline.results.compare.SystemFigures.RecoveryRow;
import dev.faultline.results.compare.SystemFigures.RunRow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A comparison in GitHub's Markdown, whole: the content of {@code compare.md}. */
public final class CompareMarkdown {

  private static final int ALL = Integer.MAX_VALUE;

  private final Comparison comparison;
  private final List<SystemFigures> systems;
  private final StringBuilder text = new StringBuilder();

  private CompareMarkdown(Comparison comparison) {
    this.comparison = comparison;
    this.systems = comparison.systems();
  }

  /** Writes {@code comparison} to {@code file}. */
  public static void write(Path file, Comparison comparison) throws IOException {
    Files.writeString(file, render(comparison), StandardCharsets.UTF_8);
  }

  /** Returns {@code comparison} in Markdown. */
  public static String render(Comparison comparison) {
    return new CompareMarkdown(comparison).render();
  }

  private String render() {
    text.append("## Faultline: ")
        .append(
            String.join(
                ", ", systems.stream().map(system -> MarkdownText.cell(system.system())).toList()))
        .append("\n");
    comparison.conclusion().forEach(this::paragraph);
    promises();
    counterexamples();
    operations();
    latencies();
    recovery();
    errors();
    metrics();
    alerts();
    settings();
    runs();
    return text.toString();
  }

  private void promises() {
    heading("Promises");
    MarkdownSheet sheet = new MarkdownSheet(systems);
    sheet.verdicts();
    for (String checker : Rows.checkers(systems)) {
      sheet.row(checker, system -> Words.verdicts(Rows.verdicts(system, checker)));
    }
    text.append(sheet.render());
  }

  private void counterexamples() {
    for (SystemFigures system : systems) {
      Counterexample found = system.counterexample();
      if (found != null) {
        paragraph(
            "First broken promise of "
                + system.system()
                + " (round "
                + found.round()
                + ", "
                + found.checker()
                + "): "
                + found.claim()
                + ". Kept in "
                + found.directory());
      }
    }
  }

  private void operations() {
    heading("Operations");
    MarkdownSheet sheet = new MarkdownSheet(systems);
    sheet.row("all", system -> Words.counts(system.allOperations()));
    Set<String> functions = new LinkedHashSet<>();
    systems.forEach(system -> functions.addAll(system.operations().keySet()));
    for (String f : functions) {
      sheet.row(
          f,
          system ->
              system.operations().containsKey(f) ? Words.counts(system.operations().get(f)) : "–");
    }
    text.append(sheet.render());
    paragraph("Successes a second, median (least–greatest) of the runs:");
    MarkdownSheet rates = new MarkdownSheet(systems);
    for (String condition : conditions()) {
      rates.row(condition, system -> Rows.throughput(system, condition));
    }
    text.append(rates.render());
  }

  private List<String> conditions() {
    Set<String> names = new LinkedHashSet<>();
    systems.forEach(system -> system.conditions().forEach(row -> names.add(row.condition())));
    return List.copyOf(names);
  }

  private void latencies() {
    heading("Latency of successes, in milliseconds");
    paragraph(
        "Corrected: for coordinated omission; the truth for a client that arrives on schedule lies"
            + " between both. An operation counts under every kind of fault that was active while it"
            + " was in flight.");
    List<List<String>> rows = new ArrayList<>();
    for (String condition : conditions()) {
      for (SystemFigures system : systems) {
        system.condition(condition).ifPresent(row -> rows.add(latency(system, row)));
      }
    }
    table(
        List.of(
            "during",
            "system",
            "successes",
            "p50",
            "p90",
            "p99",
            "max",
            "corrected p50",
            "p90",
            "p99",
            "max"),
        rows);
  }

  private static List<String> latency(SystemFigures system, ConditionRow row) {
    List<String> cells = new ArrayList<>();
    cells.add(row.condition());
    cells.add(system.system());
    cells.add(Figures.count(row.raw().count()));
    for (Quantiles quantiles : List.of(row.raw(), row.corrected())) {
      for (long nanos :
          List.of(
              quantiles.p50Nanos(),
              quantiles.p90Nanos(),
              quantiles.p99Nanos(),
              quantiles.maxNanos())) {
        cells.add(quantiles.count() == 0 ? "–" : Words.millis(nanos));
      }
    }
    return cells;
  }

  private void recovery() {
    heading("Availability and recovery");
    paragraph(
        "Answered: operations in flight during a fault that the system answered. Times: median"
            + " (least–greatest, faults) over all faults of all runs. Where faults overlap, each"
            + " is told with what the others did.");
    List<List<String>> rows = new ArrayList<>();
    for (String kind : Rows.kinds(systems)) {
      for (SystemFigures system : systems) {
        system.recoveryFrom(kind).ifPresent(row -> rows.add(recovery(system, row)));
      }
    }
    table(
        List.of(
            "fault",
            "system",
            "answered",
            "first success after its end",
            "first success after its start",
            "longest outage"),
        rows);
  }

  private static List<String> recovery(SystemFigures system, RecoveryRow row) {
    return List.of(
        row.fault(),
        system.system(),
        Rows.availability(system, row.fault()),
        Words.spread(row.afterEnd()),
        Words.spread(row.afterStart()),
        Words.spread(row.outage()));
  }

  private void errors() {
    heading("Errors");
    MarkdownSheet sheet = new MarkdownSheet(systems);
    sheet.row("definite", system -> Words.errors(system.errors(), true, ALL));
    sheet.row("indefinite", system -> Words.errors(system.errors(), false, ALL));
    text.append(sheet.render());
  }

  private void metrics() {
    heading("Servers");
    MarkdownSheet sheet = new MarkdownSheet(systems);
    sheet.row("leader changes a run", system -> Words.spread(system.leaderChanges()));
    Rows.metrics().forEach((name, cell) -> sheet.row(name, system -> cell.apply(system.metrics())));
    sheet.row(
        "watched, of it outside faults",
        system ->
            Figures.span(system.metrics().watchedNanos())
                + ", "
                + Figures.span(system.metrics().calmNanos()));
    text.append(sheet.render());
  }

  private void alerts() {
    for (SystemFigures system : systems) {
      system
          .alerts()
          .forEach(alert ->
              paragraph("Alert, " + system.system() + ": " + Rows.alert(system, alert) + "."));
    }
  }

  private void settings() {
    if (comparison.settings().isEmpty()) {
      return;
    }
    heading("Settings");
    List<String> head = new ArrayList<>(List.of("setting", "like for like"));
    systems.forEach(system -> head.add(system.system()));
    List<List<String>> rows = new ArrayList<>();
    for (Setting setting : comparison.settings()) {
      List<String> row = new ArrayList<>(List.of(setting.name(), setting.same() ? "yes" : "NO"));
      systems.forEach(system -> row.add(Rows.value(setting, system)));
      rows.add(row);
    }
    table(head, rows);
  }

  private void runs() {
    heading("Runs");
    List<List<String>> rows = new ArrayList<>();
    for (SystemFigures system : systems) {
      for (RunRow run : system.runs()) {
        rows.add(
            List.of(
                Integer.toString(run.round()),
                system.description(),
                run.verdict(),
                orDash(run.reason()),
                orDash(run.seed()),
                orDash(run.directory())));
      }
    }
    table(List.of("round", "system", "verdict", "reason", "seed", "directory"), rows);
  }

  private static String orDash(@Nullable String text) {
    return text == null ? "–" : text;
  }

  private void heading(String words) {
    text.append("\n### ").append(words).append("\n");
  }

  private void paragraph(String words) {
    text.append("\n").append(MarkdownText.cell(words)).append("\n");
  }

  private void table(List<String> head, List<List<String>> rows) {
    text.append("\n").append(rows.isEmpty() ? "none\n" : MarkdownText.table(head, rows));
  }
}

package dev.faultline.results.compare;

import dev.faultline.results.MarkdownText;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A table in Markdown with one column for each system. Used once. */
final class MarkdownSheet {

  private final List<SystemFigures> systems;
  private final List<List<String>> rows = new ArrayList<>();

  MarkdownSheet(List<SystemFigures> systems) {
    this.systems = systems;
  }

  /** Adds a row of figures, empty for a system of which no run was carried out. */
  void row(String label, Function<SystemFigures, String> cell) {
    add(label, Rows.ifRan(cell));
  }

  /** Adds how many runs had which verdict, also of a system of which none was carried out. */
  void verdicts() {
    add("all", system -> Words.verdicts(Rows.verdicts(system)));
  }

  /** Returns the table, after an empty line. */
  String render() {
    List<String> head = new ArrayList<>(List.of(""));
    systems.forEach(system -> head.add(system.system()));
    return "\n" + MarkdownText.table(head, rows);
  }

  private void add(String label, Function<SystemFigures, String> cell) {
    List<String> row = new ArrayList<>(List.of(label));
    systems.forEach(system -> row.add(cell.apply(system)));
    rows.add(row);
  }
}

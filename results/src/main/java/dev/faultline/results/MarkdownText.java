package dev.faultline.results;

import java.util.List;

/** Puts text into GitHub's Markdown so that it stays text. */
public final class MarkdownText {

  private MarkdownText() {}

  /** Returns {@code text} so that it is text, not markup, and stays in its cell. */
  public static String cell(String text) {
    return text.replaceAll("\\s+", " ").replaceAll("([\\\\`*_{}\\[\\]<>#|~])", "\\\\$1");
  }

  /**
   * Returns a table, ending in a line end.
   *
   * @param head the heads of the columns
   * @param rows the rows, each with as many cells as there are heads; all of them text
   */
  public static String table(List<String> head, List<List<String>> rows) {
    StringBuilder table = new StringBuilder(row(head));
    table.append("|").append("---|".repeat(head.size())).append("\n");
    rows.forEach(cells -> table.append(row(cells)));
    return table.toString();
  }

  private static String row(List<String> cells) {
    return "| " + String.join(" | ", cells.stream().map(MarkdownText::cell).toList()) + " |\n";
  }
}

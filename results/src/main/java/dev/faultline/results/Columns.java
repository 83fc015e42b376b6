package dev.faultline.results;

import java.util.ArrayList;
import java.util.List;

/** Sets rows of cells under each other. */
final class Columns {

  private Columns() {}

  /**
   * Returns each row as one line, indented, its cells padded to their column's width. Cells that
   * hold a number in every row, or one with its unit, stand to the right.
   */
  static List<String> align(List<List<String>> rows) {
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder("  ");
      for (int column = 0; column < row.size(); column++) {
        int width = width(rows, column);
        if (width > 0) {
          String padding = " ".repeat(width - row.get(column).length());
          String cell = row.get(column);
          line.append(isNumeric(rows, column) ? padding + cell : cell + padding);
          line.append(isTight(rows, column) ? " " : "  ");
        }
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }

  private static int width(List<List<String>> rows, int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }

  private static boolean isNumeric(List<List<String>> rows, int column) {
    return rows.stream().allMatch(row -> row.get(column).matches("[-\\d.]+( s)?|\\?|null|"));
  }

  /** A dash belongs to the times on both of its sides. */
  private static boolean isTight(List<List<String>> rows, int column) {
    String cell = rows.getFirst().get(column);
    boolean beforeDash =
        column + 1 < rows.getFirst().size() && rows.getFirst().get(column + 1).equals("–");
    return cell.equals("–") || beforeDash;
  }
}

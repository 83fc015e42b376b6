package dev.faultline.results.compare;

import dev.faultline.results.ScreenText;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A table with one column for each system, as wide as a screen. A cell that is wider than its
 * column goes on in the line below.
 */
final class ScreenTable {

  private static final int LABEL_WIDTH = 22;
  private static final int GAP = 2;

  private final List<SystemFigures> systems;
  private final int cellWidth;
  private final List<String> lines = new ArrayList<>();

  ScreenTable(List<SystemFigures> systems) {
    this.systems = systems;
    this.cellWidth = (ScreenText.WIDTH - LABEL_WIDTH) / systems.size() - GAP;
  }

  /** Adds a line of its own, such as the title of the rows below it. */
  void line(String text) {
    lines.addAll(
        ScreenText.wrap("", "  " + text).stream().map(line -> indented(text, line)).toList());
  }

  private static String indented(String text, String line) {
    int blanks = text.length() - text.stripLeading().length();
    return " ".repeat(GAP + blanks) + line;
  }

  /** Adds a row. */
  void row(String label, Function<SystemFigures, String> cell) {
    List<List<String>> cells = systems.stream().map(system -> wrap(cell.apply(system))).toList();
    int height = cells.stream().mapToInt(List::size).max().orElse(0);
    for (int i = 0; i < height; i++) {
      StringBuilder line = new StringBuilder(pad(i == 0 ? "  " + label : "", LABEL_WIDTH));
      for (List<String> column : cells) {
        line.append(" ".repeat(GAP)).append(pad(i < column.size() ? column.get(i) : "", cellWidth));
      }
      lines.add(line.toString().stripTrailing());
    }
  }

  List<String> lines() {
    return List.copyOf(lines);
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }

  /** Cuts between words where it can, and within a word where it must. */
  private List<String> wrap(String text) {
    List<String> wrapped = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.strip().split(" ", -1)) {
      String rest = word.replace('\u00a0', ' ');
      if (!line.isEmpty() && line.length() + 1 + rest.length() > cellWidth) {
        wrapped.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ");
      while (line.length() + rest.length() > cellWidth) {
        int room = cellWidth - line.length();
        wrapped.add(line + rest.substring(0, room));
        line.setLength(0);
        rest = rest.substring(room);
      }
      line.append(rest);
    }
    wrapped.add(line.toString());
    return wrapped;
  }
}

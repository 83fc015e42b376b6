package dev.faultline.checkers.transactions;

import dev.faultline.checkers.transactions.graph.Cycle;
import dev.faultline.checkers.transactions.graph.Dependency;
import java.util.Locale;

/**
 * Draws a cycle as SVG: a row for each transaction, a box for each micro-operation, and an arrow
 * between the very micro-operations that show a dependency. Orders of processes and of real time go
 * from the end of a row to the beginning of another.
 */
final class CycleDiagram {

  private static final int ROW_HEIGHT = 84;
  private static final int BOX_HEIGHT = 28;
  private static final int TOP = 24;
  private static final int LEFT = 56;
  private static final int GAP = 10;
  private static final double CHARACTER_WIDTH = 7.3;
  private static final int PADDING = 14;
  private static final int MOST_CHARACTERS = 48;
  private static final int MARGIN = 150;

  /** A micro-operation's box. */
  private record Box(double left, double top, double width) {
    double middle() {
      return left + width / 2;
    }
  }

  private final Transactions transactions;
  private final Cycle cycle;
  private final CycleStory story;
  private final StringBuilder out = new StringBuilder();

  private CycleDiagram(Transactions transactions, Cycle cycle, CycleStory story) {
    this.transactions = transactions;
    this.cycle = cycle;
    this.story = story;
  }

  /** Returns the picture of {@code cycle}, a whole SVG document. */
  static String of(Transactions transactions, Cycle cycle, CycleStory story) {
    return new CycleDiagram(transactions, cycle, story).draw();
  }

  private String draw() {
    double width = MARGIN;
    for (int place = 0; place < cycle.length(); place++) {
      width = Math.max(width, end(place) + MARGIN);
    }
    out.append(
        String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%.0f\" height=\"%d\""
                + " font-family=\"monospace\" font-size=\"12\"><defs><marker id=\"a\" markerWidth=\"8\""
                + " markerHeight=\"8\" refX=\"7\" refY=\"4\" orient=\"auto\"><path d=\"M0 0L8 4L0 8z\"/>"
                + "</marker></defs>",
            width,
            TOP + cycle.length() * ROW_HEIGHT));
    for (int place = 0; place < cycle.length(); place++) {
      row(place);
    }
    for (int place = 0; place < cycle.length(); place++) {
      arrow(place);
    }
    return out.append("</svg>").toString();
  }

  private void row(int place) {
    int t = cycle.node(place);
    out.append(
        String.format(
            Locale.ROOT, "<text x=\"8\" y=\"%.0f\">T%d</text>", top(place) + 18, place + 1));
    for (int op = transactions.first(t); op < transactions.end(t); op++) {
      Box box = box(place, op);
      out.append(
          String.format(
              Locale.ROOT,
              "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%d\" rx=\"4\" fill=\"#f4f4f0\""
                  + " stroke=\"#555\"/>",
              box.left(),
              box.top(),
              box.width(),
              BOX_HEIGHT));
      out.append(
          String.format(
              Locale.ROOT,
              "<text x=\"%.1f\" y=\"%.1f\">",
              box.left() + PADDING / 2.0,
              box.top() + 18));
      out.append(escaped(text(op))).append("</text>");
    }
  }

  private void arrow(int place) {
    int kind = cycle.kind(place);
    int next = (place + 1) % cycle.length();
    CycleStory.Reason reason = story.reason(cycle, place);
    boolean down = next > place;
    double fromX = reason == null ? end(place) : box(place, reason.fromOperation()).middle();
    double toX = reason == null ? LEFT - GAP : box(next, reason.toOperation()).middle();
    double fromY = top(place) + (down ? BOX_HEIGHT : 0);
    double toY = top(next) + (down ? 0 : BOX_HEIGHT);
    // Back up to the first row on the right of everything, so that it crosses nothing.
    double bend = down ? 0 : MARGIN;
    out.append(
        String.format(
            Locale.ROOT,
            "<path d=\"M%.1f %.1fC%.1f %.1f %.1f %.1f %.1f %.1f\" fill=\"none\" stroke=\"%s\""
                + " stroke-width=\"1.5\" marker-end=\"url(#a)\"/>",
            fromX,
            fromY,
            fromX + bend,
            (fromY + toY) / 2,
            toX + bend,
            (fromY + toY) / 2,
            toX,
            toY,
            colour(kind)));
    out.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%.1f\" y=\"%.1f\" fill=\"%s\">%s</text>",
            (fromX + toX) / 2 + bend * 0.75 + 6,
            (fromY + toY) / 2,
            colour(kind),
            Dependency.word(kind)));
  }

  private double top(int place) {
    return TOP + (double) place * ROW_HEIGHT;
  }

  private Box box(int place, int operation) {
    double left = LEFT;
    for (int op = transactions.first(cycle.node(place)); op < operation; op++) {
      left += width(op) + GAP;
    }
    return new Box(left, top(place), width(operation));
  }

  private double end(int place) {
    int last = transactions.end(cycle.node(place)) - 1;
    Box box = box(place, last);
    return box.left() + box.width();
  }

  private double width(int operation) {
    return text(operation).length() * CHARACTER_WIDTH + PADDING;
  }

  private String text(int operation) {
    String text = OperationText.operation(transactions, operation);
    return text.length() <= MOST_CHARACTERS
        ? text
        : text.substring(0, MOST_CHARACTERS / 2)
            + "…"
            + text.substring(text.length() - MOST_CHARACTERS / 2);
  }

  private static String colour(int kind) {
    return switch (kind) {
      case Dependency.WW -> "#c0392b";
      case Dependency.WR -> "#2e6fb0";
      case Dependency.RW -> "#8e44ad";
      case Dependency.PROCESS -> "#b9770e";
      default -> "#1e8449";
    };
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}

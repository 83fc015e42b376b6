package dev.faultline.checkers.transactions;

import dev.faultline.checkers.transactions.graph.Cycle;
import dev.faultline.checkers.transactions.graph.Dependency;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Draws a cycle as SVG: a row for each transaction, and an arrow between the very micro-operations
 * that show a dependency, with its reason beside it. Orders of processes and of real time go from
 * the end of a row to the beginning of the next.
 *
 * <p>Arrows leave a row below and enter one from above, each in a gap that it has for itself; the
 * one that closes the cycle goes around everything on the left. So nothing crosses.
 */
final class CycleDiagram {

  private static final int LANE = 14;
  private static final int LEFT = 26;
  private static final int RIGHT = 16;
  private static final int TITLE = 20;
  private static final int TOP_GAP = 44;
  private static final int GAP = 40;
  private static final int BOTTOM = 14;
  private static final int BASELINE = 4;
  private static final int LABEL_GAP = 8;
  private static final int MOST_CHARACTERS = 110;

  private final Transactions transactions;
  private final Cycle cycle;
  private final CycleStory story;
  private final Svg svg = new Svg();
  private final List<DiagramRow> rows = new ArrayList<>();

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
    int length = cycle.length();
    for (int place = 0; place < length; place++) {
      rows.add(
          new DiagramRow(
              transactions,
              cycle.node(place),
              place,
              concerned(place),
              LEFT,
              TOP_GAP + place * (double) (DiagramRow.HEIGHT + GAP)));
    }
    String title = cycle.anomaly().word();
    svg.text(LEFT, TITLE, "#000", title, title);
    heads();
    double width = 0;
    for (DiagramRow row : rows) {
      row.draw(svg);
      width = Math.max(width, row.reach());
    }
    for (int place = 0; place < length; place++) {
      width = Math.max(width, arrow(place));
    }
    double height = rows.getLast().bottom() + GAP + BOTTOM;
    return svg.document(width + RIGHT, height, title);
  }

  /** Returns the micro-operations of the transaction at {@code place} that arrows touch. */
  private Set<Integer> concerned(int place) {
    Set<Integer> concerned = new HashSet<>();
    CycleStory.Reason out = story.reason(cycle, place);
    CycleStory.Reason in = story.reason(cycle, (place + cycle.length() - 1) % cycle.length());
    if (out != null) {
      concerned.add(out.fromOperation());
    }
    if (in != null) {
      concerned.add(in.toOperation());
    }
    return concerned;
  }

  private void heads() {
    Set<Integer> kinds = new HashSet<>();
    for (int place = 0; place < cycle.length(); place++) {
      if (kinds.add(cycle.kind(place))) {
        svg.arrowHead(marker(cycle.kind(place)), colour(cycle.kind(place)));
      }
    }
  }

  /** Draws the arrow that leaves the row at {@code place}; returns how far its label reaches. */
  private double arrow(int place) {
    int kind = cycle.kind(place);
    DiagramRow from = rows.get(place);
    DiagramRow to = rows.get((place + 1) % cycle.length());
    CycleStory.Reason reason = story.reason(cycle, place);
    double fromX = reason == null ? from.right() : from.middle(reason.fromOperation());
    double toX = reason == null ? to.left() : to.middle(reason.toOperation());
    double fromY = reason == null ? from.bottom() : from.boxBottom();
    double toY = reason == null ? to.top() : to.boxTop();
    double below = from.bottom() + GAP / 2.0;
    boolean closes = place == cycle.length() - 1;
    if (closes) {
      double above = TITLE + (TOP_GAP - TITLE) / 2.0;
      svg.arrow(
          colour(kind),
          marker(kind),
          fromX,
          fromY,
          fromX,
          below,
          LANE,
          below,
          LANE,
          above,
          toX,
          above,
          toX,
          toY);
    } else {
      svg.arrow(colour(kind), marker(kind), fromX, fromY, fromX, below, toX, below, toX, toY);
    }
    return label(place, Math.max(fromX, closes ? LANE : toX) + LABEL_GAP, below);
  }

  private double label(int place, double left, double y) {
    int next = (place + 1) % cycle.length();
    String whole =
        Dependency.word(cycle.kind(place))
            + ": "
            + story.because(cycle, place, "T" + (place + 1), "T" + (next + 1));
    String text = Svg.shortened(whole, MOST_CHARACTERS);
    svg.text(left, y + BASELINE, colour(cycle.kind(place)), text, whole);
    return left + Svg.width(text);
  }

  private static String marker(int kind) {
    return "arrow-" + Dependency.word(kind);
  }

  private static String colour(int kind) {
    return switch (kind) {
      case Dependency.WW -> "#b03224";
      case Dependency.WR -> "#1f5f9f";
      case Dependency.RW -> "#7d3c98";
      case Dependency.PROCESS -> "#8a5a00";
      default -> "#1a6b35";
    };
  }
}

package dev.faultline.checkers.transactions;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A transaction as a row of a diagram: its name, a frame with a box for each micro-operation, and
 * who executed it, and when. Of a long transaction, runs of those that the cycle does not concern
 * are one box. What is above and below a row is left to arrows.
 */
final class DiagramRow {

  static final int HEIGHT = 38;

  private static final int NAME_WIDTH = 28;
  private static final int BOX_TOP = 6;
  private static final int BOX_HEIGHT = HEIGHT - 2 * BOX_TOP;
  private static final int GAP = 8;
  private static final int PADDING = 7;
  private static final int BASELINE = 17;
  private static final int MOST_CHARACTERS = 44;
  private static final int MOST_ELEMENTS = 8;
  private static final int MOST_BOXES = 6;

  /** One box; {@code operation} is -1 if it stands for several micro-operations. */
  private record Box(int operation, double left, double width, String text, String whole) {}

  private final List<Box> boxes = new ArrayList<>();
  private final Set<Integer> concerned;
  private final String name;
  private final String circumstances;
  private final double left;
  private final double top;

  /**
   * Lays a row out.
   *
   * @param place which transaction of the cycle it is, counted from 0
   * @param concerned the micro-operations that arrows touch
   * @param left where the row begins
   * @param top where it begins, seen from above
   */
  DiagramRow(
      Transactions transactions,
      int transaction,
      int place,
      Set<Integer> concerned,
      double left,
      double top) {
    this.concerned = concerned;
    this.name = "T" + (place + 1);
    this.circumstances = new Labels(transactions).circumstances(transaction);
    this.left = left + NAME_WIDTH;
    this.top = top;
    int first = transactions.first(transaction);
    int end = transactions.end(transaction);
    boolean all = end - first <= MOST_BOXES;
    for (int op = first; op < end; op++) {
      int from = op;
      while (!all && op < end && !concerned.contains(op)) {
        op++;
      }
      if (op - from > 1) {
        add(-1, "+" + (op - from), text(transactions, from, op));
      } else if (op > from) {
        addOperation(transactions, from);
      }
      if (op < end) {
        addOperation(transactions, op);
      }
    }
  }

  private void addOperation(Transactions transactions, int op) {
    String text = OperationText.operation(transactions, op, MOST_ELEMENTS);
    add(op, Svg.shortened(text, MOST_CHARACTERS), OperationText.operation(transactions, op));
  }

  private static String text(Transactions transactions, int from, int to) {
    List<String> texts = new ArrayList<>();
    for (int op = from; op < to; op++) {
      texts.add(OperationText.operation(transactions, op));
    }
    return String.join(" ", texts);
  }

  private void add(int operation, String text, String whole) {
    double from = boxes.isEmpty() ? left + GAP : last().left() + last().width() + GAP;
    boxes.add(new Box(operation, from, Svg.width(text) + 2 * PADDING, text, whole));
  }

  private Box last() {
    return boxes.getLast();
  }

  /** Returns where the frame ends. */
  double right() {
    return boxes.isEmpty() ? left + GAP : last().left() + last().width() + GAP;
  }

  /** Returns how far the row reaches with all its texts. */
  double reach() {
    return right() + GAP + Svg.width(circumstances);
  }

  /** Returns where the frame begins. */
  double left() {
    return left;
  }

  /** Returns the upper edge of the frame. */
  double top() {
    return top;
  }

  /** Returns the lower edge of the frame. */
  double bottom() {
    return top + HEIGHT;
  }

  /** Returns the upper edge of the boxes. */
  double boxTop() {
    return top + BOX_TOP;
  }

  /** Returns the lower edge of the boxes. */
  double boxBottom() {
    return top + BOX_TOP + BOX_HEIGHT;
  }

  /** Returns the middle of the box of {@code operation}. */
  double middle(int operation) {
    for (Box box : boxes) {
      if (box.operation() == operation) {
        return box.left() + box.width() / 2;
      }
    }
    throw new IllegalArgumentException("no box for micro-operation " + operation);
  }

  void draw(Svg svg) {
    double line = boxTop() + BASELINE;
    svg.text(left - NAME_WIDTH, line, "#000", name, name);
    svg.text(right() + GAP, line, "#777", circumstances, circumstances);
    svg.box(left, top, right() - left, HEIGHT, "#fafaf7", "#ddd");
    for (Box box : boxes) {
      boolean isConcerned = concerned.contains(box.operation());
      svg.box(
          box.left(),
          boxTop(),
          box.width(),
          BOX_HEIGHT,
          isConcerned ? "#fff" : "#f1f1ec",
          isConcerned ? "#222" : "#ccc");
      svg.text(box.left() + PADDING, line, isConcerned ? "#000" : "#777", box.text(), box.whole());
    }
  }
}

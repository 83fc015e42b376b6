package dev.faultline.checkers.transactions;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is wrong with a history itself, apart from what it shows of the system. */
final class Problems {

  /** Stands for the transaction as a whole where a micro-operation might stand. */
  static final int WHOLE = -1;

  private static final int SHOWN = 20;

  /**
   * Something wrong.
   *
   * @param event the event that shows it
   * @param operation the number of the micro-operation in its transaction, or {@link #WHOLE}
   * @param text what is wrong
   */
  record Problem(int event, int operation, String text) {}

  private final List<Problem> shown = new ArrayList<>();
  private final Map<Problem, Integer> columns = new HashMap<>();
  private int count;
  private boolean lostWrites;

  /** Notes a transaction that cannot be used; what it wrote is unknown from now on. */
  void unusable(int event, int operation, String text) {
    lostWrites = true;
    add(event, operation, text);
  }

  /** Notes a problem of a micro-operation, or of a whole transaction. */
  void add(int event, int operation, String text) {
    count++;
    if (shown.size() < SHOWN) {
      shown.add(new Problem(event, operation, text));
    }
  }

  /** Tells whether there may be writes that are not known. */
  boolean mayLackWrites() {
    return lostWrites;
  }

  int count() {
    return count;
  }

  /** Returns those of which there is something to show: the first ones. */
  List<Problem> shown() {
    return List.copyOf(shown);
  }

  /** Notes where in its file a problem stands: the line is that of the event. */
  void locate(Problem problem, int column) {
    columns.put(problem, column);
  }

  /** Returns the first ones in words, a line each. */
  List<String> lines() {
    return shown.stream().map(this::line).toList();
  }

  private String line(Problem problem) {
    Integer column = columns.get(problem);
    String where =
        column == null
            ? "event #" + problem.event()
            : "line " + (problem.event() + 1) + ", column " + column;
    return where + ": " + problem.text();
  }
}

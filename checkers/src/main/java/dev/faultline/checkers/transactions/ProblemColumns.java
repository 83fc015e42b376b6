package dev.faultline.checkers.transactions;

import dev.faultline.checkers.history.HistoryReader;
import dev.faultline.checkers.history.LineInput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Finds where in a file of one event a line the micro-operations stand that have problems. */
final class ProblemColumns {

  private static final String VALUE = "\"value\"";

  private final LineCursor cursor = new LineCursor();

  /** Tells {@code problems} where in {@code file} they are. */
  static void locate(Path file, Problems problems) throws IOException {
    List<Problems.Problem> open = new ArrayList<>(problems.shown());
    if (open.isEmpty()) {
      return;
    }
    ProblemColumns columns = new ProblemColumns();
    try (InputStream in = HistoryReader.open(file)) {
      LineInput lines = new LineInput(in);
      for (int event = 0; !open.isEmpty() && lines.next(); event++) {
        for (Problems.Problem problem : List.copyOf(open)) {
          if (problem.event() == event) {
            problems.locate(
                problem,
                columns.column(lines.bytes(), lines.start(), lines.end(), problem.operation()));
            open.remove(problem);
          }
        }
      }
    }
  }

  /** Returns the column of a micro-operation, or as near to it as the line can be understood. */
  private int column(byte[] line, int start, int end, int operation) {
    cursor.reset(line, start, end);
    int place = start;
    space(line, end);
    cursor.take('{');
    space(line, end);
    while (!cursor.take(VALUE) && cursor.skipValue() && cursor.take(',')) {
      space(line, end); // What was skipped is another member: name, colon and value.
    }
    space(line, end);
    if (cursor.take(':')) {
      space(line, end);
      place = cursor.position();
      if (operation >= 0 && cursor.take('[')) {
        place = elementOf(line, end, operation);
      }
    }
    return characters(line, start, place) + 1;
  }

  private int elementOf(byte[] line, int end, int index) {
    space(line, end);
    for (int i = 0; i < index && cursor.skipValue() && cursor.take(','); i++) {
      space(line, end);
    }
    return cursor.position();
  }

  private void space(byte[] line, int end) {
    int place = cursor.position();
    while (place < end && line[place] <= ' ' && line[place] >= 0) {
      place++;
    }
    cursor.moveTo(place);
  }

  /** Counts the characters of UTF-8 text: every byte but those that continue one. */
  private static int characters(byte[] line, int from, int to) {
    int count = 0;
    for (int i = from; i < to; i++) {
      count += (line[i] & 0xc0) == 0x80 ? 0 : 1;
    }
    return count;
  }
}

package dev.faultline.checkers.history;

import dev.faultline.checkers.json.JsonSyntaxException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/**
 * A file in this project's own format, read event by event.
 *
 * <p>What is no history is refused with its place. A last line without its line feed that is not a
 * whole event is what a killed writer leaves, and is dropped.
 */
final class EventFile {

  /** Takes the events of a file, one after the other. */
  @FunctionalInterface
  interface Taker {

    /**
     * Takes the event with {@code index}, which stands on {@code line}.
     *
     * @throws IllegalHistoryException if no history can go on like this
     * @throws IllegalArgumentException if it is one too many of something
     * @throws IOException if what is made of it cannot be written
     */
    void take(int index, Event event, LineInput line) throws IOException;
  }

  private final Path file;
  private final Taker taker;
  private final EventParser parser = new EventParser();
  private int index;
  private long timeNanos;

  private EventFile(Path file, Taker taker) {
    this.file = file;
    this.taker = taker;
  }

  /**
   * Hands the events of {@code file}, plain or gzipped, to {@code taker}.
   *
   * @throws HistoryFormatException if its content is not a history
   * @throws IOException if it cannot be read, or the taker cannot write
   */
  static void read(Path file, Taker taker) throws IOException {
    try (InputStream in = HistoryReader.open(file)) {
      LineInput lines = new LineInput(in);
      EventFile events = new EventFile(file, taker);
      while (lines.next()) {
        events.read(lines);
      }
    }
  }

  private void read(LineInput line) throws IOException {
    try {
      Event event = parser.parse(line.bytes(), line.start(), line.end(), index, timeNanos);
      taker.take(index, event, line);
      timeNanos = event.timeNanos();
      index = Math.incrementExact(index);
    } catch (JsonSyntaxException e) {
      if (!line.isTorn()) {
        throw malformed(e.column(), e.problem(), "each line of a history is one JSON object");
      }
    } catch (EventParser.MalformedEventException e) {
      throw malformed(e.column(), e.problem(), e.remedy());
    } catch (IllegalHistoryException e) {
      throw malformed(parser.columnOf(e.member()), e.problem(), e.remedy());
    } catch (IllegalArgumentException e) {
      throw malformed(1, String.valueOf(e.getMessage()), "split the history");
    } catch (ArithmeticException e) {
      throw malformed(1, "more than 2,147,483,647 events", "split the history by key");
    }
  }

  private HistoryFormatException malformed(int column, String problem, String remedy) {
    return new HistoryFormatException(file, index + 1L, column, problem, remedy);
  }
}

package dev.faultline.checkers.history;

import dev.faultline.checkers.json.JsonSyntaxException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/**
 * Reads history files, plain or gzipped (told apart by content, not by name).
 *
 * <p>A last line without its line feed that is not a whole event is what a killed writer leaves,
 * and is dropped. Everything else that does not belong is an error.
 */
public final class HistoryReader {

  private final Path file;
  private final boolean whole;
  private final HistoryBuilder builder = new HistoryBuilder();
  private final EventParser parser = new EventParser();

  private HistoryReader(Path file, boolean whole) {
    this.file = file;
    this.whole = whole;
  }

  /**
   * Reads {@code file}.
   *
   * @throws HistoryFormatException if its content is not a history
   * @throws HistoryTooLargeException if it does not fit into memory
   * @throws IOException if it cannot be read
   */
  public static History read(Path file) throws IOException {
    return read(file, true);
  }

  /**
   * Reads {@code file}, whose lines were taken out of a longer history, with the places they had
   * there as {@code index}.
   *
   * @throws HistoryFormatException if its content is not a history
   * @throws HistoryTooLargeException if it does not fit into memory
   * @throws IOException if it cannot be read
   */
  public static History readExcerpt(Path file) throws IOException {
    return read(file, false);
  }

  private static History read(Path file, boolean whole) throws IOException {
    try {
      return new HistoryReader(file, whole).readAll();
    } catch (OutOfMemoryError e) {
      // What had been read is garbage by now, so that there is room for saying so.
      throw new HistoryTooLargeException(file, e);
    }
  }

  private History readAll() throws IOException {
    try (InputStream in = open(file)) {
      LineInput lines = new LineInput(in);
      while (lines.next()) {
        readLine(lines);
      }
      return builder.build();
    }
  }

  private void readLine(LineInput lines) throws HistoryFormatException {
    long line = builder.size() + 1L;
    try {
      Event event =
          parser.parse(
              lines.bytes(),
              lines.start(),
              lines.end(),
              whole ? builder.size() : EventParser.ANY_INDEX,
              builder.lastTimeNanos());
      builder.append(event);
    } catch (JsonSyntaxException e) {
      if (!lines.isTorn()) {
        throw malformed(line, e.column(), e.problem(), "each line of a history is one JSON object");
      }
    } catch (EventParser.MalformedEventException e) {
      throw malformed(line, e.column(), e.problem(), e.remedy());
    } catch (IllegalHistoryException e) {
      throw malformed(line, parser.columnOf(e.member()), e.problem(), e.remedy());
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw malformed(line, 1, String.valueOf(e.getMessage()), "split the history");
    }
  }

  private HistoryFormatException malformed(long line, int column, String problem, String remedy) {
    return new HistoryFormatException(file, line, column, problem, remedy);
  }

  /**
   * Opens {@code file} for reading lines, plain or gzipped.
   *
   * @throws HistoryFormatException if it is no text that can be read
   * @throws IOException if it cannot be read
   */
  public static InputStream open(Path file) throws IOException {
    return HistoryInput.open(file);
  }
}

package dev.faultline.checkers.history;

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

  private HistoryReader() {}

  /**
   * Reads {@code file}.
   *
   * @throws HistoryFormatException if its content is not a history
   * @throws HistoryTooLargeException if it does not fit into memory
   * @throws IOException if it cannot be read
   */
  public static History read(Path file) throws IOException {
    try {
      return readAll(file);
    } catch (OutOfMemoryError e) {
      // What had been read is garbage by now, so that there is room for saying so.
      throw new HistoryTooLargeException(file, e);
    }
  }

  private static History readAll(Path file) throws IOException {
    HistoryBuilder builder = new HistoryBuilder();
    EventFile.read(
        file,
        (_, event, _) -> {
          int _ = builder.append(event);
        });
    return builder.build();
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

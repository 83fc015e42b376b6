package dev.faultline.checkers.history;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes histories to files. */
public final class HistoryExport {

  private HistoryExport() {}

  /**
   * Writes {@code history} to {@code file}.
   *
   * @param format {@link HistoryFormat#NDJSON} or {@link HistoryFormat#EDN}
   * @throws IllegalArgumentException if histories are not written in that format
   * @throws IOException if the file cannot be written
   */
  public static void write(History history, HistoryFormat format, Path file) throws IOException {
    if (format == HistoryFormat.JEPSEN_LOG) {
      throw new IllegalArgumentException("histories are not written as " + format.word());
    }
    try (Writer out = Files.newBufferedWriter(file)) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < history.size(); i++) {
        line.setLength(0);
        if (format == HistoryFormat.EDN) {
          EdnLines.append(line, i, history.event(i));
        } else {
          HistoryLines.append(line, i, history.event(i));
        }
        out.append(line);
      }
    }
  }
}

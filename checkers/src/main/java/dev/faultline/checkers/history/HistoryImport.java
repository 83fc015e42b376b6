package dev.faultline.checkers.history;

import dev.faultline.checkers.edn.EdnReader;
import dev.faultline.checkers.edn.EdnSyntaxException;
import dev.faultline.checkers.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads histories of every format, plain or gzipped; the format is told by the content. */
public final class HistoryImport {

  private static final int BEGINNING_BYTES = 512;
  private static final int BUFFER_BYTES = 1 << 16;

  private HistoryImport() {}

  /**
   * Reads {@code file}.
   *
   * @param format its format; if empty, whatever its beginning looks like
   * @throws HistoryFormatException if its content is not a history
   * @throws HistoryTooLargeException if it does not fit into memory
   * @throws IOException if it cannot be read
   */
  public static History read(Path file, Optional<HistoryFormat> format) throws IOException {
    HistoryFormat actual = format(file, format);
    if (actual == HistoryFormat.NDJSON) {
      return HistoryReader.read(file);
    }
    try {
      return readForeign(file, actual);
    } catch (OutOfMemoryError e) {
      throw new HistoryTooLargeException(file, e);
    }
  }

  private static History readForeign(Path file, HistoryFormat format) throws IOException {
    try (InputStream in = HistoryReader.open(file);
        Reader reader =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8), BUFFER_BYTES)) {
      return format == HistoryFormat.EDN
          ? edn(file, reader)
          : new JepsenLog(file).read(new BufferedReader(reader));
    }
  }

  /**
   * Returns what {@code file} is: {@code format}, or if that is empty what its beginning looks
   * like.
   *
   * @throws IOException if it cannot be read
   */
  public static HistoryFormat format(Path file, Optional<HistoryFormat> format) throws IOException {
    return format.isPresent() ? format.get() : HistoryFormat.of(beginning(file));
  }

  private static History edn(Path file, Reader reader) throws IOException {
    EdnReader edn = new EdnReader(reader);
    EdnEvents events = new EdnEvents();
    try {
      boolean _ = edn.enterSequence();
      for (Json value = edn.next(); value != null; value = edn.next()) {
        String problem = events.add(value, edn);
        if (problem != null) {
          throw malformed(file, edn, problem, "a map with :process, :type, :f and :value");
        }
      }
      return events.build(file);
    } catch (EdnSyntaxException e) {
      throw new HistoryFormatException(file, e.line(), e.column(), e.problem(), e.expected());
    }
  }

  private static HistoryFormatException malformed(
      Path file, EdnReader edn, String problem, @Nullable String remedy) {
    return new HistoryFormatException(
        file, edn.valueLine(), edn.valueColumn(), problem, "expected " + remedy);
  }

  private static String beginning(Path file) throws IOException {
    try (InputStream in = HistoryReader.open(file)) {
      return new String(in.readNBytes(BEGINNING_BYTES), StandardCharsets.UTF_8);
    }
  }
}

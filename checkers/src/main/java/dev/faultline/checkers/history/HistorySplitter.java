package dev.faultline.checkers.history;

import dev.faultline.checkers.json.JsonSyntaxException;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Splits a history that is too large for memory into smaller ones, each with all events of some of
 * the keys.
 *
 * <p>It reads the file once and holds no more than one event and the operations in flight. Events
 * of the nemesis are left out. Beside each part lies a file with the places, in the whole history,
 * of its events.
 */
public final class HistorySplitter {

  private static final int BUFFER_BYTES = 1 << 16;
  private static final int GZIP_FIRST_BYTE = 0x1f;
  private static final int GZIP_SECOND_BYTE = 0x8b;

  /**
   * A part of a history.
   *
   * @param events a history file
   * @param places the place of each of its events in the whole history, as big-endian integers
   */
  public record Part(Path events, Path places) {

    /** Returns the place in the whole history of event {@code index} of this part. */
    public int place(int index) throws IOException {
      try (var file = new RandomAccessFile(places.toFile(), "r")) {
        file.seek((long) index * Integer.BYTES);
        return file.readInt();
      }
    }

    /** Deletes both files. */
    public void delete() throws IOException {
      Files.deleteIfExists(events);
      Files.deleteIfExists(places);
    }
  }

  /** A part that is being written. */
  private static final class Sink implements AutoCloseable {
    final Part part;
    final BufferedOutputStream events;
    final DataOutputStream places;
    int size;

    Sink(Path directory, int number) throws IOException {
      part =
          new Part(
              directory.resolve("part-" + number + ".ndjson"),
              directory.resolve("part-" + number + ".places"));
      events = new BufferedOutputStream(Files.newOutputStream(part.events()), BUFFER_BYTES);
      places =
          new DataOutputStream(
              new BufferedOutputStream(Files.newOutputStream(part.places()), BUFFER_BYTES));
    }

    @Override
    public void close() throws IOException {
      try (events) {
        places.close();
      }
    }
  }

  private final Path file;
  private final List<Sink> sinks = new ArrayList<>();
  private final Map<Integer, @Nullable String> openKeys = new HashMap<>();
  private final EventParser parser = new EventParser();
  private final StringBuilder line = new StringBuilder();
  private long lastTimeNanos;
  private int index;

  private HistorySplitter(Path file) {
    this.file = file;
  }

  /**
   * Splits {@code file}, in this project's own format, into {@code parts} parts in {@code
   * directory}.
   *
   * @throws HistoryFormatException if its content is not a history
   * @throws IOException if it cannot be read, or the parts cannot be written
   */
  public static List<Part> split(Path file, int parts, Path directory) throws IOException {
    HistorySplitter splitter = new HistorySplitter(file);
    try {
      for (int i = 0; i < parts; i++) {
        splitter.sinks.add(new Sink(directory, i));
      }
      splitter.readAll();
    } finally {
      for (Sink sink : splitter.sinks) {
        sink.close();
      }
    }
    return splitter.sinks.stream().map(sink -> sink.part).toList();
  }

  private void readAll() throws IOException {
    try (InputStream in = open()) {
      LineInput lines = new LineInput(in);
      while (lines.next()) {
        try {
          Event event =
              parser.parse(lines.bytes(), lines.start(), lines.end(), index, lastTimeNanos);
          write(event);
        } catch (JsonSyntaxException e) {
          if (lines.isTerminated()) {
            throw malformed(e.column(), e.problem(), "each line of a history is one JSON object");
          }
        } catch (EventParser.MalformedEventException e) {
          throw malformed(e.column(), e.problem(), e.remedy());
        }
      }
    }
  }

  private void write(Event event) throws IOException {
    int place = index++;
    if (event.timeNanos() < lastTimeNanos) {
      throw malformed(1, "time decreases", "order the events as they were recorded");
    }
    lastTimeNanos = event.timeNanos();
    if (event.isNemesis()) {
      return;
    }
    String key = event.key();
    if (event.type() == EventType.INVOKE) {
      openKeys.put(event.process(), key);
    } else {
      String invoked = openKeys.remove(event.process());
      key = key == null ? invoked : key;
    }
    Sink sink = sinks.get(Math.floorMod(Objects.hashCode(key), sinks.size()));
    line.setLength(0);
    HistoryLines.append(line, sink.size++, event);
    sink.events.write(line.toString().getBytes(StandardCharsets.UTF_8));
    sink.places.writeInt(place);
  }

  private HistoryFormatException malformed(int column, String problem, String remedy) {
    return new HistoryFormatException(file, index + 1L, column, problem, remedy);
  }

  private InputStream open() throws IOException {
    BufferedInputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES);
    try {
      in.mark(2);
      boolean gzipped = in.read() == GZIP_FIRST_BYTE && in.read() == GZIP_SECOND_BYTE;
      in.reset();
      return gzipped ? new GZIPInputStream(in, BUFFER_BYTES) : in;
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }
}

package dev.faultline.checkers.history;

import dev.faultline.checkers.json.JsonSyntaxException;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Splits a history that is too large for memory into smaller ones, each with all events of some of
 * the keys.
 *
 * <p>It reads the file once and holds no more than one event and the operations in flight. Lines
 * are copied as they are; those of the nemesis are left out. Beside each part lies a file with the
 * places, in the whole history, of its events.
 */
public final class HistorySplitter {

  private static final int BUFFER_BYTES = 1 << 15;

  /**
   * A part of a history.
   *
   * @param events a history file, for {@link HistoryReader#readExcerpt}
   * @param places the place of each of its events in the whole history, as big-endian integers
   * @param size how many events there are
   * @param key the key of the first one; null if there is none
   * @param onlyKey whether it is the only one
   */
  public record Part(Path events, Path places, int size, @Nullable String key, boolean onlyKey) {

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
    private final Path eventsFile;
    private final Path placesFile;
    private final BufferedOutputStream events;
    private final DataOutputStream places;
    private int size;
    private @Nullable String firstKey;
    private boolean onlyKey = true;

    Sink(Path directory, String name) throws IOException {
      eventsFile = directory.resolve(name + ".ndjson");
      placesFile = directory.resolve(name + ".places");
      eventsFile.toFile().deleteOnExit();
      placesFile.toFile().deleteOnExit();
      events = new BufferedOutputStream(Files.newOutputStream(eventsFile), BUFFER_BYTES);
      places =
          new DataOutputStream(
              new BufferedOutputStream(Files.newOutputStream(placesFile), BUFFER_BYTES));
    }

    void add(@Nullable String key, LineInput line, int place) throws IOException {
      if (size++ == 0) {
        firstKey = key;
      }
      onlyKey &= Objects.equals(key, firstKey);
      events.write(line.bytes(), line.start(), line.end() - line.start());
      events.write('\n');
      places.writeInt(place);
    }

    Part part() {
      return new Part(eventsFile, placesFile, size, firstKey, onlyKey);
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
  private final @Nullable Part whole;
  private final int salt;
  private long lastTimeNanos;
  private int index;

  private HistorySplitter(Path file, @Nullable Part whole, int salt) {
    this.file = file;
    this.whole = whole;
    this.salt = salt;
  }

  /**
   * Splits {@code file}, in this project's own format, into {@code parts} parts in {@code
   * directory}.
   *
   * @throws HistoryFormatException if its content is not a history
   * @throws IOException if it cannot be read, or the parts cannot be written
   */
  public static List<Part> split(Path file, int parts, Path directory) throws IOException {
    return new HistorySplitter(file, null, 0).split(parts, directory, "part");
  }

  /**
   * Splits a part again, into other parts than the same keys went to before.
   *
   * @param depth how often it was split before
   * @throws IOException if it cannot be read, or the parts cannot be written
   */
  public static List<Part> split(Part part, int parts, int depth) throws IOException {
    Path directory = Objects.requireNonNull(part.events().getParent());
    String name = String.valueOf(part.events().getFileName()).replace(".ndjson", "");
    return new HistorySplitter(part.events(), part, depth).split(parts, directory, name);
  }

  private List<Part> split(int parts, Path directory, String name) throws IOException {
    try {
      for (int i = 0; i < parts; i++) {
        sinks.add(new Sink(directory, name + "-" + i));
      }
      readAll();
    } finally {
      for (Sink sink : sinks) {
        sink.close();
      }
    }
    return sinks.stream().map(Sink::part).toList();
  }

  private void readAll() throws IOException {
    try (InputStream in = HistoryReader.open(file);
        DataInputStream places = whole == null ? null : open(whole.places())) {
      LineInput lines = new LineInput(in);
      while (lines.next()) {
        try {
          Event event =
              parser.parse(
                  lines.bytes(),
                  lines.start(),
                  lines.end(),
                  places == null ? index : EventParser.ANY_INDEX,
                  lastTimeNanos);
          write(event, lines, places == null ? index : places.readInt());
          index = Math.incrementExact(index);
        } catch (JsonSyntaxException e) {
          if (lines.isTerminated()) {
            throw malformed(e.column(), e.problem(), "each line of a history is one JSON object");
          }
        } catch (EventParser.MalformedEventException e) {
          throw malformed(e.column(), e.problem(), e.remedy());
        } catch (ArithmeticException e) {
          throw malformed(1, "more than 2,147,483,647 events", "split the history by key");
        }
      }
    }
  }

  private void write(Event event, LineInput line, int place) throws IOException {
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
    sinks.get(Math.floorMod(hash(key), sinks.size())).add(key, line, place);
  }

  /** Spreads the keys of one part over all, which their hash codes alone would not. */
  private int hash(@Nullable String key) {
    int mixed = (Objects.hashCode(key) + salt) * 0x9e3779b9;
    return mixed ^ (mixed >>> (Integer.SIZE / 2));
  }

  private HistoryFormatException malformed(int column, String problem, String remedy) {
    return new HistoryFormatException(file, index + 1L, column, problem, remedy);
  }

  private static DataInputStream open(Path places) throws IOException {
    return new DataInputStream(new BufferedInputStream(Files.newInputStream(places), BUFFER_BYTES));
  }
}

package dev.faultline.checkers.history;

import dev.faultline.checkers.json.JsonSyntaxException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Splits a history that is too large for memory into parts on the disk, each with all events of
 * some of the keys.
 *
 * <p>It reads the file once and holds no more than one event and the operations in flight. What is
 * no history is refused as by {@link HistoryReader}, in the same words. Events of the nemesis go to
 * no part.
 */
public final class HistorySplitter {

  /** Is shown every event while a history is split. */
  @FunctionalInterface
  public interface Watcher {

    /**
     * Looks at an event, of the nemesis too.
     *
     * @param place its place in the history
     * @param event the event
     * @param key the key of the operation, which its completion need not repeat
     * @return whether some part shall have it
     */
    boolean keeps(int place, Event event, @Nullable String key);
  }

  private HistorySplitter() {}

  /**
   * Splits {@code file}, in this project's own format, into {@code count} parts.
   *
   * @throws HistoryFormatException if its content is not a history
   * @throws HistoryTooLargeException if not even the operations in flight fit into memory
   * @throws IOException if it cannot be read, or the parts cannot be written
   */
  public static List<Part> split(Path file, int count, ScratchFile scratch, Watcher watcher)
      throws IOException {
    try {
      return splitAll(file, Part.empty(file, scratch, count), watcher);
    } catch (OutOfMemoryError e) {
      throw new HistoryTooLargeException(file, e);
    }
  }

  private static List<Part> splitAll(Path file, List<Part> parts, Watcher watcher)
      throws IOException {
    Pairing pairing = new Pairing();
    EventFile.read(
        file,
        (index, event, line) -> {
          String key = pairing.keyOf(index, event);
          if (watcher.keeps(index, event, key) && !event.isNemesis()) {
            parts
                .get(Part.of(key, 0, parts.size()))
                .add(key, index, event.timeNanos(), line.bytes(), line.start(), line.end());
          }
        });
    for (Part part : parts) {
      part.finish(pairing.lastTimeNanos() > 0);
    }
    return parts;
  }

  /** All events of some of the keys of a history. */
  public static final class Part {
    private final Path file;
    private final Spool spool;
    private final ScratchFile scratch;
    private boolean timed;
    private @Nullable String firstKey;
    private boolean onlyKey = true;

    private Part(Path file, Spool spool, ScratchFile scratch) {
      this.file = file;
      this.spool = spool;
      this.scratch = scratch;
    }

    private static List<Part> empty(Path file, ScratchFile scratch, int count) throws IOException {
      List<Part> parts = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        parts.add(new Part(file, new Spool(scratch), scratch));
      }
      return parts;
    }

    /** Returns how many events there are. */
    public int size() {
      return spool.events();
    }

    /** Returns the key of the first one; null if it has none. */
    public @Nullable String key() {
      return firstKey;
    }

    /** Tells whether all have that key. */
    public boolean isOneKey() {
      return onlyKey;
    }

    /**
     * Reads the part, as an excerpt that knows the places of its events.
     *
     * @param look is called with the number of each event, and may end the reading by an exception
     * @throws HistoryTooLargeException if it does not fit into memory
     * @throws IOException if it cannot be read
     */
    public History read(IntConsumer look) throws IOException {
      try {
        return readAll(look);
      } catch (OutOfMemoryError e) {
        throw new HistoryTooLargeException(file, e);
      }
    }

    private History readAll(IntConsumer look) throws IOException {
      HistoryBuilder builder = new HistoryBuilder();
      int[] places = new int[size()];
      EventParser parser = new EventParser();
      Spool.Records records = spool.read();
      while (records.next()) {
        look.accept(builder.size());
        places[builder.size()] = records.place();
        int _ = builder.append(event(parser, records));
      }
      return builder.buildExcerpt(places, timed);
    }

    private Event event(EventParser parser, Spool.Records record) throws IOException {
      try {
        return parser.parse(record.bytes(), 0, record.length(), record.place(), record.timeNanos());
      } catch (JsonSyntaxException | EventParser.MalformedEventException e) {
        throw new IOException("the scratch file was changed by somebody", e);
      }
    }

    /**
     * Splits this part, which is gone then, among {@code count} others.
     *
     * @param depth how often it was split before, so that other keys come together than then
     * @param look is called with the number of each event, and may end the splitting
     * @throws IOException if it cannot be read, or the others cannot be written
     */
    public List<Part> split(int count, int depth, IntConsumer look) throws IOException {
      List<Part> smaller = empty(file, scratch, count);
      EventParser parser = new EventParser();
      Pairing pairing = new Pairing();
      Spool.Records records = spool.read();
      for (int i = 0; records.next(); i++) {
        look.accept(i);
        String key = pairing.keyOf(i, event(parser, records));
        smaller
            .get(of(key, depth, count))
            .add(key, records.place(), records.timeNanos(), records.bytes(), 0, records.length());
      }
      for (Part part : smaller) {
        part.finish(timed);
      }
      delete();
      return smaller;
    }

    /** Gives its room on the disk back. */
    public void delete() {
      spool.delete();
    }

    private void add(
        @Nullable String key, int place, long timeNanos, byte[] bytes, int start, int end)
        throws IOException {
      if (size() == 0) {
        firstKey = key;
      }
      onlyKey &= Objects.equals(key, firstKey);
      spool.add(place, timeNanos, bytes, start, end);
    }

    private void finish(boolean hasTimes) throws IOException {
      timed = hasTimes;
      spool.finish();
    }

    /**
     * Returns to which of {@code count} parts a key goes. Keys that meet at one depth part at
     * another, which those with equal hash codes would not do by these.
     */
    private static int of(@Nullable String key, int depth, int count) {
      long hash = 0x9e3779b97f4a7c15L * (depth + 1L) + (key == null ? 1 : 0);
      for (int i = 0; key != null && i < key.length(); i++) {
        hash = (hash ^ key.charAt(i)) * 0x100000001b3L;
        hash ^= hash >>> Integer.SIZE;
      }
      hash = (hash ^ hash >>> Integer.SIZE) * 0xbf58476d1ce4e5b9L;
      return (int) Long.remainderUnsigned(hash ^ hash >>> Integer.SIZE, count);
    }
  }
}

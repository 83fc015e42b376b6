package dev.faultline.checkers.history;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Collects events into a {@link History}.
 *
 * <p>Refuses what cannot be a history: a completion without its invocation, a process that invokes
 * while it still waits, a completion of another function than was invoked, time that decreases. Not
 * safe for use by several threads.
 */
public final class HistoryBuilder {

  private final List<Columns> chunks = new ArrayList<>();
  private final Interner<String> functions = new Interner<>("functions", PackedKind.FUNCTIONS);
  private final Interner<String> keys = new Interner<>("keys", Integer.MAX_VALUE);
  private final Interner<String> nodes = new Interner<>("nodes", PackedKind.NODES);
  private final ValuePool values = new ValuePool();
  private final Extras extras = new Extras(values);

  private final Pairing pairing = new Pairing();
  private int size;

  /** Returns how many events were appended. */
  public int size() {
    return size;
  }

  /** Returns the time of the event appended last, in nanoseconds; 0 at the beginning. */
  public long lastTimeNanos() {
    return pairing.lastTimeNanos();
  }

  /**
   * Appends {@code event} and returns its index.
   *
   * @throws IllegalHistoryException if no history can go on like this; nothing was appended then
   */
  public int append(Event event) {
    Pairing.Waiting invoked = pairing.check(event);
    int counterpart = invoked == null ? -1 : invoked.index();
    int index = size;
    int slot = index & Columns.EVENT_MASK;
    if (slot == 0) {
      chunks.add(new Columns());
    }
    Columns chunk = chunks.getLast();
    chunk.times[slot] = event.timeNanos();
    chunk.processes[slot] = event.process();
    chunk.kinds[slot] =
        PackedKind.pack(functions.number(event.f()), nodes.number(event.node()), event.type());
    chunk.keys[slot] = keys.number(event.key());
    chunk.values[slot] = values.encode(event.value());
    chunk.counterparts[slot] = counterpart;
    if (event.error() != null || event.meta() != null) {
      chunk.setExtra(slot, extras.add(event.error(), event.meta()));
    }
    if (counterpart >= 0) {
      chunks.get(counterpart >>> Columns.EVENT_BITS)
              .counterparts[counterpart & Columns.EVENT_MASK] =
          index;
    }
    pairing.take(index, event);
    size = Math.incrementExact(size);
    return index;
  }

  /** Returns the history; this builder must not be used afterwards. */
  public History build() {
    return build(null, lastTimeNanos() > 0);
  }

  /**
   * Returns an excerpt from a longer history; this builder must not be used afterwards.
   *
   * @param places where in the longer one each event stands, ascending
   * @param timed whether the longer one has times
   */
  public History buildExcerpt(int[] places, boolean timed) {
    return build(places.length == size ? places : Arrays.copyOf(places, size), timed);
  }

  private History build(int @Nullable [] places, boolean timed) {
    return new ColumnarHistory(
        chunks.toArray(new Columns[0]),
        size,
        functions,
        keys,
        nodes,
        values,
        extras,
        places,
        timed);
  }
}

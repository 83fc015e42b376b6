package dev.faultline.checkers.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

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

  /** The invocation that each waiting process waits for. */
  private final Map<Integer, Integer> open = new HashMap<>();

  private int size;
  private long lastTimeNanos;

  /** Returns how many events were appended. */
  public int size() {
    return size;
  }

  /** Returns the time of the event appended last, in nanoseconds; 0 at the beginning. */
  public long lastTimeNanos() {
    return lastTimeNanos;
  }

  /**
   * Appends {@code event} and returns its index.
   *
   * @throws IllegalHistoryException if no history can go on like this; nothing was appended then
   */
  public int append(Event event) {
    if (event.timeNanos() < lastTimeNanos) {
      throw new IllegalHistoryException(
          "time",
          "time decreases from " + lastTimeNanos + " to " + event.timeNanos(),
          "order the events as they were recorded, with times from one monotonic clock");
    }
    int counterpart = pair(event);
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
      open.remove(event.process());
    } else if (event.type() == EventType.INVOKE) {
      open.put(event.process(), index);
    }
    size = Math.incrementExact(size);
    lastTimeNanos = event.timeNanos();
    return index;
  }

  /** Returns the history; this builder must not be used afterwards. */
  public History build() {
    return new ColumnarHistory(
        chunks.toArray(new Columns[0]), size, functions, keys, nodes, values, extras);
  }

  /** Returns the invocation that {@code event} completes, or -1 if it completes none. */
  private int pair(Event event) {
    if (event.isNemesis()) {
      if (event.type() != EventType.INFO) {
        throw new IllegalHistoryException(
            "type",
            "a nemesis event is of type " + event.type().word(),
            "give nemesis events the type info");
      }
      return -1;
    }
    Integer waiting = open.get(event.process());
    if (event.type() == EventType.INVOKE) {
      if (waiting != null) {
        throw new IllegalHistoryException(
            "process",
            "process "
                + event.process()
                + " invokes again although its operation of event "
                + waiting
                + " has not completed",
            "a process waits for one operation at a time; complete the first, with info if nobody"
                + " knows what became of it");
      }
      return -1;
    }
    if (waiting == null) {
      throw new IllegalHistoryException(
          "process",
          "process " + event.process() + " completes an operation that it did not invoke",
          "record the invocation before its completion");
    }
    checkSameOperation(waiting, event);
    return waiting;
  }

  private void checkSameOperation(int invocation, Event completion) {
    Columns chunk = chunks.get(invocation >>> Columns.EVENT_BITS);
    int slot = invocation & Columns.EVENT_MASK;
    String f = functions.value(PackedKind.function(chunk.kinds[slot]));
    if (!completion.f().equals(f)) {
      throw new IllegalHistoryException(
          "f",
          "process " + completion.process() + " completes " + completion.f() + " but invoked " + f,
          "a completion repeats the function of its invocation (event " + invocation + ")");
    }
    String key = keys.value(chunk.keys[slot]);
    if (completion.key() != null && !Objects.equals(completion.key(), key)) {
      throw new IllegalHistoryException(
          "key",
          "process "
              + completion.process()
              + " completes an operation on key "
              + completion.key()
              + " but invoked it on "
              + (key == null ? "none" : key),
          "a completion repeats the key of its invocation (event " + invocation + ")");
    }
  }
}

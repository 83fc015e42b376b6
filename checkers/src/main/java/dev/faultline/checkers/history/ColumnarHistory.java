package dev.faultline.checkers.history;

import dev.faultline.checkers.json.Json;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A {@link History} in chunked columns; filled by {@link HistoryBuilder}, then never changed. */
final class ColumnarHistory implements History {

  private final Columns[] chunks;
  private final int size;
  private final Interner<String> functions;
  private final Interner<String> keys;
  private final Interner<String> nodes;
  private final ValuePool values;
  private final Extras extras;
  private final int @Nullable [] places;
  private final boolean timed;

  ColumnarHistory(
      Columns[] chunks,
      int size,
      Interner<String> functions,
      Interner<String> keys,
      Interner<String> nodes,
      ValuePool values,
      Extras extras,
      int @Nullable [] places,
      boolean timed) {
    this.chunks = chunks;
    this.size = size;
    this.functions = functions;
    this.keys = keys;
    this.nodes = nodes;
    this.values = values;
    this.extras = extras;
    this.places = places;
    this.timed = timed;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public int place(int index) {
    Objects.checkIndex(index, size);
    return places == null ? index : places[index];
  }

  @Override
  public int indexOf(int place) {
    int index = places == null ? place : Arrays.binarySearch(places, place);
    return index >= 0 && index < size ? index : -1;
  }

  @Override
  public boolean hasTimes() {
    return timed;
  }

  @Override
  public Event event(int index) {
    return new Event(
        timeNanos(index),
        process(index),
        type(index),
        f(index),
        key(index),
        value(index),
        node(index),
        error(index),
        meta(index));
  }

  @Override
  public long timeNanos(int index) {
    return chunk(index).times[index & Columns.EVENT_MASK];
  }

  @Override
  public int process(int index) {
    return chunk(index).processes[index & Columns.EVENT_MASK];
  }

  @Override
  public EventType type(int index) {
    return PackedKind.type(chunk(index).kinds[index & Columns.EVENT_MASK]);
  }

  @Override
  public String f(int index) {
    return Objects.requireNonNull(functions.value(functionNumber(index)));
  }

  @Override
  public int functionNumber(int index) {
    return PackedKind.function(chunk(index).kinds[index & Columns.EVENT_MASK]);
  }

  @Override
  public @Nullable String key(int index) {
    return keys.value(chunk(index).keys[index & Columns.EVENT_MASK]);
  }

  @Override
  public Json value(int index) {
    return values.decode(chunk(index).values[index & Columns.EVENT_MASK]);
  }

  @Override
  public long valueCode(int index) {
    return chunk(index).values[index & Columns.EVENT_MASK];
  }

  @Override
  public int keyNumber(int index) {
    return chunk(index).keys[index & Columns.EVENT_MASK];
  }

  @Override
  public int keyCount() {
    return keys.size();
  }

  @Override
  public @Nullable String node(int index) {
    return nodes.value(PackedKind.node(chunk(index).kinds[index & Columns.EVENT_MASK]));
  }

  @Override
  public @Nullable OperationError error(int index) {
    return extras.error(chunk(index).extra(index & Columns.EVENT_MASK));
  }

  @Override
  public Json.@Nullable Obj meta(int index) {
    return extras.meta(chunk(index).extra(index & Columns.EVENT_MASK));
  }

  @Override
  public int counterpart(int index) {
    return chunk(index).counterparts[index & Columns.EVENT_MASK];
  }

  private Columns chunk(int index) {
    Objects.checkIndex(index, size);
    return chunks[index >>> Columns.EVENT_BITS];
  }
}

package dev.faultline.checkers.history;

import dev.faultline.checkers.json.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Errors and meta objects, which most events do not have.
 *
 * <p>Errors repeat and are interned. Meta objects have few shapes (lists of member names), which
 * are interned, and their values go into one long array. The record at a place is: error and shape
 * in one long, and one long for each member of the shape.
 */
final class Extras {

  private static final int HEADER = 1;
  private static final int FIRST_BLOCK = 32;

  private final Interner<OperationError> errors = new Interner<>("errors", Integer.MAX_VALUE);
  private final Interner<List<String>> shapes = new Interner<>("shapes of meta", Integer.MAX_VALUE);
  private final ValuePool values;
  private final List<long[]> blocks = new ArrayList<>();
  private int used;

  Extras(ValuePool values) {
    this.values = values;
  }

  /** Stores error and meta and returns 1 + their place. */
  int add(@Nullable OperationError error, Json.@Nullable Obj meta) {
    int place = used;
    int shape = shapes.number(meta == null ? null : List.copyOf(meta.members().keySet()));
    append((long) errors.number(error) << Integer.SIZE | shape);
    if (meta != null) {
      for (Json value : meta.members().values()) {
        append(values.encode(value));
      }
    }
    return place + 1;
  }

  @Nullable OperationError error(int extra) {
    return extra == 0 ? null : errors.value((int) (at(extra - 1) >>> Integer.SIZE));
  }

  Json.@Nullable Obj meta(int extra) {
    List<String> shape = extra == 0 ? null : shapes.value((int) at(extra - 1));
    if (shape == null) {
      return null;
    }
    Map<String, Json> members = new LinkedHashMap<>();
    for (int i = 0; i < shape.size(); i++) {
      members.put(shape.get(i), values.decode(at(extra - 1 + HEADER + i)));
    }
    return new Json.Obj(members);
  }

  private void append(long word) {
    int slot = used & Columns.EVENT_MASK;
    if (slot == 0) {
      // The first block grows from small, so that a short history stays small.
      blocks.add(new long[blocks.isEmpty() ? FIRST_BLOCK : Columns.EVENTS]);
    }
    long[] block = blocks.getLast();
    if (slot == block.length) {
      block = Arrays.copyOf(block, block.length * 2);
      blocks.set(blocks.size() - 1, block);
    }
    block[slot] = word;
    used = Math.incrementExact(used);
  }

  private long at(int place) {
    return blocks.get(place >>> Columns.EVENT_BITS)[place & Columns.EVENT_MASK];
  }
}

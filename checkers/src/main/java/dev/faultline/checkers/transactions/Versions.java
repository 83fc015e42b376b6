package dev.faultline.checkers.transactions;

import dev.faultline.checkers.json.Json;
import dev.faultline.checkers.json.JsonWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Keys and the values that were written to them, or seen in them, as dense numbers. A version is a
 * value of one key: the same value under another key is another version.
 */
final class Versions {

  private final Map<String, Integer> keys = new HashMap<>();
  private final List<String> keyNames = new ArrayList<>();
  private final List<LongIntMap> byCode = new ArrayList<>();
  private final Values values = new Values();

  private int[] keyOf = new int[1024];
  private long[] codes = new long[1024];
  private int count;

  int keys() {
    return keyNames.size();
  }

  int key(String name) {
    Integer known = keys.get(name);
    if (known != null) {
      return known;
    }
    int key = keyNames.size();
    keys.put(name, key);
    keyNames.add(name);
    byCode.add(new LongIntMap());
    return key;
  }

  String keyName(int key) {
    return keyNames.get(key);
  }

  Values values() {
    return values;
  }

  /** Returns how many versions there are. */
  int count() {
    return count;
  }

  /** Returns the version of {@code key} that has the value of {@code code}. */
  int version(int key, long code) {
    LongIntMap known = byCode.get(key);
    int version = known.get(code);
    if (version != LongIntMap.ABSENT) {
      return version;
    }
    if (count == codes.length) {
      int capacity = Math.addExact(count, count >> 1);
      codes = Arrays.copyOf(codes, capacity);
      keyOf = Arrays.copyOf(keyOf, capacity);
    }
    codes[count] = code;
    keyOf[count] = key;
    known.put(code, count);
    return count++;
  }

  int keyOf(int version) {
    return keyOf[version];
  }

  long code(int version) {
    return codes[version];
  }

  Json value(int version) {
    return values.value(codes[version]);
  }

  /** Returns the value of {@code version} as JSON text. */
  String text(int version) {
    return JsonWriter.toString(value(version));
  }

  long sizeBytes() {
    // The columns, and the maps: between two and four slots of a long and an int for each version.
    return (long) codes.length * (Long.BYTES + Integer.BYTES)
        + 3L * count * (Long.BYTES + Integer.BYTES);
  }
}

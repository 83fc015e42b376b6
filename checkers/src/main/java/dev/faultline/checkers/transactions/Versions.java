package dev.faultline.checkers.transactions;

import dev.faultline.checkers.json.Json;
import dev.faultline.checkers.json.JsonWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Keys and the values that were written to them, or seen in them, as dense numbers. A version is a
 * value of one key: the same value under another key is another version.
 *
 * <p>The key {@code 1} and the key {@code "1"} are two. They are called so where a history has
 * both; alone, a text is called by its characters.
 */
final class Versions {

  private static final char QUOTE = '"';

  private final Map<String, Integer> texts = new HashMap<>();
  private final LongIntMap integers = new LongIntMap();
  private final Map<Json, Integer> others = new HashMap<>();

  /** The characters of each key: of a text without its quotation marks. */
  private final List<String> spellings = new ArrayList<>();

  private final BitSet isText = new BitSet();

  /** How the keys are spelled that are no texts. */
  private final Set<String> spelledWithoutQuotes = new HashSet<>();

  private final List<LongIntMap> byCode = new ArrayList<>();
  private final Values values = new Values();

  private int[] keyOf = new int[1024];
  private long[] codes = new long[1024];
  private int count;

  int keys() {
    return spellings.size();
  }

  int key(Json key) {
    return switch (key) {
      case Json.Text(String text) -> key(text);
      case Json.Int(long number) -> key(number);
      default -> {
        Integer known = others.get(key);
        if (known == null) {
          known = addWithoutQuotes(JsonWriter.toString(key));
          others.put(key, known);
        }
        yield known;
      }
    };
  }

  /** Returns the key that is this text. */
  int key(String text) {
    Integer known = texts.get(text);
    if (known != null) {
      return known;
    }
    int key = add(text);
    isText.set(key);
    texts.put(text, key);
    return key;
  }

  /** Returns the key that is this number. */
  int key(long number) {
    int known = integers.get(number);
    if (known != LongIntMap.ABSENT) {
      return known;
    }
    int key = addWithoutQuotes(Long.toString(number));
    integers.put(number, key);
    return key;
  }

  private int addWithoutQuotes(String spelling) {
    spelledWithoutQuotes.add(spelling);
    return add(spelling);
  }

  private int add(String spelling) {
    spellings.add(spelling);
    byCode.add(new LongIntMap());
    return spellings.size() - 1;
  }

  /**
   * Returns what {@code key} is called once all are known: no two keys are called the same. A text
   * has quotation marks if another key is spelled like it, or if it begins with one itself.
   */
  String keyName(int key) {
    String spelling = spellings.get(key);
    boolean isQuoted =
        isText.get(key)
            && (spelledWithoutQuotes.contains(spelling)
                || (!spelling.isEmpty() && spelling.charAt(0) == QUOTE));
    return isQuoted ? JsonWriter.toString(Json.of(spelling)) : spelling;
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

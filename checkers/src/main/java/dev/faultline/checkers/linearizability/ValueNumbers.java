package dev.faultline.checkers.linearizability;

import dev.faultline.checkers.json.Json;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Numbers values from 0 in the order of their first appearance.
 *
 * <p>Workloads write integers, millions of them: those lie in an open-addressed table of {@code
 * long}s. Eight consecutive ones share a cache line, because what is counted up comes in order.
 */
final class ValueNumbers {

  static final int NONE = -1;

  private static final int INITIAL_SLOTS = 64;
  private static final int LINE_BITS = 3;
  private static final int LINE_MASK = (1 << LINE_BITS) - 1;
  private static final long GOLDEN = 0x9e3779b97f4a7c15L;

  /** What an entry of the hash map is taken to cost, object headers included. */
  private static final long OTHER_BYTES = 100;

  private final Map<Json, Integer> others = new HashMap<>();
  private long[] integers = new long[INITIAL_SLOTS];
  private int[] numbers = new int[INITIAL_SLOTS];
  private int size;

  ValueNumbers() {
    Arrays.fill(numbers, NONE);
  }

  int size() {
    return size;
  }

  /** Returns the number of {@code value}, a new one if it has none yet. */
  int number(Json value) {
    if (value instanceof Json.Int(long integer)) {
      return number(integer);
    }
    Integer known = others.putIfAbsent(value, size);
    return known == null ? size++ : known;
  }

  long bytes() {
    return (long) numbers.length * (Long.BYTES + Integer.BYTES) + others.size() * OTHER_BYTES;
  }

  private int number(long integer) {
    int slot = slot(integer);
    if (numbers[slot] != NONE) {
      return numbers[slot];
    }
    if (2 * (size - others.size() + 1) > numbers.length) {
      grow();
      slot = slot(integer);
    }
    integers[slot] = integer;
    numbers[slot] = size;
    return size++;
  }

  private int slot(long integer) {
    int line = (int) (((integer >> LINE_BITS) * GOLDEN) >>> Integer.SIZE) << LINE_BITS;
    int mask = numbers.length - 1;
    int slot = (line | ((int) integer & LINE_MASK)) & mask;
    while (numbers[slot] != NONE && integers[slot] != integer) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    long[] oldIntegers = integers;
    int[] oldNumbers = numbers;
    integers = new long[2 * oldNumbers.length];
    numbers = new int[2 * oldNumbers.length];
    Arrays.fill(numbers, NONE);
    for (int i = 0; i < oldNumbers.length; i++) {
      if (oldNumbers[i] != NONE) {
        int slot = slot(oldIntegers[i]);
        integers[slot] = oldIntegers[i];
        numbers[slot] = oldNumbers[i];
      }
    }
  }
}

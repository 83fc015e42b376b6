package dev.faultline.checkers.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Numbers distinct values from 0, in the order of their first appearance. Null is number 0. */
final class Interner<T> {

  private final String what;
  private final int limit;
  private final Map<T, Integer> numbers = new HashMap<>();
  private final List<@Nullable T> values = new ArrayList<>();

  /**
   * Creates an interner.
   *
   * @param what what is interned, in the plural, for the message when there are too many
   * @param limit how many distinct values fit
   */
  Interner(String what, int limit) {
    this.what = what;
    this.limit = limit;
    values.add(null);
  }

  int number(@Nullable T value) {
    if (value == null) {
      return 0;
    }
    Integer known = numbers.get(value);
    if (known != null) {
      return known;
    }
    int number = values.size();
    if (number >= limit) {
      throw new IllegalArgumentException("more than " + (limit - 1) + " different " + what);
    }
    numbers.put(value, number);
    values.add(value);
    return number;
  }

  int size() {
    return values.size();
  }

  @Nullable T value(int number) {
    return values.get(number);
  }
}

package dev.faultline.checkers.transactions;

import java.util.Arrays;

/** A growing array of {@code int}. */
final class Ints {

  private static final int FIRST_CAPACITY = 4;

  private int[] values = new int[FIRST_CAPACITY];
  private int size;

  int size() {
    return size;
  }

  int get(int index) {
    return values[index];
  }

  void set(int index, int value) {
    values[index] = value;
  }

  void add(int value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, Math.addExact(size, Math.max(size >> 1, FIRST_CAPACITY)));
    }
    values[size++] = value;
  }

  void clear() {
    size = 0;
  }

  int[] toArray() {
    return Arrays.copyOf(values, size);
  }
}

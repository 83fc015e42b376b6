package dev.faultline.checkers.transactions;

import java.util.Arrays;

/**
 * What a transaction was invoked to do: for each micro-operation its key and, of a write, its
 * value.
 */
final class PackedOperations {

  private static final int USUAL = 4;

  private int[] keys = new int[USUAL];
  private long[] codes = new long[USUAL];
  private long writes;
  private int size;

  /** Adds a micro-operation; false if there is no more room. */
  boolean add(boolean write, int key, long code) {
    if (size == Long.SIZE) {
      return false;
    }
    if (size == keys.length) {
      keys = Arrays.copyOf(keys, size * 2);
      codes = Arrays.copyOf(codes, size * 2);
    }
    keys[size] = key;
    codes[size] = code;
    writes |= write ? 1L << size : 0;
    size++;
    return true;
  }

  int size() {
    return size;
  }

  boolean isWrite(int index) {
    return (writes & 1L << index) != 0;
  }

  int key(int index) {
    return keys[index];
  }

  long code(int index) {
    return codes[index];
  }

  /** Tells whether micro-operation {@code index} is this one. */
  boolean matches(int index, boolean write, int key, long code) {
    return index < size
        && isWrite(index) == write
        && keys[index] == key
        && (!write || codes[index] == code);
  }
}

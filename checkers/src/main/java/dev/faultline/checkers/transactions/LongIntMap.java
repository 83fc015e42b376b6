package dev.faultline.checkers.transactions;

import java.util.Arrays;

/** A map from {@code long} to non-negative {@code int}, with open addressing. */
final class LongIntMap {

  static final int ABSENT = -1;

  private static final int FIRST_CAPACITY = 1 << 4;
  private static final long GOLDEN_RATIO = 0x9e3779b97f4a7c15L;

  private long[] keys = new long[FIRST_CAPACITY];
  private int[] values = new int[FIRST_CAPACITY];
  private int size;

  LongIntMap() {
    Arrays.fill(values, ABSENT);
  }

  /** Returns the value of {@code key}, or {@link #ABSENT}. */
  int get(long key) {
    return values[slot(key)];
  }

  void put(long key, int value) {
    int slot = slot(key);
    if (values[slot] == ABSENT) {
      if (++size > keys.length / 2) {
        grow();
        slot = slot(key);
      }
      keys[slot] = key;
    }
    values[slot] = value;
  }

  private int slot(long key) {
    int mask = keys.length - 1;
    int slot = (int) ((key * GOLDEN_RATIO) >>> Integer.SIZE) & mask;
    while (values[slot] != ABSENT && keys[slot] != key) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    long[] oldKeys = keys;
    int[] oldValues = values;
    keys = new long[oldKeys.length * 2];
    values = new int[oldValues.length * 2];
    Arrays.fill(values, ABSENT);
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldValues[i] != ABSENT) {
        int slot = slot(oldKeys[i]);
        keys[slot] = oldKeys[i];
        values[slot] = oldValues[i];
      }
    }
  }
}

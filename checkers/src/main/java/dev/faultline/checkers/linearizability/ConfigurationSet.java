package dev.faultline.checkers.linearizability;

/**
 * A set of configurations, each of the same number of {@code long} words.
 *
 * <p>Open addressing with linear probing over one array, because a search puts millions of small
 * keys into it and removes none. The first word of a configuration is never -1.
 */
final class ConfigurationSet {

  private static final long EMPTY = -1;
  private static final int INITIAL_SLOTS = 64;
  private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;

  private final int width;
  private long[] table;
  private int slots;
  private int size;

  ConfigurationSet(int width) {
    this.width = width;
    slots = INITIAL_SLOTS;
    table = emptyTable(slots);
  }

  /** Adds {@code words[0..width)}; false if it was there. {@link #isFull} must be false. */
  boolean add(long[] words) {
    if (2 * (size + 1) > slots) {
      grow();
    }
    int at = find(table, slots, words, 0);
    if (table[at] != EMPTY) {
      return false;
    }
    System.arraycopy(words, 0, table, at, width);
    size++;
    return true;
  }

  /** Tells whether one more configuration would need more than {@code memoryBytes}. */
  boolean isFull(long memoryBytes) {
    if (2 * (size + 1) <= slots) {
      return false;
    }
    // While growing, the old table is alive beside the new one, which is twice as large.
    return 2L * slots * width > LARGEST_ARRAY || 3 * bytes() > memoryBytes;
  }

  long bytes() {
    return (long) table.length * Long.BYTES;
  }

  private void grow() {
    int newSlots = slots * 2;
    long[] newTable = emptyTable(newSlots);
    for (int at = 0; at < table.length; at += width) {
      if (table[at] != EMPTY) {
        System.arraycopy(table, at, newTable, find(newTable, newSlots, table, at), width);
      }
    }
    table = newTable;
    slots = newSlots;
  }

  /** Returns where the words at {@code source[from]} are in {@code into}, or would go. */
  private int find(long[] into, int slotCount, long[] source, int from) {
    long hash = 0;
    for (int i = 0; i < width; i++) {
      hash = (hash ^ source[from + i]) * 0x9e3779b97f4a7c15L;
      hash ^= hash >>> 32;
    }
    int slot = (int) hash & (slotCount - 1);
    while (true) {
      int at = slot * width;
      if (into[at] == EMPTY || same(into, at, source, from)) {
        return at;
      }
      slot = (slot + 1) & (slotCount - 1);
    }
  }

  private boolean same(long[] a, int aFrom, long[] b, int bFrom) {
    for (int i = 0; i < width; i++) {
      if (a[aFrom + i] != b[bFrom + i]) {
        return false;
      }
    }
    return true;
  }

  private long[] emptyTable(int slotCount) {
    long[] empty = new long[slotCount * width];
    for (int at = 0; at < empty.length; at += width) {
      empty[at] = EMPTY;
    }
    return empty;
  }
}

package dev.faultline.checkers.linearizability;

import java.util.Arrays;

/**
 * Configurations at one position, none of which is as good as another.
 *
 * <p>All words lie in one array; configurations of equal state are chained. A configuration that
 * was superseded is marked and stays until {@link #clear}.
 */
final class Frontier {

  /** How many configurations of equal state a new one is compared with. */
  private static final int COMPARED = 96;

  private static final int INITIAL_CONFIGURATIONS = 16;
  private static final int SPARSE = 64;
  private static final int NONE = -1;
  private static final long SUPERSEDED = -1;

  private final Layout layout;
  private final boolean dominance;
  private final int width;
  private final int stride;

  private long[] words;
  private int[] next;

  /** Open addressing from a state to the last configuration that has it. */
  private int[] heads = new int[2 * INITIAL_CONFIGURATIONS];

  /** Open addressing from all words to a configuration, to know those that were met. */
  private int[] met = new int[2 * INITIAL_CONFIGURATIONS];

  private int size;
  private int alive;
  private boolean joinFree = true;

  Frontier(Layout layout, boolean dominance) {
    this.layout = layout;
    this.dominance = dominance;
    width = layout.width;
    stride = layout.stride;
    words = new long[INITIAL_CONFIGURATIONS * stride];
    next = new int[INITIAL_CONFIGURATIONS];
    clear();
  }

  void clear() {
    if (heads.length > SPARSE * (size + INITIAL_CONFIGURATIONS)) {
      // Clearing what one crowded position left behind would slow down all that follow.
      heads = new int[2 * INITIAL_CONFIGURATIONS];
      met = new int[2 * INITIAL_CONFIGURATIONS];
      words = new long[INITIAL_CONFIGURATIONS * stride];
      next = new int[INITIAL_CONFIGURATIONS];
    }
    size = 0;
    alive = 0;
    joinFree = true;
    Arrays.fill(heads, NONE);
    Arrays.fill(met, NONE);
  }

  /** Returns how many configurations there are, with those that were superseded. */
  int size() {
    return size;
  }

  /** Returns how many configurations there are. */
  int alive() {
    return alive;
  }

  boolean isAlive(int index) {
    return words[index * stride] != SUPERSEDED;
  }

  /** Returns the words of all configurations; configuration {@code i} begins at {@link #from}. */
  long[] words() {
    return words;
  }

  int from(int index) {
    return index * stride;
  }

  void get(int index, long[] into) {
    System.arraycopy(words, index * stride, into, 0, stride);
  }

  long bytes() {
    return (long) words.length * Long.BYTES
        + (long) Integer.BYTES * (next.length + heads.length + met.length);
  }

  /**
   * Adds a configuration unless one that is there is as good; supersedes those it is as good as.
   */
  boolean add(long[] configuration) {
    if (2 * (size + 1) > heads.length) {
      grow();
    }
    int metSlot = metSlot(configuration, 0);
    if (met[metSlot] != NONE) {
      return false;
    }
    int head = headSlot(configuration[0]);
    if (dominance && !comparesWell(configuration, head)) {
      return false;
    }
    append(configuration, head, metSlot);
    return true;
  }

  /**
   * Adds a configuration, but if there are {@code most} of its state already makes the one nearest
   * to it as good as both instead.
   */
  boolean addOrJoin(long[] configuration, int most) {
    int head = headSlot(configuration[0]);
    int count = 0;
    int nearest = NONE;
    int least = Integer.MAX_VALUE;
    for (int i = heads[head]; i != NONE; i = next[i]) {
      if (isAlive(i)) {
        count++;
        if (layout.isAsGood(words, i * stride, configuration, 0)) {
          return false;
        }
        int distance = layout.distance(words, i * stride, configuration);
        if (distance < least) {
          least = distance;
          nearest = i;
        }
      }
    }
    if (count >= most) {
      layout.join(configuration, 0, slice(nearest));
      joinFree = false;
    }
    return add(configuration);
  }

  /** Tells whether nothing was joined since {@link #clear}. */
  boolean isJoinFree() {
    return joinFree;
  }

  private long[] slice(int index) {
    return Arrays.copyOfRange(words, index * stride, (index + 1) * stride);
  }

  /** False if one of equal state is as good as {@code configuration}. */
  private boolean comparesWell(long[] configuration, int head) {
    int previous = NONE;
    int i = heads[head];
    for (int compared = 0; i != NONE && compared < COMPARED; compared++, i = next[i]) {
      int from = i * stride;
      if (layout.isAsGood(words, from, configuration, 0)) {
        // Whatever was superseded by the new one is superseded by this one just as well.
        return false;
      }
      if (!layout.isAsGood(configuration, 0, words, from)) {
        previous = i;
        continue;
      }
      words[from] = SUPERSEDED;
      alive--;
      if (previous == NONE) {
        // If this leaves the slot empty, the new configuration fills it at once.
        heads[head] = next[i];
      } else {
        next[previous] = next[i];
      }
    }
    return true;
  }

  private void append(long[] configuration, int head, int metSlot) {
    int from = size * stride;
    if (from + stride > words.length) {
      words = Arrays.copyOf(words, 2 * words.length);
    }
    if (size == next.length) {
      next = Arrays.copyOf(next, 2 * size);
    }
    System.arraycopy(configuration, 0, words, from, stride);
    next[size] = heads[head];
    heads[head] = size;
    met[metSlot] = size;
    size++;
    alive++;
  }

  private void grow() {
    heads = new int[2 * heads.length];
    met = new int[heads.length];
    Arrays.fill(heads, NONE);
    Arrays.fill(met, NONE);
    for (int i = 0; i < size; i++) {
      if (isAlive(i)) {
        int head = headSlot(words[i * stride]);
        next[i] = heads[head];
        heads[head] = i;
        met[metSlot(words, i * stride)] = i;
      }
    }
  }

  private int headSlot(long state) {
    int slot = (int) ((state * 0x9e3779b97f4a7c15L) >>> Integer.SIZE) & (heads.length - 1);
    while (heads[slot] != NONE && words[heads[slot] * stride] != state) {
      slot = (slot + 1) & (heads.length - 1);
    }
    return slot;
  }

  private int metSlot(long[] source, int from) {
    long hash = 0;
    for (int i = 0; i < width; i++) {
      hash = (hash ^ source[from + i]) * 0x9e3779b97f4a7c15L;
      hash ^= hash >>> Integer.SIZE;
    }
    int slot = (int) hash & (met.length - 1);
    while (met[slot] != NONE && !isMet(met[slot], source, from)) {
      slot = (slot + 1) & (met.length - 1);
    }
    return slot;
  }

  private boolean isMet(int index, long[] source, int from) {
    return words[index * stride] == source[from]
        && layout.isSame(words, index * stride, source, from);
  }
}

package dev.faultline.workloads.generator;

import java.util.Arrays;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;
import java.util.random.RandomGenerator;

/** A set of threads by number, kept as bits; immutable, and cheap to change one by one. */
public final class ThreadSet {

  private static final ThreadSet EMPTY = new ThreadSet(new long[0], 0);

  private final long[] words;
  private final int size;

  private ThreadSet(long[] words, int size) {
    this.words = words;
    this.size = size;
  }

  /** Returns the set of no threads. */
  public static ThreadSet empty() {
    return EMPTY;
  }

  /** Returns the threads from {@code from}, inclusive, to {@code to}, exclusive. */
  public static ThreadSet range(int from, int to) {
    if (from < 0 || to < from) {
      throw new IllegalArgumentException("no range of threads: " + from + " to " + to);
    }
    long[] words = new long[wordsFor(to)];
    for (int thread = from; thread < to; thread++) {
      words[thread >>> 6] |= 1L << thread;
    }
    return new ThreadSet(words, to - from);
  }

  /** Returns the set of {@code thread} alone. */
  public static ThreadSet of(int thread) {
    return range(thread, thread + 1);
  }

  /** Returns how many threads are in this set. */
  public int size() {
    return size;
  }

  /** Tells whether no thread is in this set. */
  public boolean isEmpty() {
    return size == 0;
  }

  /** Tells whether {@code thread} is in this set. */
  public boolean contains(int thread) {
    int word = thread >>> 6;
    return word < words.length && (words[word] & (1L << thread)) != 0;
  }

  /** Tells whether some thread is in both sets. */
  public boolean intersects(ThreadSet other) {
    for (int i = Math.min(words.length, other.words.length) - 1; i >= 0; i--) {
      if ((words[i] & other.words[i]) != 0) {
        return true;
      }
    }
    return false;
  }

  /** Returns this set and {@code thread}. */
  public ThreadSet with(int thread) {
    if (contains(thread)) {
      return this;
    }
    long[] next = Arrays.copyOf(words, Math.max(words.length, wordsFor(thread + 1)));
    next[thread >>> 6] |= 1L << thread;
    return new ThreadSet(next, size + 1);
  }

  /** Returns this set without {@code thread}. */
  public ThreadSet without(int thread) {
    if (!contains(thread)) {
      return this;
    }
    long[] next = words.clone();
    next[thread >>> 6] &= ~(1L << thread);
    return new ThreadSet(next, size - 1);
  }

  /** Returns the threads that are in both sets. */
  public ThreadSet and(ThreadSet other) {
    int length = Math.min(words.length, other.words.length);
    long[] both = new long[length];
    int count = 0;
    for (int i = 0; i < length; i++) {
      both[i] = words[i] & other.words[i];
      count += Long.bitCount(both[i]);
    }
    return new ThreadSet(both, count);
  }

  /** Returns the threads of this set that {@code predicate} admits. */
  public ThreadSet matching(IntPredicate predicate) {
    ThreadSet matching = this;
    for (int thread = next(0); thread >= 0; thread = next(thread + 1)) {
      if (!predicate.test(thread)) {
        matching = matching.without(thread);
      }
    }
    return matching;
  }

  /** Passes every thread of this set to {@code action}, lowest first. */
  public void forEach(IntConsumer action) {
    for (int thread = next(0); thread >= 0; thread = next(thread + 1)) {
      action.accept(thread);
    }
  }

  /** Returns the lowest thread that is at least {@code from}, or -1 if there is none. */
  public int next(int from) {
    int word = from >>> 6;
    if (word >= words.length) {
      return -1;
    }
    long bits = words[word] & (-1L << from);
    while (bits == 0) {
      if (++word == words.length) {
        return -1;
      }
      bits = words[word];
    }
    return (word << 6) + Long.numberOfTrailingZeros(bits);
  }

  /** Returns the thread that {@code rank} lower ones are in this set with. */
  public int get(int rank) {
    if (rank < 0 || rank >= size) {
      throw new IndexOutOfBoundsException("rank " + rank + " of " + size + " threads");
    }
    int left = rank;
    int word = 0;
    for (int count; left >= (count = Long.bitCount(words[word])); word++) {
      left -= count;
    }
    long bits = words[word];
    for (; left > 0; left--) {
      bits &= bits - 1;
    }
    return (word << 6) + Long.numberOfTrailingZeros(bits);
  }

  /** Returns any thread of this set, which must not be empty; each is as likely as every other. */
  public int any(RandomGenerator random) {
    return get(size == 1 ? 0 : random.nextInt(size));
  }

  /** Returns the threads from rank {@code fromRank}, inclusive, to {@code toRank}, exclusive. */
  public ThreadSet slice(int fromRank, int toRank) {
    ThreadSet slice = EMPTY;
    for (int rank = fromRank; rank < toRank; rank++) {
      slice = slice.with(get(rank));
    }
    return slice;
  }

  @Override
  public boolean equals(Object other) {
    if (!(other instanceof ThreadSet that) || size != that.size) {
      return false;
    }
    for (int i = Math.min(words.length, that.words.length) - 1; i >= 0; i--) {
      if (words[i] != that.words[i]) {
        return false;
      }
    }
    return true; // the sizes agree, so that whatever words the longer one has left are empty
  }

  @Override
  public int hashCode() {
    int hash = size;
    for (int thread = next(0); thread >= 0; thread = next(thread + 1)) {
      hash = 31 * hash + thread;
    }
    return hash;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("{");
    for (int thread = next(0); thread >= 0; thread = next(thread + 1)) {
      text.append(text.length() > 1 ? ", " : "").append(thread);
    }
    return text.append('}').toString();
  }

  private static int wordsFor(int threads) {
    return (threads + 63) >>> 6;
  }
}

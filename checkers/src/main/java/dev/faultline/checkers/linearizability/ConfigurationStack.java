package dev.faultline.checkers.linearizability;

import java.util.Arrays;

/** A stack of configurations, each of the same number of {@code long} words. */
final class ConfigurationStack {

  private static final int INITIAL_CONFIGURATIONS = 64;

  private final int width;
  private long[] words;
  private int top;

  ConfigurationStack(int width) {
    this.width = width;
    words = new long[INITIAL_CONFIGURATIONS * width];
  }

  boolean isEmpty() {
    return top == 0;
  }

  /** Tells whether one more configuration would need more than {@code memoryBytes}. */
  boolean isFull(long memoryBytes) {
    return top + width > words.length
        && (words.length > Integer.MAX_VALUE / 4 || 3 * bytes() > memoryBytes);
  }

  void push(long[] configuration) {
    if (top + width > words.length) {
      words = Arrays.copyOf(words, words.length * 2);
    }
    System.arraycopy(configuration, 0, words, top, width);
    top += width;
  }

  void pop(long[] into) {
    top -= width;
    System.arraycopy(words, top, into, 0, width);
  }

  long bytes() {
    return (long) words.length * Long.BYTES;
  }
}

package dev.faultline.checkers.linearizability;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** Counts the configurations that a search visits, and stops it when its budget is spent. */
final class Meter {

  private static final int CHECK_MASK = 16 - 1;

  private final Limits limits;
  private final long fixedBytes;
  private final List<LongSupplier> parts = new ArrayList<>();

  private long states;
  private long peakBytes;
  private boolean outOfTime;
  private boolean outOfMemory;

  /**
   * Starts to count.
   *
   * @param fixedBytes what the search takes before it begins
   */
  Meter(Limits limits, long fixedBytes) {
    this.limits = limits;
    this.fixedBytes = fixedBytes;
    peakBytes = fixedBytes;
  }

  /** Adds something whose memory counts. */
  void watch(LongSupplier bytes) {
    parts.add(bytes);
  }

  /** Counts one configuration; false if the budget is spent. */
  boolean tick() {
    states++;
    return (states & CHECK_MASK) != 1 || isWithin();
  }

  boolean outOfTime() {
    return outOfTime;
  }

  boolean outOfMemory() {
    return outOfMemory;
  }

  boolean isSpent() {
    return outOfTime || outOfMemory;
  }

  long states() {
    return states;
  }

  /** Returns the most memory that was taken, in bytes. */
  long peakBytes() {
    return Math.max(peakBytes, bytes());
  }

  /** Goes on after somebody gave memory back. */
  void forgiveMemory() {
    outOfMemory = false;
  }

  private boolean isWithin() {
    outOfTime |= limits.isTimeUp();
    long now = bytes();
    peakBytes = Math.max(peakBytes, now);
    // Tables double: while one grows, it is there twice.
    outOfMemory |= 2 * (now - fixedBytes) + fixedBytes > limits.memoryBytes();
    return !outOfTime && !outOfMemory;
  }

  private long bytes() {
    long bytes = fixedBytes;
    for (LongSupplier part : parts) {
      bytes += part.getAsLong();
    }
    return bytes;
  }
}

package dev.faultline.checkers.linearizability;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Counts the configurations that a search visits, and stops it when its budget is spent. Each
 * thread of a search has one of its own; those of one search know of each other.
 */
final class Meter {

  private static final int CHECK_MASK = 16 - 1;

  private final Limits limits;
  private final long fixedBytes;
  private final List<LongSupplier> parts = new ArrayList<>();

  /** What all meters of one search counted, as each last told. */
  private final AtomicLong allStates;

  private final AtomicLong allBytes;
  private long toldStates;
  private long toldBytes;

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
    this(limits, fixedBytes, new AtomicLong(), new AtomicLong());
  }

  private Meter(Limits limits, long fixedBytes, AtomicLong allStates, AtomicLong allBytes) {
    this.limits = limits;
    this.fixedBytes = fixedBytes;
    this.allStates = allStates;
    this.allBytes = allBytes;
    peakBytes = fixedBytes;
  }

  /** Returns a meter for another thread of the same search, which obeys {@code its} limits. */
  Meter beside(Limits its) {
    return new Meter(its, fixedBytes, allStates, allBytes);
  }

  /** Stops to count bytes, since all that was watched is given back or counted elsewhere. */
  void close() {
    parts.clear();
    tell();
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

  /**
   * Looks at the clock now and then, between small steps of which no configuration comes.
   *
   * @throws BudgetSpentException if the time is up
   */
  void look(int step) {
    limits.look(step);
  }

  /**
   * Looks at the clock.
   *
   * @throws BudgetSpentException if the time is up
   */
  void check() {
    limits.check();
  }

  /** Takes note that the time is up, where somebody else saw that. */
  void timeIsUp() {
    outOfTime = true;
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
    return allStates.get() - toldStates + states;
  }

  /** Returns the most memory that was taken, in bytes. */
  long peakBytes() {
    return Math.max(peakBytes, fixedBytes + allBytes.get() - toldBytes + watched());
  }

  /** Goes on after somebody gave memory back. */
  void forgiveMemory() {
    outOfMemory = false;
  }

  private boolean isWithin() {
    outOfTime |= limits.isTimeUp();
    long growing = tell();
    peakBytes = Math.max(peakBytes, fixedBytes + growing);
    // Tables double: while one grows, it is there twice.
    outOfMemory |= 2 * growing + fixedBytes > limits.memoryBytes();
    return !outOfTime && !outOfMemory;
  }

  /** Tells the other meters what this one counted; returns the bytes of all of them. */
  private long tell() {
    allStates.addAndGet(states - toldStates);
    toldStates = states;
    long watched = watched();
    long all = allBytes.addAndGet(watched - toldBytes);
    toldBytes = watched;
    return all;
  }

  private long watched() {
    long bytes = 0;
    for (LongSupplier part : parts) {
      bytes += part.getAsLong();
    }
    return bytes;
  }
}

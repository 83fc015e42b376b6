package dev.faultline.raft.core;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * A disk with a write queue. A crash loses what is queued, and nothing else.
 *
 * <p>A <em>lying</em> disk says that a write is done while it still sits in a buffer; a crash then
 * loses the buffer.
 */
public final class LocalDisk {

  private HardState hardState = HardState.INITIAL;
  private List<Entry> log = new ArrayList<>();
  private final Deque<Effect.Persist> queue = new ArrayDeque<>();
  private boolean lying;
  private boolean stalled;

  /** Lets the disk confirm writes that it has not made. */
  public void lie() {
    lying = true;
  }

  /** Holds all writes back until {@link #resume}. */
  public void stall() {
    stalled = true;
  }

  /** Ends a stall; the caller sees to it that the queue is worked off. */
  void resume() {
    stalled = false;
  }

  boolean isStalled() {
    return stalled;
  }

  void enqueue(Effect.Persist write) {
    queue.addLast(write);
  }

  /** Completes the writes up to {@code sequence}; tells whether there was one. */
  boolean complete(long sequence) {
    boolean any = false;
    for (Effect.Persist next = queue.peekFirst();
        next != null && next.sequence() <= sequence;
        next = queue.peekFirst()) {
      queue.removeFirst();
      any = true;
      if (!lying) {
        write(next);
      } else {
        buffered.addLast(next);
      }
    }
    return any;
  }

  private final Deque<Effect.Persist> buffered = new ArrayDeque<>();

  private void write(Effect.Persist write) {
    HardState newHardState = write.hardState();
    if (newHardState != null) {
      hardState = newHardState;
    }
    if (!write.entries().isEmpty()) {
      int from = (int) write.entries().getFirst().index() - 1;
      if (from > log.size()) {
        throw new AssertionError("write leaves a gap after entry " + log.size());
      }
      log.subList(from, log.size()).clear();
      log.addAll(write.entries());
    }
  }

  /** Loses what is not on the platter. */
  void crash() {
    queue.clear();
    buffered.clear();
    stalled = false;
  }

  /** Returns the sequence of the last queued write, 0 if there is none. */
  long lastQueued() {
    Effect.Persist last = queue.peekLast();
    return last == null ? 0 : last.sequence();
  }

  /** Returns the term and vote that a crash would leave. */
  public HardState durableHardState() {
    return hardState;
  }

  /** Returns the entries that a crash would leave. */
  public List<Entry> durableLog() {
    return log;
  }

  boolean holds(Entry entry) {
    return entry.index() <= log.size() && log.get((int) entry.index() - 1).term() == entry.term();
  }
}

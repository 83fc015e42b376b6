package dev.faultline.raft.transport;

import dev.faultline.raft.core.Message;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What waits to be sent to one peer, bounded in bytes and in age. Thread-safe; putting never waits.
 *
 * <p>When it is full the newcomer is dropped: appends are pipelined, and a prefix of a pipeline is
 * of use to the follower where a suffix is not. A reserve is kept for small messages, so that
 * heartbeats and votes get past a backlog of entries.
 */
final class PeerQueue {

  private static final int SMALL_BYTES = 4 << 10;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private final long limitBytes;
  private final long maxAgeNanos;
  private final Runnable onDrop;
  private long bytes;
  private boolean woken;

  private record Waiting(Message message, int sizeBytes, long sinceNanos) {}

  /**
   * Makes an empty queue.
   *
   * @param onDrop is run for every message that is dropped; must be quick
   */
  PeerQueue(long limitBytes, long maxAgeNanos, Runnable onDrop) {
    this.limitBytes = limitBytes;
    this.maxAgeNanos = maxAgeNanos;
    this.onDrop = onDrop;
  }

  void put(Message message, long nowNanos) {
    int sizeBytes = FrameCodec.sizeBytes(new Frame.Carry(message));
    long limit = sizeBytes <= SMALL_BYTES ? limitBytes + limitBytes / 4 : limitBytes;
    lock.lock();
    try {
      dropOld(nowNanos);
      if (bytes + sizeBytes > limit || sizeBytes > FrameCodec.MAX_BODY_BYTES) {
        onDrop.run();
        return;
      }
      waiting.add(new Waiting(message, sizeBytes, nowNanos));
      bytes += sizeBytes;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Moves messages to {@code out}, about {@code maxBytes} of them, at least one if there is one.
   * Waits for the first, but no longer than {@code waitNanos}.
   */
  void take(List<? super Message> out, long maxBytes, long waitNanos) throws InterruptedException {
    lock.lock();
    try {
      long remainingNanos = waitNanos;
      while (waiting.isEmpty() && !woken && remainingNanos > 0) {
        remainingNanos = changed.awaitNanos(remainingNanos);
      }
      woken = false;
      dropOld(System.nanoTime());
      long taken = 0;
      while (!waiting.isEmpty()
          && (taken == 0 || taken + waiting.getFirst().sizeBytes <= maxBytes)) {
        Waiting next = waiting.removeFirst();
        bytes -= next.sizeBytes;
        taken += next.sizeBytes;
        out.add(next.message);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Makes the current or the next {@link #take} return without waiting. */
  void wake() {
    lock.lock();
    try {
      woken = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  private void dropOld(long nowNanos) {
    while (!waiting.isEmpty() && nowNanos - waiting.getFirst().sinceNanos > maxAgeNanos) {
      bytes -= waiting.removeFirst().sizeBytes;
      onDrop.run();
    }
  }

  /** Returns how many bytes wait. */
  long sizeBytes() {
    lock.lock();
    try {
      return bytes;
    } finally {
      lock.unlock();
    }
  }
}

package dev.faultline.raft.node;

import java.util.concurrent.atomic.AtomicLong;

/** Bounds how much is under way, in number and bytes. Thread-safe. */
final class Admission {

  private final long maxCount;
  private final long maxBytes;
  private final AtomicLong count = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();

  Admission(long maxCount, long maxBytes) {
    this.maxCount = maxCount;
    this.maxBytes = maxBytes;
  }

  /** Lets something in and returns true, or returns false if there is no room. */
  boolean enter(long sizeBytes) {
    long newCount = count.incrementAndGet();
    long newBytes = bytes.addAndGet(sizeBytes);
    if (newCount > maxCount || newBytes > maxBytes) {
      leave(sizeBytes);
      return false;
    }
    return true;
  }

  /** Makes room again for what was let in. */
  void leave(long sizeBytes) {
    count.decrementAndGet();
    bytes.addAndGet(-sizeBytes);
  }

  /** Returns how much is under way. */
  long count() {
    return count.get();
  }
}

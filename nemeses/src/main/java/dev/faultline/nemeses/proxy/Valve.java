package dev.faultline.nemeses.proxy;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * The output of a producer, which can be led somewhere else while bytes flow.
 *
 * <p>A producer holds the lock while it delivers. Whoever wants to lead the valve past a stage that
 * holds nothing any more must hold the lock too, so that no delivery to that stage is under way.
 * Putting a new stage <em>behind</em> needs no lock: the delivery under way still goes to the old
 * place, all later ones through the new stage, and so the order of bytes is kept.
 */
final class Valve {

  private final ReentrantLock lock = new ReentrantLock();
  private volatile Sink next;

  Valve(Sink next) {
    this.next = next;
  }

  Sink next() {
    return next;
  }

  void lead(Sink to) {
    next = to;
  }

  boolean put(byte[] buffer, int offset, int length, long arrivedNanos) {
    lock.lock();
    try {
      return next.put(buffer, offset, length, arrivedNanos);
    } finally {
      lock.unlock();
    }
  }

  void end() {
    lock.lock();
    try {
      next.end();
    } finally {
      lock.unlock();
    }
  }

  /** Leads the valve elsewhere if nothing is being delivered just now. */
  boolean tryLead(Sink to, BooleanSupplier still) {
    if (!lock.tryLock()) {
      return false;
    }
    try {
      if (!still.getAsBoolean()) {
        return false;
      }
      next = to;
      return true;
    } finally {
      lock.unlock();
    }
  }
}

package dev.faultline.raft.node;

import dev.faultline.raft.core.Entry;
import dev.faultline.raft.core.Message;
import dev.faultline.raft.core.NodeId;
import dev.faultline.raft.log.EntryCodec;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Everything that waits for the raft loop, in order of arrival. Thread-safe; one thread takes.
 *
 * <p>Messages of peers are bounded in bytes by making their readers wait; clients' requests are
 * bounded before they come here ({@link Admission}).
 */
final class Intake<R> {

  private static final int MAX_BATCH_EVENTS = 4096;
  private static final long MESSAGE_OVERHEAD_BYTES = 64;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final Condition room = lock.newCondition();
  private final Deque<Event<R>> events = new ArrayDeque<>();
  private final long maxMessageBytes;
  private long messageBytes;
  private boolean closed;

  /**
   * Makes an empty intake.
   *
   * @param maxMessageBytes how many bytes of messages may wait before their readers do
   */
  Intake(long maxMessageBytes) {
    this.maxMessageBytes = maxMessageBytes;
  }

  /** Adds a message; waits while there are too many. Does nothing once closed. */
  void putMessage(NodeId from, Message message) throws InterruptedException {
    var event = new Event.Arrived<R>(from, message, sizeBytes(message));
    lock.lockInterruptibly();
    try {
      while (!closed && messageBytes >= maxMessageBytes) {
        room.await();
      }
      if (!closed) {
        messageBytes += event.sizeBytes();
        events.add(event);
        arrived.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Adds {@code event} and returns true, or returns false if this is closed. */
  boolean put(Event<R> event) {
    lock.lock();
    try {
      if (closed) {
        return false;
      }
      events.add(event);
      arrived.signal();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Moves what is there to {@code out}, waiting up to {@code waitNanos} for a first event. Returns
   * false once this is closed.
   */
  boolean take(List<Event<R>> out, long waitNanos) throws InterruptedException {
    lock.lock();
    try {
      long remainingNanos = waitNanos;
      while (events.isEmpty() && !closed && remainingNanos > 0) {
        remainingNanos = arrived.awaitNanos(remainingNanos);
      }
      move(out, MAX_BATCH_EVENTS);
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  /** Lets nothing in any more, and the readers that wait go. */
  void close() {
    lock.lock();
    try {
      closed = true;
      arrived.signalAll();
      room.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Moves everything that is left to {@code out}. */
  void takeRest(List<Event<R>> out) {
    lock.lock();
    try {
      move(out, Integer.MAX_VALUE);
    } finally {
      lock.unlock();
    }
  }

  private void move(List<Event<R>> out, int max) {
    for (int i = 0; i < max && !events.isEmpty(); i++) {
      Event<R> event = events.removeFirst();
      if (event instanceof Event.Arrived<R> message) {
        messageBytes -= message.sizeBytes();
      }
      out.add(event);
    }
    if (messageBytes < maxMessageBytes) {
      room.signalAll();
    }
  }

  private static long sizeBytes(Message message) {
    return MESSAGE_OVERHEAD_BYTES
        + switch (message) {
          case Message.AppendRequest request -> {
            long bytes = 0;
            for (Entry entry : request.entries()) {
              bytes += EntryCodec.sizeBytes(entry);
            }
            yield bytes;
          }
          case Message.ForwardProposal forward -> EntryCodec.sizeBytes(forward.command());
          case Message.VoteRequest _,
              Message.VoteResponse _,
              Message.AppendResponse _,
              Message.ReadIndexRequest _,
              Message.ReadIndexResponse _ ->
              0;
        };
  }
}

package dev.faultline.raft.core;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What of a node's state is on its disk: a queue of writes under way, and how far those that are
 * done reach.
 *
 * <p>Writes complete in order, so that one number says which are done. A write is remembered by the
 * last index that it makes durable. When entries are replaced before they were written, the writes
 * under way that covered them are <em>clipped</em> to what they still stand for. Without that, the
 * completion of a write of entry 7 of term 2 would vouch for the entry 7 of term 3 that took its
 * place and is still on its way (the ABA race that etcd/raft describes at {@code
 * newStorageAppendRespMsg}).
 */
final class Durability {

  private static final long CLEAN = Long.MAX_VALUE;

  /** A write under way. */
  private static final class Write {
    final long sequence;
    long lastIndex;

    Write(long sequence, long lastIndex) {
      this.sequence = sequence;
      this.lastIndex = lastIndex;
    }
  }

  private final Deque<Write> underWay = new ArrayDeque<>();
  private long durableIndex;
  private long issuedSequence;
  private long persistedSequence;
  private long hardStateSequence;
  private boolean hardStateDirty;
  private long dirtyFrom = CLEAN;

  Durability(long durableIndex) {
    this.durableIndex = durableIndex;
  }

  /** Returns the last index up to which the log, as it is now, is durable. */
  long durableIndex() {
    return durableIndex;
  }

  /** Tells whether the term and vote, as they are now, are durable. */
  boolean isHardStateDurable() {
    return !hardStateDirty && hardStateSequence <= persistedSequence;
  }

  /** Returns the write after which the term and vote, as they are now, are durable. */
  long hardStateSequence() {
    return hardStateDirty ? issuedSequence + 1 : hardStateSequence;
  }

  boolean isPersisted(long sequence) {
    return sequence <= persistedSequence;
  }

  void hardStateChanged() {
    hardStateDirty = true;
  }

  /** Notes that the log has new entries from {@code index} on, be they more or others. */
  void logChangedFrom(long index) {
    dirtyFrom = Math.min(dirtyFrom, index);
    durableIndex = Math.min(durableIndex, index - 1);
    Write newest = underWay.peekLast();
    if (newest != null && newest.lastIndex >= index) {
      for (Write write : underWay) {
        write.lastIndex = Math.min(write.lastIndex, index - 1);
      }
    }
  }

  /** Returns the write of everything that changed since the last one, or null. */
  Effect.@Nullable Persist flush(HardState hardState, RaftLog log) {
    if (!hardStateDirty && dirtyFrom == CLEAN) {
      return null;
    }
    issuedSequence++;
    underWay.addLast(new Write(issuedSequence, log.lastIndex()));
    Effect.Persist persist =
        new Effect.Persist(
            issuedSequence,
            hardStateDirty ? hardState : null,
            dirtyFrom == CLEAN ? List.of() : log.slice(dirtyFrom, log.lastIndex()));
    if (hardStateDirty) {
      hardStateSequence = issuedSequence;
    }
    hardStateDirty = false;
    dirtyFrom = CLEAN;
    return persist;
  }

  /** Notes that every write up to {@code sequence} is done. */
  void persisted(long sequence) {
    if (sequence > issuedSequence) {
      throw new IllegalStateException(
          "write " + sequence + " is done, but the last one asked for was " + issuedSequence);
    }
    persistedSequence = Math.max(persistedSequence, sequence);
    for (Write write = underWay.peekFirst();
        write != null && write.sequence <= sequence;
        write = underWay.peekFirst()) {
      durableIndex = Math.max(durableIndex, write.lastIndex);
      underWay.removeFirst();
    }
  }
}

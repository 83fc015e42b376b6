package dev.faultline.raft.core;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * The reads of this node's clients, from their arrival until they may be served or are given up
 * (thesis, section 6.4, also for reads at followers).
 *
 * <p>A read asks the leader for an index, asks again when the answer is late or the leader another,
 * and is ready when everything up to that index is applied here. On the wire it goes by a token
 * that no incarnation of this node ever uses again: an answer that is under way while the node
 * restarts must not be taken for the answer to a later read.
 */
final class ReadTable {

  private static final long NEVER = Long.MAX_VALUE;

  /** Bits of a wire token that count the reads of one incarnation. */
  private static final int COUNTER_BITS = 40;

  /** A read that waits. */
  private static final class Pending {
    final long token;
    final long deadlineNanos;
    long sentNanos;
    boolean indexKnown;

    Pending(long token, long nowNanos, long deadlineNanos) {
      this.token = token;
      this.sentNanos = nowNanos; // A retry that is due in this very step does not mean it.
      this.deadlineNanos = deadlineNanos;
    }
  }

  private record AwaitsApply(long index, long wireToken) {}

  private final Replica replica;
  private final SequencedMap<Long, Pending> pending = new LinkedHashMap<>();
  private final PriorityQueue<AwaitsApply> awaitingApply =
      new PriorityQueue<>(
          Comparator.comparingLong(AwaitsApply::index).thenComparingLong(AwaitsApply::wireToken));
  private List<Long> unrouted = new ArrayList<>();
  private long lastWireToken;
  private long retryNanos = NEVER;
  private @Nullable NodeId routedLeader;
  private long routedTerm;

  ReadTable(Replica replica, long incarnation) {
    this.replica = replica;
    lastWireToken = incarnation << COUNTER_BITS;
  }

  void read(long token) {
    long wireToken = ++lastWireToken;
    long nowNanos = replica.nowNanos();
    pending.put(
        wireToken,
        new Pending(token, nowNanos, nowNanos + replica.config().requestTimeout().toNanos()));
    unrouted.add(wireToken);
  }

  /**
   * Asks the leader, if there is one, on behalf of what is new, or of everything if the leader is.
   */
  void route(Leadership leadership) {
    NodeId leader = replica.leader();
    if (leader == null) {
      unrouted.clear(); // The next leader gets all that is pending.
      routedLeader = null;
      retryNanos = NEVER;
      return;
    }
    if (!leader.equals(routedLeader) || routedTerm != replica.term()) {
      unrouted = new ArrayList<>(pending.keySet());
      routedLeader = leader;
      routedTerm = replica.term();
    }
    if (unrouted.isEmpty()) {
      return;
    }
    boolean local = leader.equals(replica.self());
    for (long wireToken : unrouted) {
      Pending read = pending.get(wireToken);
      if (read == null || read.indexKnown) {
        continue;
      }
      read.sentNanos = replica.nowNanos();
      if (local) {
        leadership.readIndexWanted(replica.self(), wireToken);
      } else {
        replica.send(leader, new Message.ReadIndexRequest(replica.term(), wireToken));
      }
    }
    unrouted.clear();
    retryNanos = local ? NEVER : Math.min(retryNanos, replica.nowNanos() + retryIntervalNanos());
  }

  /** Notes that the read may be served once {@code index} is applied. */
  void indexKnown(long wireToken, long index) {
    Pending read = pending.get(wireToken);
    if (read != null && !read.indexKnown) {
      read.indexKnown = true;
      awaitingApply.add(new AwaitsApply(index, wireToken));
    }
  }

  /** Releases the reads that {@code appliedIndex} suffices for. */
  void applied(long appliedIndex) {
    for (AwaitsApply next = awaitingApply.peek();
        next != null && next.index() <= appliedIndex;
        next = awaitingApply.peek()) {
      awaitingApply.remove();
      Pending read = pending.remove(next.wireToken());
      if (read != null) {
        replica.emit(new Effect.ReadReady(read.token, appliedIndex));
      }
    }
  }

  /** Gives up what has waited too long, and asks again where the answer is late. */
  void tick(long nowNanos) {
    for (Map.Entry<Long, Pending> first = pending.firstEntry();
        first != null && first.getValue().deadlineNanos <= nowNanos;
        first = pending.firstEntry()) {
      pending.pollFirstEntry();
      replica.emit(new Effect.ReadDropped(first.getValue().token));
    }
    if (retryNanos <= nowNanos) {
      retryNanos = NEVER;
      pending.forEach((wireToken, read) -> retryIfDue(wireToken, read, nowNanos));
    }
  }

  private void retryIfDue(long wireToken, Pending read, long nowNanos) {
    if (read.indexKnown) {
      return;
    }
    long dueNanos = read.sentNanos + retryIntervalNanos();
    if (dueNanos <= nowNanos) {
      unrouted.add(wireToken);
    } else {
      retryNanos = Math.min(retryNanos, dueNanos);
    }
  }

  private long retryIntervalNanos() {
    return replica.config().electionTimeout().toNanos();
  }

  long nextDeadlineNanos() {
    Map.Entry<Long, Pending> first = pending.firstEntry();
    return first == null ? NEVER : Math.min(first.getValue().deadlineNanos, retryNanos);
  }
}

package dev.faultline.raft.core;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The reads that wait for a leader to hear that it still is one (thesis, section 6.4).
 *
 * <p>A leader numbers its rounds of requests. A read joins the round that begins <em>after</em> it
 * arrived, and is confirmed by answers to that round or a later one; an answer to an earlier
 * request says nothing about the time of the read, however late it comes in (etcd#20418). The read
 * index is the commit index when the round begins, and no round takes reads before the leader has
 * committed an entry of its own term: until then it may not know what its predecessors committed
 * (etcd#7331).
 *
 * <p>One round with reads is under way at a time; what arrives meanwhile shares the next.
 */
final class ReadRounds {

  /** A read of {@code origin}, named by the token of its request. */
  record Waiter(NodeId origin, long token) {}

  /** A read that may be served from {@code index} on. */
  record Confirmed(Waiter waiter, long index) {}

  private record Batch(long round, long index, List<Waiter> waiters) {}

  private long round;
  private List<Waiter> arrived = new ArrayList<>();
  private final Deque<Batch> underWay = new ArrayDeque<>();

  /** Returns the number of the latest round. */
  long round() {
    return round;
  }

  void add(Waiter waiter) {
    arrived.add(waiter);
  }

  /** Tells whether there are reads that a round should begin for now. */
  boolean wantsRound() {
    return !arrived.isEmpty() && underWay.isEmpty();
  }

  /**
   * Begins a round; every request sent from now on carries its number.
   *
   * @param takesReads whether an entry of the leader's own term is committed
   */
  void begin(long commitIndex, boolean takesReads) {
    round++;
    if (takesReads && !arrived.isEmpty()) {
      underWay.addLast(new Batch(round, commitIndex, arrived));
      arrived = new ArrayList<>();
    }
  }

  /** Returns the reads of all rounds up to {@code confirmedRound}, and forgets them. */
  List<Confirmed> confirmedUpTo(long confirmedRound) {
    List<Confirmed> confirmed = new ArrayList<>();
    for (Batch batch = underWay.peekFirst();
        batch != null && batch.round() <= confirmedRound;
        batch = underWay.peekFirst()) {
      underWay.removeFirst();
      for (Waiter waiter : batch.waiters()) {
        confirmed.add(new Confirmed(waiter, batch.index()));
      }
    }
    return confirmed;
  }
}

package dev.faultline.raft.core;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What a leader knows of one follower's log (paper, figure 2; thesis, section 10.2.1).
 *
 * <p>While <em>probing</em> the leader looks for the place where the logs part, one request at a
 * time. While <em>replicating</em> it sends ahead of the answers, up to a number of requests. Every
 * request names the entry before {@code nextIndex} as its previous one, heartbeats included, so
 * that a request that got lost shows by the refusal of the next one.
 */
final class Progress {

  private long matchIndex;
  private long nextIndex;
  private boolean probing = true;
  private boolean probeUnderWay;
  private final Deque<Long> inflight = new ArrayDeque<>();
  private long heardNanos;
  private long ackedRound;
  private long commitTold;

  Progress(long nextIndex, long nowNanos) {
    this.nextIndex = nextIndex;
    heardNanos = nowNanos;
  }

  /** The last index up to which the follower's durable log is known to match. */
  long matchIndex() {
    return matchIndex;
  }

  long nextIndex() {
    return nextIndex;
  }

  boolean isProbing() {
    return probing;
  }

  long heardNanos() {
    return heardNanos;
  }

  long ackedRound() {
    return ackedRound;
  }

  /** Tells whether a request with entries may be sent now. */
  boolean maySendEntries(int maxInflight) {
    return probing ? !probeUnderWay : inflight.size() < maxInflight;
  }

  /** Notes a request that ends at {@code lastIndex} and carries {@code commitIndex}. */
  void sent(long lastIndex, boolean hasEntries, long commitIndex) {
    commitTold = Math.max(commitTold, Math.min(commitIndex, lastIndex));
    if (probing) {
      probeUnderWay = true;
    } else if (hasEntries) {
      inflight.addLast(lastIndex);
      nextIndex = lastIndex + 1;
    }
  }

  /** Tells whether a request would let the follower commit more than it was told of. */
  boolean hasCommitNews(long commitIndex) {
    return !probing && Math.min(commitIndex, nextIndex - 1) > commitTold;
  }

  void heard(long nowNanos, long round) {
    heardNanos = nowNanos;
    ackedRound = Math.max(ackedRound, round);
  }

  /** Takes an acceptance. Answers may come late and twice: the match index never falls. */
  void accepted(long durableMatchIndex) {
    matchIndex = Math.max(matchIndex, durableMatchIndex);
    nextIndex = Math.max(nextIndex, matchIndex + 1);
    probing = false;
    for (Long first = inflight.peekFirst();
        first != null && first <= matchIndex;
        first = inflight.peekFirst()) {
      inflight.removeFirst();
    }
  }

  /**
   * Takes a refusal: goes back and probes. A refusal that would not take the leader back is late.
   *
   * @param conflictIndex the follower's hint
   * @param resumeIndex where to go on, as the leader's own log has it
   */
  void refused(long conflictIndex, long resumeIndex) {
    if (conflictIndex >= nextIndex || nextIndex == matchIndex + 1) {
      return;
    }
    nextIndex = Math.max(matchIndex + 1, Math.min(resumeIndex, nextIndex - 1));
    probing = true;
    probeUnderWay = false;
    commitTold = Math.min(commitTold, matchIndex);
    inflight.clear();
  }
}

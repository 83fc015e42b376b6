package dev.faultline.raft.core;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What every role shares: the state of the paper's figure 2, the step that is under way, and the
 * way out for messages.
 *
 * <p>A message that promises something durable is handed to {@link #sendOnceHardStateIsDurable}; it
 * leaves when the disk is done, if the node still is what it was when it promised.
 */
final class Replica {

  private record Held(long sequence, NodeId to, Message message) {}

  private final NodeId self;
  private final Configuration configuration;
  private final RaftConfig config;
  private final RaftLog log;
  private final Durability durability;
  private final ElectionTimer electionTimer;
  private final Deque<Held> held = new ArrayDeque<>();

  private long term;
  private @Nullable NodeId votedFor;
  private Role role = Role.FOLLOWER;
  private @Nullable NodeId leader;
  private long commitIndex;

  private long nowNanos;
  private long entropy;
  private List<Effect> effects = new ArrayList<>();

  Replica(NodeId self, Configuration configuration, RaftConfig config, BootState boot) {
    this.self = self;
    this.configuration = configuration;
    this.config = config;
    log = new RaftLog(boot.log());
    durability = new Durability(log.lastIndex());
    electionTimer = new ElectionTimer(config.electionTimeout().toNanos());
    term = boot.hardState().term();
    votedFor = boot.hardState().votedFor();
    if (term < log.lastTerm()) {
      throw new IllegalArgumentException(
          "the log ends in term " + log.lastTerm() + ", beyond the stored term " + term);
    }
  }

  // ---- the step under way

  void begin(long stepNowNanos, long stepEntropy) {
    nowNanos = stepNowNanos;
    entropy = stepEntropy;
    effects = new ArrayList<>();
  }

  List<Effect> effects() {
    return effects;
  }

  void emit(Effect effect) {
    effects.add(effect);
  }

  long nowNanos() {
    return nowNanos;
  }

  // ---- what does not change

  NodeId self() {
    return self;
  }

  Configuration configuration() {
    return configuration;
  }

  RaftConfig config() {
    return config;
  }

  RaftLog log() {
    return log;
  }

  Durability durability() {
    return durability;
  }

  ElectionTimer electionTimer() {
    return electionTimer;
  }

  // ---- term, vote and role

  long term() {
    return term;
  }

  @Nullable NodeId votedFor() {
    return votedFor;
  }

  HardState hardState() {
    return new HardState(term, votedFor);
  }

  /**
   * Moves on to a later term, in which no vote is cast yet. At the same term the vote stays,
   * whatever else changes: a node that forgot it could vote twice.
   */
  void adoptTerm(long newTerm) {
    if (newTerm < term) {
      throw new IllegalStateException("term " + newTerm + " would follow term " + term);
    }
    if (newTerm > term) {
      term = newTerm;
      votedFor = null;
      durability.hardStateChanged();
    }
  }

  void voteFor(NodeId candidate) {
    if (votedFor != null && !votedFor.equals(candidate)) {
      throw new IllegalStateException(
          "second vote in term " + term + ": " + votedFor + ", then " + candidate);
    }
    if (votedFor == null) {
      votedFor = candidate;
      durability.hardStateChanged();
    }
  }

  Role role() {
    return role;
  }

  @Nullable NodeId leader() {
    return leader;
  }

  void become(Role newRole, @Nullable NodeId newLeader) {
    role = newRole;
    leader = newLeader;
  }

  void restartElectionTimer() {
    electionTimer.restart(nowNanos, entropy);
  }

  // ---- commitment

  long commitIndex() {
    return commitIndex;
  }

  /** Raises the commit index to {@code index}; it never falls. */
  void commitTo(long index) {
    if (index > log.lastIndex()) {
      throw new IllegalStateException(
          "entry " + index + " is committed, but the log ends at " + log.lastIndex());
    }
    commitIndex = Math.max(commitIndex, index);
  }

  // ---- messages

  void send(NodeId to, Message message) {
    emit(new Effect.Send(to, message));
  }

  /** Sends {@code message} once the term and vote, as they are now, are durable. */
  void sendOnceHardStateIsDurable(NodeId to, Message message) {
    long sequence = durability.hardStateSequence();
    if (durability.isPersisted(sequence)) {
      send(to, message);
    } else {
      held.addLast(new Held(sequence, to, message));
    }
  }

  /** Sends what waited for a write that is done by now, unless its time is over. */
  void releaseHeld() {
    for (Held next = held.peekFirst();
        next != null && durability.isPersisted(next.sequence());
        next = held.peekFirst()) {
      held.removeFirst();
      boolean stillStands =
          !(next.message() instanceof Message.VoteRequest) || role == Role.CANDIDATE;
      if (next.message().term() == term && stillStands) {
        send(next.to(), next.message());
      }
    }
  }

  /** Makes what this step changed durable. */
  void flushToDisk() {
    Effect.Persist persist = durability.flush(hardState(), log);
    if (persist != null) {
      emit(persist);
    }
  }
}

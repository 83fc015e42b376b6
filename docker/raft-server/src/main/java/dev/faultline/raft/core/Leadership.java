package dev.faultline.raft.core;

import org.jspecify.annotations.Nullable;

/**
 * A leader's part in replication, commitment and reads (paper, section 5.3 and 5.4; thesis, 6.4).
 */
final class Leadership {

  private final Replica replica;
  private final RaftPolicy policy;
  private final Roles roles;
  private final ReadTable reads;

  Leadership(Replica replica, RaftPolicy policy, Roles roles, ReadTable reads) {
    this.replica = replica;
    this.policy = policy;
    this.roles = roles;
    this.reads = reads;
  }

  /**
   * Opens the term with an entry of its own: only by committing one does a leader learn what is
   * committed (paper, sections 5.4.2 and 8).
   */
  void openTerm() {
    append(new Payload.NoOp());
  }

  /** Appends {@code payload} to the leader's log and returns its index. */
  long append(Payload payload) {
    RaftLog log = replica.log();
    Entry entry = new Entry(log.lastIndex() + 1, replica.term(), payload);
    replica.durability().logChangedFrom(entry.index());
    log.append(entry);
    if (payload instanceof Payload.Command) {
      replica.emit(new Effect.Appended(entry));
    }
    return entry.index();
  }

  /**
   * Takes a proposal of another node, if this one leads; its origin sends it again if it does not.
   */
  void onForwardProposal(Message.ForwardProposal forwarded) {
    if (roles.leading() != null) {
      append(forwarded.command());
    }
  }

  void onAppendResponse(NodeId from, Message.AppendResponse response) {
    LeaderState leading = roles.leading();
    @Nullable Progress progress = leading == null ? null : leading.progress(from);
    if (progress == null) {
      return;
    }
    progress.heard(replica.nowNanos(), response.round());
    if (!response.accepted()) {
      progress.refused(response.conflictIndex(), resumeIndex(response));
      return;
    }
    if (response.matchIndex() > replica.log().lastIndex()) {
      throw new IllegalStateException(
          "%s acknowledges entry %d of term %d, which ends at %d"
              .formatted(from, response.matchIndex(), replica.term(), replica.log().lastIndex()));
    }
    progress.accepted(response.matchIndex());
  }

  /**
   * Skips a whole term at a time: goes on after the last entry of the term in conflict if this log
   * has one, else at the first of the follower's (paper, end of section 5.3).
   */
  private long resumeIndex(Message.AppendResponse refusal) {
    RaftLog log = replica.log();
    long afterTerm = log.firstIndexOfTermAtLeast(refusal.conflictTerm() + 1);
    boolean hasTerm =
        refusal.conflictTerm() != 0 && log.termAt(afterTerm - 1) == refusal.conflictTerm();
    return hasTerm ? Math.max(afterTerm, refusal.conflictIndex()) : refusal.conflictIndex();
  }

  /** Takes a read of {@code origin}, this node or another; see {@link ReadRounds}. */
  void readIndexWanted(NodeId origin, long token) {
    LeaderState leading = roles.leading();
    if (leading == null) {
      return;
    }
    if (policy.confirmsLeadershipForReads()) {
      leading.reads().add(new ReadRounds.Waiter(origin, token));
    } else {
      answerRead(origin, token, replica.commitIndex());
    }
  }

  private void answerRead(NodeId origin, long token, long index) {
    if (origin.equals(replica.self())) {
      reads.indexKnown(token, index);
    } else {
      replica.send(origin, new Message.ReadIndexResponse(replica.term(), token, index));
    }
  }

  /** Does what time asks of a leader: heartbeats, and stepping down when no quorum is heard. */
  void tick(long nowNanos) {
    LeaderState leading = roles.leading();
    if (leading != null && leading.quorumCheckNanos() <= nowNanos) {
      checkQuorum(leading, nowNanos);
    }
    leading = roles.leading();
    if (leading != null && leading.heartbeatDeadlineNanos() <= nowNanos) {
      leading.heartbeatDueAt(nowNanos + replica.config().heartbeat().toNanos());
      beginRound(leading);
    }
  }

  /** A leader that no quorum answers makes way (thesis, section 6.2). */
  private void checkQuorum(LeaderState leading, long nowNanos) {
    long lostNanos =
        leading.quorumHeardNanos(nowNanos) + replica.config().electionTimeout().toNanos();
    if (lostNanos <= nowNanos) {
      roles.becomeFollower(replica.term(), null);
    } else {
      leading.quorumCheckDueAt(lostNanos);
    }
  }

  /** Sends every follower an empty request with the number of a new round. */
  private void beginRound(LeaderState leading) {
    leading.reads().begin(replica.commitIndex(), hasCommittedInTerm());
    leading.followers().forEach((follower, progress) -> sendEmpty(leading, follower, progress));
  }

  private boolean hasCommittedInTerm() {
    return replica.log().termAt(replica.commitIndex()) == replica.term();
  }

  /** Concludes a step: commits, confirms reads, and sends what followers may have. */
  void conclude() {
    LeaderState leading = roles.leading();
    if (leading == null) {
      return;
    }
    advanceCommit(leading);
    leading.followers().forEach((follower, progress) -> sendEntries(leading, follower, progress));
    confirmReads(leading);
    if (leading.reads().wantsRound() && hasCommittedInTerm()) {
      beginRound(leading);
      confirmReads(leading);
    }
    leading
        .followers()
        .forEach((follower, progress) -> {
          if (progress.hasCommitNews(replica.commitIndex())) {
            sendEmpty(leading, follower, progress);
          }
        });
  }

  /**
   * Commits what a quorum has on disk, if it is of this term; what is before it is committed along
   * with it, and never by counting (paper, section 5.4.2, figure 8).
   */
  private void advanceCommit(LeaderState leading) {
    long index = leading.quorumMatchIndex(replica.durability().durableIndex());
    if (index > replica.commitIndex() && replica.log().termAt(index) == replica.term()) {
      replica.commitTo(index);
    }
  }

  private void confirmReads(LeaderState leading) {
    for (ReadRounds.Confirmed read : leading.reads().confirmedUpTo(leading.quorumRound())) {
      answerRead(read.waiter().origin(), read.waiter().token(), read.index());
    }
  }

  private void sendEntries(LeaderState leading, NodeId follower, Progress progress) {
    RaftLog log = replica.log();
    while (progress.nextIndex() <= log.lastIndex()
        && progress.maySendEntries(replica.config().maxInflight())) {
      long from = progress.nextIndex();
      send(leading, follower, progress, log.batchEnd(from, replica.config().maxBatchBytes()));
    }
  }

  private void sendEmpty(LeaderState leading, NodeId follower, Progress progress) {
    send(leading, follower, progress, progress.nextIndex() - 1);
  }

  private void send(LeaderState leading, NodeId follower, Progress progress, long lastIndex) {
    RaftLog log = replica.log();
    long from = progress.nextIndex();
    replica.send(
        follower,
        new Message.AppendRequest(
            replica.term(),
            from - 1,
            log.termAt(from - 1),
            log.slice(from, lastIndex),
            replica.commitIndex(),
            leading.reads().round()));
    progress.sent(lastIndex, lastIndex >= from, replica.commitIndex());
  }

  long nextDeadlineNanos() {
    LeaderState leading = roles.leading();
    return leading == null
        ? Long.MAX_VALUE
        : Math.min(leading.heartbeatDeadlineNanos(), leading.quorumCheckNanos());
  }
}

package dev.faultline.raft.core;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A follower's part in log replication (paper, section 5.3 and figure 2).
 *
 * <p>Acknowledgements are not queued but worked out when the disk is done: the highest index that
 * the leader of the <em>current</em> term has verified and that is durable <em>by now</em>. One
 * answer serves many requests, and an answer can never vouch for entries or a term that have been
 * replaced since.
 */
final class Following {

  private final Replica replica;
  private final Roles roles;

  /** The term that the fields below are about. */
  private long term;

  /** Whom to answer; the leader of {@link #term}. */
  private @Nullable NodeId leader;

  /** The last index up to which this log matches the leader's, durable here or not. */
  private long verifiedIndex;

  private long acknowledgedIndex;
  private long latestRound;

  /** The latest round that was answered. Only news of a commit comes twice in a round. */
  private long answeredRound;

  private boolean answerWanted;

  Following(Replica replica, Roles roles) {
    this.replica = replica;
    this.roles = roles;
  }

  /** Takes a request of the current term. */
  void onAppendRequest(NodeId from, Message.AppendRequest request) {
    if (replica.role() == Role.LEADER) {
      throw new IllegalStateException(
          "two leaders in term " + replica.term() + ": " + replica.self() + " and " + from);
    }
    recognise(from, request.round());
    if (!replica.log().matches(request.prevLogIndex(), request.prevLogTerm())) {
      refuse(from, request);
      return;
    }
    appendNew(request.entries());
    long lastMatching = request.prevLogIndex() + request.entries().size();
    verifiedIndex = Math.max(verifiedIndex, lastMatching);
    // Not beyond what this request verified: what follows may be another leader's (figure 2).
    replica.commitTo(Math.min(request.commitIndex(), lastMatching));
    boolean opensRound = request.entries().isEmpty() && request.round() > answeredRound;
    boolean repeats =
        !request.entries().isEmpty() && lastMatching <= replica.durability().durableIndex();
    answerWanted |= opensRound || repeats;
  }

  private void recognise(NodeId from, long round) {
    roles.becomeFollower(replica.term(), from);
    replica.electionTimer().leaderHeard(replica.nowNanos());
    replica.restartElectionTimer();
    if (term != replica.term()) {
      term = replica.term();
      leader = from;
      verifiedIndex = 0;
      acknowledgedIndex = 0;
      latestRound = 0;
      answeredRound = -1;
      answerWanted = false;
    }
    latestRound = Math.max(latestRound, round);
  }

  /**
   * Says where the logs may part: at the first entry of the term in conflict (section 5.3, end).
   */
  private void refuse(NodeId from, Message.AppendRequest request) {
    RaftLog log = replica.log();
    long conflictTerm = 0;
    long conflictIndex = log.lastIndex() + 1;
    if (request.prevLogIndex() <= log.lastIndex()) {
      conflictTerm = log.termAt(request.prevLogIndex());
      conflictIndex = log.firstIndexOfTermAtLeast(conflictTerm);
    }
    replica.sendOnceHardStateIsDurable(
        from,
        new Message.AppendResponse(
            replica.term(), false, 0, conflictTerm, conflictIndex, request.round()));
  }

  /**
   * Appends what the log lacks. Only an entry that differs removes what follows it: a late request
   * must not cut off what a newer one appended.
   */
  private void appendNew(List<Entry> entries) {
    RaftLog log = replica.log();
    boolean changed = false;
    for (Entry entry : entries) {
      if (log.matches(entry.index(), entry.term())) {
        continue;
      }
      if (entry.index() <= log.lastIndex()) {
        truncateFrom(entry);
      }
      if (!changed) {
        replica.durability().logChangedFrom(entry.index());
        changed = true;
      }
      log.append(entry);
    }
  }

  private void truncateFrom(Entry entry) {
    long settled = Math.max(replica.commitIndex(), verifiedIndex);
    if (entry.index() <= settled) {
      throw new IllegalStateException(
          "entry %d of term %d conflicts with one of term %d that is %s"
              .formatted(
                  entry.index(),
                  entry.term(),
                  replica.log().termAt(entry.index()),
                  entry.index() <= replica.commitIndex() ? "committed" : "from the same leader"));
    }
    replica.log().truncateFrom(entry.index());
  }

  /** Answers the leader, if there is anything new to tell and the disk is done with it. */
  void acknowledge() {
    NodeId to = leader;
    if (to == null || term != replica.term() || !replica.durability().isHardStateDurable()) {
      return;
    }
    long matchIndex = Math.min(verifiedIndex, replica.durability().durableIndex());
    if (answerWanted || matchIndex > acknowledgedIndex) {
      answerWanted = false;
      answeredRound = latestRound;
      acknowledgedIndex = Math.max(acknowledgedIndex, matchIndex);
      replica.send(to, new Message.AppendResponse(term, true, matchIndex, 0, 0, latestRound));
    }
  }
}

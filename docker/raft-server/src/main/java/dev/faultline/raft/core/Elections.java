package dev.faultline.raft.core;

import java.util.Set;
import java.util.TreeSet;

/** How leaders are elected (paper, section 5.2 and 5.4.1; thesis, sections 4.2.3 and 9.6). */
final class Elections {

  private final Replica replica;
  private final RaftPolicy policy;
  private final Roles roles;
  private final Leadership leadership;

  /** Who granted the (pre-)vote that is under way. A set: an answer may come twice. */
  private final Set<NodeId> supporters = new TreeSet<>();

  Elections(Replica replica, RaftPolicy policy, Roles roles, Leadership leadership) {
    this.replica = replica;
    this.policy = policy;
    this.roles = roles;
    this.leadership = leadership;
  }

  /**
   * Nothing was heard from a leader for long. Asks first whether an election could be won (thesis,
   * section 9.6), so that a node that was cut off does not depose a working leader by a higher
   * term.
   */
  void electionTimeout() {
    if (!replica.configuration().voters().contains(replica.self())) {
      replica.restartElectionTimer();
      return;
    }
    roles.becomePreCandidate();
    supporters.clear();
    askForVotes(replica.term() + 1, true);
    support(replica.self());
  }

  /** Stands: term and own vote are durable before anyone is asked (paper, figure 2). */
  private void stand() {
    roles.becomeCandidate();
    supporters.clear();
    askForVotes(replica.term(), false);
    countOwnVote();
  }

  private void askForVotes(long term, boolean preVote) {
    Message.VoteRequest request =
        new Message.VoteRequest(term, replica.log().lastIndex(), replica.log().lastTerm(), preVote);
    for (NodeId voter : replica.configuration().voters()) {
      if (voter.equals(replica.self())) {
        continue;
      }
      if (preVote) {
        replica.send(voter, request);
      } else {
        replica.sendOnceHardStateIsDurable(voter, request);
      }
    }
  }

  /** Counts a candidate's vote for itself as soon as it is durable, like any other vote. */
  void countOwnVote() {
    if (replica.role() == Role.CANDIDATE && replica.durability().isHardStateDurable()) {
      support(replica.self());
    }
  }

  private void support(NodeId voter) {
    supporters.add(voter);
    if (supporters.size() < replica.configuration().quorum()) {
      return;
    }
    if (replica.role() == Role.PRE_CANDIDATE) {
      stand();
    } else {
      roles.becomeLeader();
      leadership.openTerm();
    }
  }

  /**
   * Tells whether a request for a vote is to be overheard: a leader is alive, as far as this node
   * knows, and whoever does not hear it must not disturb (thesis, section 4.2.3).
   */
  boolean leaderIsAlive() {
    return replica.role() == Role.LEADER
        || (replica.leader() != null && replica.electionTimer().leaderIsFresh(replica.nowNanos()));
  }

  void onVoteRequest(NodeId from, Message.VoteRequest request) {
    if (request.preVote()) {
      onPreVoteRequest(from, request);
      return;
    }
    boolean granted =
        request.term() == replica.term()
            && (replica.votedFor() == null || from.equals(replica.votedFor()))
            && replica.leader() == null
            && isUpToDate(request);
    if (granted) {
      replica.voteFor(from);
      // Who supports another does not stand itself for a while.
      roles.becomeFollower(replica.term(), null);
      replica.restartElectionTimer();
    }
    replica.sendOnceHardStateIsDurable(
        from, new Message.VoteResponse(replica.term(), granted, false));
  }

  /** Promises nothing and changes nothing (thesis, section 9.6). */
  private void onPreVoteRequest(NodeId from, Message.VoteRequest request) {
    boolean granted = request.term() > replica.term() && !leaderIsAlive() && isUpToDate(request);
    replica.send(
        from, new Message.VoteResponse(granted ? request.term() : replica.term(), granted, true));
  }

  private boolean isUpToDate(Message.VoteRequest request) {
    return policy.isUpToDate(
        request.lastLogTerm(),
        request.lastLogIndex(),
        replica.log().lastTerm(),
        replica.log().lastIndex());
  }

  void onVoteResponse(NodeId from, Message.VoteResponse response) {
    boolean awaited =
        response.preVote()
            ? replica.role() == Role.PRE_CANDIDATE && response.term() == replica.term() + 1
            : replica.role() == Role.CANDIDATE && response.term() == replica.term();
    if (awaited && response.granted() && replica.configuration().voters().contains(from)) {
      support(from);
    }
  }
}

package dev.faultline.raft.core;

import org.jspecify.annotations.Nullable;

/**
 * The transitions between roles (paper, figure 4; thesis, section 9.6 for the pre-candidate), and
 * the leader's state while there is one.
 */
final class Roles {

  private final Replica replica;
  private final ProposalTable proposals;
  private @Nullable LeaderState leading;

  Roles(Replica replica, ProposalTable proposals) {
    this.replica = replica;
    this.proposals = proposals;
  }

  /** Returns the leader's state, or null if this node does not lead. */
  @Nullable LeaderState leading() {
    return leading;
  }

  /**
   * Becomes a follower in {@code term}, this one or a later one.
   *
   * @param leader who leads that term, or null if that is not known
   */
  void becomeFollower(long term, @Nullable NodeId leader) {
    boolean led = leading != null;
    boolean restart = term > replica.term() || replica.role() != Role.FOLLOWER;
    replica.adoptTerm(term);
    leading = null;
    replica.become(Role.FOLLOWER, leader);
    if (leader == null) {
      replica.electionTimer().leaderForgotten();
    }
    if (restart) {
      replica.restartElectionTimer();
    }
    if (led) {
      proposals.leadershipLost();
    }
  }

  /** Asks around before standing; the term stays as it is. */
  void becomePreCandidate() {
    replica.become(Role.PRE_CANDIDATE, null);
    replica.electionTimer().leaderForgotten();
    replica.restartElectionTimer();
  }

  /** Stands in the next term, with its own vote. */
  void becomeCandidate() {
    replica.adoptTerm(replica.term() + 1);
    replica.voteFor(replica.self());
    replica.become(Role.CANDIDATE, null);
    replica.restartElectionTimer();
  }

  /** Leads the current term. */
  void becomeLeader() {
    LeaderState state = new LeaderState(replica);
    replica.become(Role.LEADER, replica.self());
    long nowNanos = replica.nowNanos();
    state.heartbeatDueAt(nowNanos + replica.config().heartbeat().toNanos());
    state.quorumCheckDueAt(nowNanos + replica.config().electionTimeout().toNanos());
    leading = state;
  }
}

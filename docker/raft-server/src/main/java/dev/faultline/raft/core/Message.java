package dev.faultline.raft.core;

import java.util.List;

/** What nodes say to each other. Every message is one-way; an answer is another message. */
public sealed interface Message {

  /** Returns the sender's term; for a pre-vote, the term that the sender would stand in. */
  long term();

  /**
   * Asks for a vote (paper, section 5.2), or whether a vote would be given (thesis, section 9.6).
   *
   * @param preVote whether this only asks; the term is then the one that the sender would stand in
   */
  record VoteRequest(long term, long lastLogIndex, long lastLogTerm, boolean preVote)
      implements Message {}

  /**
   * Answers a {@link VoteRequest}.
   *
   * @param term the voter's term; for a granted pre-vote the term that was asked for
   */
  record VoteResponse(long term, boolean granted, boolean preVote) implements Message {}

  /**
   * Replicates entries, and serves as heartbeat when there are none (paper, section 5.3).
   *
   * @param round grows with every round of heartbeats of a leader; its echo proves that the
   *     follower still took the sender for the leader after the round began (thesis, section 6.4)
   */
  record AppendRequest(
      long term,
      long prevLogIndex,
      long prevLogTerm,
      List<Entry> entries,
      long commitIndex,
      long round)
      implements Message {

    public AppendRequest {
      entries = List.copyOf(entries);
    }
  }

  /**
   * Answers an {@link AppendRequest}.
   *
   * @param accepted whether the follower's log matched at the previous entry
   * @param matchIndex if accepted, the last index at which the follower's durable log is known to
   *     match the request
   * @param conflictTerm if refused, the term of the follower's entry at the request's previous
   *     index, 0 if it has none
   * @param conflictIndex if refused, the first index that the leader should try: of {@code
   *     conflictTerm}, or one past the follower's log
   * @param round the request's round
   */
  record AppendResponse(
      long term,
      boolean accepted,
      long matchIndex,
      long conflictTerm,
      long conflictIndex,
      long round)
      implements Message {}

  /** Hands a client's proposal to the leader. */
  record ForwardProposal(long term, Payload.Command command) implements Message {}

  /**
   * Asks the leader for a read index.
   *
   * @param token names the sender's read; unlike the token of {@link Input.Read} never used again
   *     after a restart, so that a late answer to an earlier incarnation is told apart
   */
  record ReadIndexRequest(long term, long token) implements Message {}

  /**
   * Answers a {@link ReadIndexRequest}: read {@code token} may be served once {@code index} is
   * applied.
   */
  record ReadIndexResponse(long term, long token, long index) implements Message {}
}

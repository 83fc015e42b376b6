package dev.faultline.raft.core;

import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Raft for one node: a state machine from inputs to effects. Not thread-safe; owned by one thread.
 *
 * <p>Deterministic: the same boot state and the same sequence of steps give the same effects. A
 * broken invariant, such as a second leader in a term, is an {@link IllegalStateException}; the
 * node must not go on after one.
 *
 * <p>Sources: Ongaro and Ousterhout, <em>In Search of an Understandable Consensus Algorithm</em>
 * (the "paper"); Ongaro, <em>Consensus: Bridging Theory and Practice</em> (the "thesis").
 */
public final class RaftCore {

  /** A log of any length is replayed in steps of so many entries: heartbeats get in between. */
  static final int MAX_APPLIES_PER_STEP = 4_096;

  private final Replica replica;
  private final RaftPolicy policy;
  private final SessionTable sessions = new SessionTable();
  private final ProposalTable proposals;
  private final ReadTable reads;
  private final Roles roles;
  private final Leadership leadership;
  private final Elections elections;
  private final Following following;

  private long appliedIndex;
  private Effect.RoleChanged announced;

  /**
   * Makes the core of node {@code self}, as a follower.
   *
   * @throws IllegalArgumentException if the boot state cannot be one that this core made durable
   */
  public RaftCore(
      NodeId self,
      Configuration configuration,
      RaftConfig config,
      RaftPolicy policy,
      BootState boot,
      long nowNanos,
      long entropy) {
    this.policy = policy;
    replica = new Replica(self, configuration, config, boot);
    proposals = new ProposalTable(replica, policy, boot.incarnation());
    reads = new ReadTable(replica, boot.incarnation());
    roles = new Roles(replica, proposals);
    leadership = new Leadership(replica, policy, roles, reads);
    elections = new Elections(replica, policy, roles, leadership);
    following = new Following(replica, roles);
    replica.begin(nowNanos, entropy);
    replica.restartElectionTimer();
    announced = new Effect.RoleChanged(replica.role(), replica.term(), replica.leader());
  }

  /**
   * Takes one input and returns what has to be done.
   *
   * @param nowNanos the time, from a monotonic clock
   * @param entropy 64 random bits, fresh for every call; the only source of jitter
   */
  public List<Effect> step(Input input, long nowNanos, long entropy) {
    return step(List.of(input), nowNanos, entropy);
  }

  /**
   * Takes several inputs as one step, in order: what they lead to is persisted and sent in common,
   * so that a shell that drains its queue gets group commit and full append requests for free.
   */
  public List<Effect> step(List<Input> inputs, long nowNanos, long entropy) {
    replica.begin(nowNanos, entropy);
    for (Input input : inputs) {
      take(input, nowNanos);
    }
    conclude();
    return Collections.unmodifiableList(replica.effects());
  }

  private void take(Input input, long nowNanos) {
    switch (input) {
      case Input.Tick() -> tick(nowNanos);
      case Input.Receive(NodeId from, Message message) -> receive(from, message);
      case Input.Propose propose -> proposals.propose(propose.sequence(), propose.command());
      case Input.Read(long token) -> reads.read(token);
      case Input.Persisted(long sequence) -> {
        replica.durability().persisted(sequence);
        replica.releaseHeld();
      }
    }
  }

  private void tick(long nowNanos) {
    proposals.tick(nowNanos);
    reads.tick(nowNanos);
    leadership.tick(nowNanos);
    if (replica.role() != Role.LEADER && replica.electionTimer().deadlineNanos() <= nowNanos) {
      elections.electionTimeout();
    }
  }

  private void receive(NodeId from, Message message) {
    if (isOverheard(message)) {
      return;
    }
    if (message.term() > replica.term() && !isPreVote(message)) {
      // Paper, section 5.1: whoever learns of a later term follows in it.
      roles.becomeFollower(message.term(), null);
    } else if (message.term() < replica.term()) {
      answerLaggard(from, message);
      return;
    }
    switch (message) {
      case Message.VoteRequest request -> elections.onVoteRequest(from, request);
      case Message.VoteResponse response -> elections.onVoteResponse(from, response);
      case Message.AppendRequest request -> following.onAppendRequest(from, request);
      case Message.AppendResponse response -> leadership.onAppendResponse(from, response);
      case Message.ForwardProposal forwarded -> leadership.onForwardProposal(forwarded);
      case Message.ReadIndexRequest request -> leadership.readIndexWanted(from, request.token());
      case Message.ReadIndexResponse response ->
          reads.indexKnown(response.token(), response.index());
    }
  }

  private boolean isOverheard(Message message) {
    return message instanceof Message.VoteRequest request
        && !request.preVote()
        && elections.leaderIsAlive();
  }

  /** Tells whether the term is one that nobody has entered yet (thesis, section 9.6). */
  private static boolean isPreVote(Message message) {
    return switch (message) {
      case Message.VoteRequest request -> request.preVote();
      case Message.VoteResponse response -> response.preVote() && response.granted();
      default -> false;
    };
  }

  /**
   * Tells a node of an earlier term about this one where it would otherwise never learn of it: a
   * leader that this node, ahead of it, would not follow, and a node that asks for votes.
   */
  private void answerLaggard(NodeId from, Message message) {
    switch (message) {
      case Message.AppendRequest request ->
          replica.send(
              from, new Message.AppendResponse(replica.term(), false, 0, 0, 0, request.round()));
      case Message.VoteRequest request ->
          replica.send(from, new Message.VoteResponse(replica.term(), false, request.preVote()));
      case Message.VoteResponse _,
          Message.AppendResponse _,
          Message.ForwardProposal _,
          Message.ReadIndexRequest _,
          Message.ReadIndexResponse _ -> {}
    }
  }

  /** Concludes a step: everything that its inputs made possible happens here, once. */
  private void conclude() {
    elections.countOwnVote();
    proposals.route(leadership::append);
    reads.route(leadership);
    leadership.conclude();
    following.acknowledge();
    announceRole();
    replica.flushToDisk();
    applyCommitted();
  }

  private void announceRole() {
    NodeId leader = replica.leader();
    if (announced.role() != replica.role()
        || announced.term() != replica.term()
        || !Objects.equals(announced.leader(), leader)) {
      announced = new Effect.RoleChanged(replica.role(), replica.term(), leader);
      replica.emit(announced);
    }
  }

  private void applyCommitted() {
    long end = Math.min(replica.commitIndex(), appliedIndex + MAX_APPLIES_PER_STEP);
    while (appliedIndex < end) {
      Entry entry = replica.log().entryAt(++appliedIndex);
      @Nullable ProposalId id =
          entry.payload() instanceof Payload.Command(ProposalId named, _) ? named : null;
      boolean duplicate = id != null && sessions.isDuplicate(id) && policy.appliesProposalsOnce();
      replica.emit(new Effect.Apply(entry, duplicate));
      if (id != null) {
        proposals.applied(id);
      }
    }
    reads.applied(appliedIndex);
  }

  /** Returns how the node stands. */
  public RaftStatus status() {
    return new RaftStatus(
        replica.self(),
        replica.role(),
        replica.term(),
        replica.leader(),
        replica.log().lastIndex(),
        replica.commitIndex(),
        appliedIndex,
        proposals.size());
  }

  /**
   * Returns the time at which the next {@link Input.Tick} is due. An earlier tick is harmless, a
   * later one delays elections, heartbeats and time-outs.
   */
  public long nextDeadlineNanos() {
    if (appliedIndex < replica.commitIndex()) {
      return replica.nowNanos();
    }
    long roleNanos =
        replica.role() == Role.LEADER
            ? leadership.nextDeadlineNanos()
            : replica.electionTimer().deadlineNanos();
    return Math.min(roleNanos, Math.min(proposals.nextDeadlineNanos(), reads.nextDeadlineNanos()));
  }
}

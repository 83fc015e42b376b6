package dev.faultline.raft.core;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * The proposals of this node's clients, from their arrival until they are applied here or given up.
 *
 * <p>A proposal is routed to every leader that this node gets to know, and again to the same one
 * when it takes long, since a message may be lost. The copies share an identity, and {@link
 * SessionTable} sees to it that one of them takes effect. A proposal that was never appended nor
 * sent can be given up for good; of any other it is unknown what becomes of it.
 */
final class ProposalTable {

  private static final long NEVER = Long.MAX_VALUE;

  /** A proposal that waits. */
  private static final class Pending {
    final long sequence;
    final byte[] command;
    final long deadlineNanos;

    /** Whether a copy has left this table, to the log or to another node. */
    boolean released;

    /** Where this node, as leader, appended it, or 0. */
    long loggedIndex;

    long loggedTerm;
    long sentNanos;

    /** Whether it is applied or given up. */
    boolean over;

    Pending(long sequence, byte[] command, long nowNanos, long deadlineNanos) {
      this.sequence = sequence;
      this.command = command;
      this.sentNanos = nowNanos; // A retry that is due in this very step does not mean it.
      this.deadlineNanos = deadlineNanos;
    }
  }

  /** How a proposal reaches the leader. */
  interface Route {
    /** Appends to this node's own log; returns the entry's index. */
    long append(Payload.Command command);
  }

  private final Replica replica;
  private final RaftPolicy policy;
  private final long incarnation;
  private final SequencedMap<Long, Pending> pending = new LinkedHashMap<>();
  private final List<Pending> unrouted = new ArrayList<>();
  private long lastSequence;
  private long retryNanos = NEVER;
  private @Nullable NodeId routedLeader;
  private long routedTerm;

  ProposalTable(Replica replica, RaftPolicy policy, long incarnation) {
    this.replica = replica;
    this.policy = policy;
    this.incarnation = incarnation;
  }

  int size() {
    return pending.size();
  }

  void propose(long sequence, byte[] command) {
    if (sequence <= lastSequence) {
      throw new IllegalArgumentException(
          "proposal " + sequence + " does not follow proposal " + lastSequence);
    }
    lastSequence = sequence;
    long nowNanos = replica.nowNanos();
    Pending proposal =
        new Pending(
            sequence, command, nowNanos, nowNanos + replica.config().requestTimeout().toNanos());
    pending.put(sequence, proposal);
    unrouted.add(proposal);
  }

  /** Notes that a copy of {@code id} was applied here. */
  void applied(ProposalId id) {
    if (id.origin().equals(replica.self()) && id.incarnation() == incarnation) {
      Pending proposal = pending.remove(id.sequence());
      if (proposal != null) {
        proposal.over = true;
      }
    }
  }

  /** Sends on what is new, or everything if the leader is. */
  void route(Route route) {
    NodeId leader = replica.leader();
    if (leader == null) {
      unrouted.clear(); // The next leader gets all that is pending.
      routedLeader = null;
      retryNanos = NEVER;
      return;
    }
    if (!leader.equals(routedLeader) || routedTerm != replica.term()) {
      unrouted.clear();
      unrouted.addAll(pending.values());
      routedLeader = leader;
      routedTerm = replica.term();
    }
    if (unrouted.isEmpty()) {
      return;
    }
    boolean local = leader.equals(replica.self());
    for (Pending proposal : unrouted) {
      if (proposal.over) {
        continue;
      }
      if (local) {
        append(proposal, route);
      } else {
        forward(proposal, leader);
      }
    }
    unrouted.clear();
    retryNanos = local ? NEVER : Math.min(retryNanos, replica.nowNanos() + retryIntervalNanos());
  }

  private void append(Pending proposal, Route route) {
    if (isInLog(proposal)) {
      return;
    }
    proposal.released = true;
    proposal.loggedIndex =
        route.append(new Payload.Command(identify(proposal.sequence), proposal.command));
    proposal.loggedTerm = replica.term();
  }

  private boolean isInLog(Pending proposal) {
    return proposal.loggedIndex != 0
        && replica.log().matches(proposal.loggedIndex, proposal.loggedTerm);
  }

  private void forward(Pending proposal, NodeId leader) {
    proposal.released = true;
    proposal.sentNanos = replica.nowNanos();
    replica.send(
        leader,
        new Message.ForwardProposal(
            replica.term(), new Payload.Command(identify(proposal.sequence), proposal.command)));
  }

  private ProposalId identify(long sequence) {
    Map.Entry<Long, Pending> first = pending.firstEntry();
    long firstPending = first == null ? sequence : first.getKey();
    return new ProposalId(replica.self(), incarnation, sequence, firstPending);
  }

  /** Gives up what its log holds, if the policy has it so: another leader decides about it now. */
  void leadershipLost() {
    if (policy.awaitsProposalsAfterStepDown()) {
      return;
    }
    pending
        .values()
        .removeIf(proposal -> {
          boolean given = isInLog(proposal);
          if (given) {
            proposal.over = true;
            replica.emit(new Effect.ProposalDropped(proposal.sequence, true));
          }
          return given;
        });
  }

  /** Gives up what has waited too long, and sends again what may have been lost. */
  void tick(long nowNanos) {
    for (Map.Entry<Long, Pending> first = pending.firstEntry();
        first != null && first.getValue().deadlineNanos <= nowNanos;
        first = pending.firstEntry()) {
      pending.pollFirstEntry();
      Pending proposal = first.getValue();
      proposal.over = true;
      replica.emit(new Effect.ProposalDropped(proposal.sequence, !proposal.released));
    }
    if (retryNanos <= nowNanos) {
      retryNanos = NEVER;
      pending.values().forEach(proposal -> retryIfDue(proposal, nowNanos));
    }
  }

  private void retryIfDue(Pending proposal, long nowNanos) {
    long dueNanos = proposal.sentNanos + retryIntervalNanos();
    if (dueNanos <= nowNanos) {
      unrouted.add(proposal);
    } else {
      retryNanos = Math.min(retryNanos, dueNanos);
    }
  }

  /** A leader that takes longer than this to commit has most likely not got the proposal. */
  private long retryIntervalNanos() {
    return replica.config().electionTimeout().toNanos();
  }

  long nextDeadlineNanos() {
    Map.Entry<Long, Pending> first = pending.firstEntry();
    return first == null ? NEVER : Math.min(first.getValue().deadlineNanos, retryNanos);
  }
}

package dev.faultline.raft.core;

import org.jspecify.annotations.Nullable;

/**
 * How a node stands.
 *
 * @param role what it is
 * @param term its current term
 * @param leader whom it takes for the leader, or null
 * @param lastLogIndex the index of the last entry in its log
 * @param commitIndex the highest index that it knows to be committed
 * @param appliedIndex the highest index that it has handed to its state machine
 * @param pendingProposals how many proposals of its clients wait
 */
public record RaftStatus(
    NodeId self,
    Role role,
    long term,
    @Nullable NodeId leader,
    long lastLogIndex,
    long commitIndex,
    long appliedIndex,
    int pendingProposals) {}

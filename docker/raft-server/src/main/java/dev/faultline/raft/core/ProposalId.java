package dev.faultline.raft.core;

/**
 * Names a proposal once and for all, so that it takes effect once however often it was sent on
 * (thesis, section 6.3).
 *
 * @param origin the node whose client proposed it
 * @param incarnation how often that node had been started; grows with every start
 * @param sequence counts the proposals of one incarnation, from 1
 * @param firstPending the lowest sequence of this incarnation that its origin still awaited when it
 *     sent this; what lies below is answered for good and need not be remembered
 */
public record ProposalId(NodeId origin, long incarnation, long sequence, long firstPending) {}

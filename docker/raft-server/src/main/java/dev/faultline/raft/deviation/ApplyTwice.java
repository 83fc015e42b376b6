package dev.faultline.raft.deviation;

import dev.faultline.raft.core.RaftPolicy;

/** Applies each copy of a proposal that was forwarded more than once. */
final class ApplyTwice extends RaftPolicy {

  @Override
  public boolean appliesProposalsOnce() {
    return false;
  }
}

package dev.faultline.raft.deviation;

import dev.faultline.raft.core.RaftPolicy;

/** Reports a proposal in a deposed leader's log as failed, though it may be committed yet. */
final class FailOnStepDown extends RaftPolicy {

  @Override
  public boolean awaitsProposalsAfterStepDown() {
    return false;
  }
}

package dev.faultline.raft.deviation;

import dev.faultline.raft.core.HardState;
import dev.faultline.raft.core.RaftPolicy;

/** Starts with the stored term but without the vote cast in it. */
final class ForgetVote extends RaftPolicy {

  @Override
  public HardState recovered(HardState durable) {
    return new HardState(durable.term(), null);
  }
}

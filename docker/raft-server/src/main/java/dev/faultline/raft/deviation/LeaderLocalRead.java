package dev.faultline.raft.deviation;

import dev.faultline.raft.core.RaftPolicy;

/** Lets a leader answer reads without hearing whether it still is one. */
final class LeaderLocalRead extends RaftPolicy {

  @Override
  public boolean confirmsLeadershipForReads() {
    return false;
  }
}

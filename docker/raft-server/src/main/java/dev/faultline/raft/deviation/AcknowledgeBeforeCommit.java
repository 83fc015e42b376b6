package dev.faultline.raft.deviation;

import dev.faultline.raft.core.RaftPolicy;

/** Answers the client when the leader has appended the proposal, before it is committed. */
final class AcknowledgeBeforeCommit extends RaftPolicy {

  @Override
  public boolean answersOnlyWhenApplied() {
    return false;
  }
}

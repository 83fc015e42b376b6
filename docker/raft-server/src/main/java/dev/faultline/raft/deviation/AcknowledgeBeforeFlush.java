package dev.faultline.raft.deviation;

import dev.faultline.raft.core.RaftPolicy;

/** Calls durable what is still in a buffer of the process, which a kill loses. */
final class AcknowledgeBeforeFlush extends RaftPolicy {

  @Override
  public boolean syncsBeforeAcknowledging() {
    return false;
  }
}

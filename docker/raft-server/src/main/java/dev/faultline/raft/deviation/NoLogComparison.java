package dev.faultline.raft.deviation;

import dev.faultline.raft.core.RaftPolicy;

/** Votes for candidates whose log lacks what the voter has. */
final class NoLogComparison extends RaftPolicy {

  @Override
  public boolean isUpToDate(
      long candidateLastTerm, long candidateLastIndex, long ownLastTerm, long ownLastIndex) {
    return true;
  }
}

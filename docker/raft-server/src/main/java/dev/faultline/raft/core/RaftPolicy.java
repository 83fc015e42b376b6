package dev.faultline.raft.core;

/**
 * The decisions of a Raft server that are short to write and easy to get wrong, each in a method of
 * its own.
 *
 * <p>The defaults are right. Known bugs of real systems are sub-classes that override one method;
 * the server proper never names them. Pure: no method has an effect.
 */
public class RaftPolicy {

  /**
   * Tells whether a candidate's log is at least as up to date as the voter's (paper, section
   * 5.4.1).
   */
  public boolean isUpToDate(
      long candidateLastTerm, long candidateLastIndex, long ownLastTerm, long ownLastIndex) {
    return candidateLastTerm > ownLastTerm
        || (candidateLastTerm == ownLastTerm && candidateLastIndex >= ownLastIndex);
  }

  /**
   * Tells whether a leader hears a majority before it answers a linearizable read (thesis, section
   * 6.4).
   */
  public boolean confirmsLeadershipForReads() {
    return true;
  }

  /**
   * Tells whether a proposal that is already applied is left out when it is committed again
   * (thesis, section 6.3).
   */
  public boolean appliesProposalsOnce() {
    return true;
  }

  /**
   * Tells whether a leader that loses its place goes on waiting for the proposals that its log
   * holds.
   */
  public boolean awaitsProposalsAfterStepDown() {
    return true;
  }

  /** Tells whether a client is answered only once its proposal is committed and applied. */
  public boolean answersOnlyWhenApplied() {
    return true;
  }

  /**
   * Tells whether what was handed to storage is on the disk before anyone is told that it is
   * durable.
   */
  public boolean syncsBeforeAcknowledging() {
    return true;
  }

  /** Returns the term and vote that a starting node goes by, given those that its disk holds. */
  public HardState recovered(HardState durable) {
    return durable;
  }
}

package dev.faultline.raft.node;

/** A proposal was given up. */
public final class ProposalDroppedException extends Exception {

  private static final long serialVersionUID = 1L;

  private final boolean definite;

  public ProposalDroppedException(String message, boolean definite) {
    super(message, null, false, false);
    this.definite = definite;
  }

  /** Tells whether it is certain that the proposal never takes effect. */
  public boolean isDefinite() {
    return definite;
  }
}

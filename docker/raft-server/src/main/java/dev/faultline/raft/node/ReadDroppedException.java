package dev.faultline.raft.node;

/** A linearizable read was given up; nothing was read. */
public final class ReadDroppedException extends Exception {

  private static final long serialVersionUID = 1L;

  public ReadDroppedException(String message) {
    super(message, null, false, false);
  }
}

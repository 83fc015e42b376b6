package dev.faultline.raft.server;

/** Something around the server keeps it from starting; the message says what. */
final class StartException extends Exception {

  private static final long serialVersionUID = 1L;

  StartException(String message, Throwable cause) {
    super(message, cause);
  }
}

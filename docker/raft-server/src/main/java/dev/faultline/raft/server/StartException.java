package dev.faultline.raft.server;

/** Something keeps the server from starting; the message says what. */
final class StartException extends Exception {

  private static final long serialVersionUID = 1L;

  private final int exitCode;

  /** Makes an exception that ends the process with {@code exitCode}, of {@link ExitCode}. */
  StartException(String message, int exitCode, Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  int exitCode() {
    return exitCode;
  }
}

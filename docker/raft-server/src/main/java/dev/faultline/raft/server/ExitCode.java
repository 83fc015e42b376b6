package dev.faultline.raft.server;

/** How the process ends. */
final class ExitCode {

  /** Asked to end, and did. */
  static final int OK = 0;

  /** Something around the server keeps it from starting. */
  static final int CANNOT_START = 4;

  /** Bad arguments or configuration. */
  static final int USAGE = 254;

  /** A fault of the server's own, or a disk that failed under it. */
  static final int INTERNAL = 255;

  private ExitCode() {}
}

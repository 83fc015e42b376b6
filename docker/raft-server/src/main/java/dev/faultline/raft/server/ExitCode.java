package dev.faultline.raft.server;

/** How the process ends. */
final class ExitCode {

  /** Asked to end, and did. */
  static final int OK = 0;

  /** Something around the server keeps it from starting: the environment failed it. */
  static final int CANNOT_START = 4;

  /**
   * The log is damaged as no crash explains. Not the environment's to excuse: a harness that makes
   * nodes crash has to look whether the server, or the disk below it, broke its promise.
   */
  static final int CORRUPT_LOG = 5;

  /** Bad arguments or configuration. */
  static final int USAGE = 254;

  /** A fault of the server's own, or a disk that failed under it. */
  static final int INTERNAL = 255;

  private ExitCode() {}
}

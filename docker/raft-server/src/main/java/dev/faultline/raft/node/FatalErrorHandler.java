package dev.faultline.raft.node;

/** Decides what becomes of a process whose node can no longer be trusted. */
@FunctionalInterface
public interface FatalErrorHandler {

  /**
   * Ends the process, usually. Called at most once, by one of the node's own threads; when it
   * returns, the node stays silent.
   *
   * @param message what is wrong, for an operator
   */
  void fatal(String message, Throwable cause);
}

package dev.faultline.harness.nemesis;

/** Is told what the nemesis does and sees. Every method is called on the loop. */
public interface FaultLog {

  /** A fault is about to be put in place, or was skipped. */
  void started(FaultRecord fault);

  /**
   * The fault was taken away again: links and nodes have been told to go back. Whether they did is
   * still to be seen; if they do not, {@link #trouble} says so. Follows every {@link #started}.
   */
  void stopped(FaultRecord fault);

  /** A node's process was found to have ended without being asked to. Told once for each node. */
  void nodeExited(String node);

  /** Something could not be done or mended. The plan goes on. */
  void trouble(String what);
}

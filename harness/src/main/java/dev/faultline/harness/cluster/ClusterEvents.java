package dev.faultline.harness.cluster;

/** What a cluster tells by itself. Methods are called on any thread, and must not block. */
public interface ClusterEvents {

  /** Tells what is being done that may take a while; for people. */
  default void progress(String what) {}

  /** Tells of a node that ended without being asked to. */
  void exited(NodeExit exit);

  /**
   * Tells that the machinery around the nodes has gone, such as the container engine: what happens
   * from now on says nothing of the system.
   *
   * @param why for people
   */
  void lost(String why);
}

package dev.faultline.harness.docker;

import dev.faultline.harness.cluster.ClusterEvents;
import dev.faultline.harness.cluster.NodeExit;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Tells that the engine has gone, if it has, and tells that apart from nodes that have gone.
 *
 * <p>An engine that is stopped in order ends the nodes' containers first, and the streams by which
 * it tells of them as if all were well. So it is asked again and again, and the end of a node is
 * believed only when the engine has outlived it for a while. Safe for use by several threads.
 */
final class EngineWatch {

  private static final long LOOK_SECONDS = 2;
  private static final int UNANSWERED_WHEN_GONE = 3;
  private static final int LOOKS_AFTER_EXIT = 3;

  private final Engine engine;
  private final ClusterEvents events;

  EngineWatch(Engine engine, ClusterEvents events) {
    this.engine = engine;
    this.events = events;
  }

  /** Asks the engine every few seconds, until {@code timer} is shut down. */
  void lookAgainAndAgain(ScheduledExecutorService timer) {
    var _ =
        timer.scheduleWithFixedDelay(
            new Runnable() {
              private int unanswered;

              @Override
              public void run() {
                unanswered = engine.answers() ? 0 : unanswered + 1;
                if (unanswered == UNANSWERED_WHEN_GONE) {
                  events.lost("the container engine does not answer any more");
                }
              }
            },
            LOOK_SECONDS,
            LOOK_SECONDS,
            TimeUnit.SECONDS);
  }

  /**
   * Tells of a node's end, or else that the engine was stopped; blocks for seconds. A code below
   * zero is no node's, but the engine's word for not knowing.
   *
   * @return whether the end was the node's own doing
   */
  boolean exited(NodeExit exit) {
    boolean engineStays = exit.exitCode() >= 0 && engine.answers();
    for (int i = 0; engineStays && i < LOOKS_AFTER_EXIT; i++) {
      LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
      engineStays = engine.answers();
    }
    if (engineStays) {
      events.exited(exit);
    } else {
      events.lost("the container engine was stopped, and node " + exit.node() + " with it");
    }
    return engineStays;
  }

  /** Tells that the engine stopped telling of a node. */
  void lostSight(Throwable failure) {
    events.lost(
        engine.answers()
            ? "the container engine stopped telling of a node: " + failure
            : "the container engine does not answer any more");
  }
}

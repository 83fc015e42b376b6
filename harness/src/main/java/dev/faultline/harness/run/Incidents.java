package dev.faultline.harness.run;

import dev.faultline.harness.cluster.NodeExit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What befalls a run from outside while it goes on: it is interrupted, it loses something that it
 * cannot do without, a node ends by itself. Each is told to the part of the run that is going on,
 * or to the next one as soon as that begins. Safe for use by several threads.
 */
final class Incidents {

  private static final String INTERRUPTED = "interrupted";

  private @Nullable StartedCluster starting;
  private @Nullable RunLife life;
  private @Nullable String loss;
  private boolean interrupted;

  /** Exits between the moment when the cluster was ready and the beginning of the life. */
  private final List<NodeExit> early = new ArrayList<>();

  /** Notes that {@code start} is going on; null if it is over. */
  synchronized void starting(@Nullable StartedCluster start) {
    starting = start;
    if (start != null && interrupted) {
      start.interrupt();
    }
  }

  /** Hands over to {@code begun} what has happened since the cluster was ready. */
  synchronized void living(RunLife begun) {
    life = begun;
    early.forEach(exit -> begun.nodeExited(exit.node(), exit.exitCode()));
    early.clear();
    if (interrupted) {
      begun.stop(INTERRUPTED);
    } else if (loss != null) {
      begun.stop(loss);
    }
  }

  /** Notes that the life is over: there is nobody to tell any more. */
  synchronized void lived() {
    life = null;
  }

  /** Ends what is going on, because somebody wishes so. */
  synchronized void interrupt() {
    interrupted = true;
    if (starting != null) {
      starting.interrupt();
    }
    if (life != null) {
      life.stop(INTERRUPTED);
    }
  }

  synchronized boolean isInterrupted() {
    return interrupted;
  }

  /** Ends what is going on, because the run has lost something that it cannot do without. */
  synchronized void lose(String what) {
    if (loss == null) {
      loss = what;
    }
    if (life != null) {
      life.stop(what);
    }
  }

  /** Returns what was lost first, if anything was. */
  synchronized Optional<String> loss() {
    return Optional.ofNullable(loss);
  }

  /** Takes down that a node ended without being asked to. */
  synchronized void exited(NodeExit exit) {
    if (life == null) {
      early.add(exit);
    } else {
      life.nodeExited(exit.node(), exit.exitCode());
    }
  }
}

package dev.faultline.harness.nemesis;

import dev.faultline.harness.loop.Scheduler;
import dev.faultline.nemeses.NodeStatus;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Watches for the first change of leader, by asking again and again. What is told lags behind the
 * election by up to the time between two questions.
 */
final class LeaderWatch {

  private static final Duration INTERVAL = Duration.ofMillis(20);

  private final Scheduler loop;
  private final LeaderFinder finder;
  private final Runnable changed;
  private @Nullable NodeStatus first;
  private boolean over;

  LeaderWatch(Scheduler loop, LeaderFinder finder, Runnable changed) {
    this.loop = loop;
    this.finder = finder;
    this.changed = changed;
  }

  void ask() {
    if (!over) {
      finder.find(this::answered);
    }
  }

  void stop() {
    over = true;
  }

  private void answered(@Nullable NodeStatus leader) {
    if (over) {
      return;
    }
    if (first == null) {
      first = leader;
    } else if (leader != null && leader.term() > first.term()) {
      over = true;
      changed.run();
      return;
    }
    loop.after(INTERVAL.toNanos(), this::ask);
  }
}

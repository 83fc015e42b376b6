package dev.faultline.harness.nemesis;

import dev.faultline.nemeses.Cluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Plugs one node in and out of its network, as is wanted last, one call after the other. Those who
 * ask while a call is under way are answered by the next one, together.
 */
final class CableKeeper {

  private final String node;
  private final Cluster cluster;
  private final Calls calls;
  private final Duration deadline;

  private boolean plugged = true;
  private List<Consumer<@Nullable String>> waiting = new ArrayList<>();
  private boolean busy;
  private boolean used;

  CableKeeper(String node, Cluster cluster, Calls calls, Duration deadline) {
    this.node = node;
    this.cluster = cluster;
    this.calls = calls;
    this.deadline = deadline;
  }

  /**
   * Plugs the node in, or unplugs it.
   *
   * @param then told once that was done or failed; null, or what went wrong
   */
  void bring(boolean pluggedIn, Consumer<@Nullable String> then) {
    used = true;
    plugged = pluggedIn;
    waiting.add(then);
    next();
  }

  /** Has anybody ever asked? Else the node was plugged in from the beginning, and still is. */
  boolean used() {
    return used;
  }

  private void next() {
    if (busy || waiting.isEmpty()) {
      return;
    }
    busy = true;
    List<Consumer<@Nullable String>> served = waiting;
    waiting = new ArrayList<>();
    boolean goal = plugged;
    calls.call(
        () -> goal ? cluster.plugIn(node) : cluster.unplug(node),
        deadline,
        (_, error) -> {
          busy = false;
          String act = goal ? "plugging in" : "unplugging";
          String what = error == null ? null : node + ": " + act + " failed: " + Calls.words(error);
          served.forEach(waiter -> waiter.accept(what));
          next();
        });
  }
}

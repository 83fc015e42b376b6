package dev.faultline.harness.nemesis;

import dev.faultline.nemeses.Cluster;
import dev.faultline.nemeses.Link;
import dev.faultline.nemeses.LinkState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Brings the links into the state that is wanted last, one call after the other. Those who ask
 * while a call is under way are answered by the next one, together.
 */
final class LinkKeeper {

  /**
   * How a call went.
   *
   * @param skewNanos the time between the first link's change and the last's
   * @param error why it failed, or null
   */
  record Shaped(long skewNanos, @Nullable String error) {}

  private final Cluster cluster;
  private final Calls calls;
  private final Duration deadline;

  private Map<Link, LinkState> wanted = Map.of();
  private List<Consumer<Shaped>> waiting = new ArrayList<>();
  private boolean busy;

  LinkKeeper(Cluster cluster, Calls calls, Duration deadline) {
    this.cluster = cluster;
    this.calls = calls;
    this.deadline = deadline;
  }

  void bring(Map<Link, LinkState> states, Consumer<Shaped> then) {
    wanted = states;
    waiting.add(then);
    next();
  }

  private void next() {
    if (busy || waiting.isEmpty()) {
      return;
    }
    busy = true;
    List<Consumer<Shaped>> served = waiting;
    waiting = new ArrayList<>();
    Map<Link, LinkState> states = wanted;
    calls.call(
        () -> cluster.shapeLinks(states),
        deadline,
        (skew, error) -> {
          busy = false;
          Shaped shaped =
              new Shaped(
                  skew == null ? 0 : skew,
                  error == null ? null : "links could not be shaped: " + Calls.words(error));
          served.forEach(waiter -> waiter.accept(shaped));
          next();
        });
  }
}

package dev.faultline.harness.nemesis;

import dev.faultline.nemeses.Cluster;
import dev.faultline.nemeses.NodeCondition;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Brings one node into the condition that is wanted last, one act after the other.
 *
 * <p>Killing and stopping happen at once, so that the targets of a fault are hit together. Before
 * anything else is done the node's condition is observed, and the acts follow from that: a node
 * that ended by itself is reported, never quietly started again.
 */
final class NodeKeeper {

  /** What a keeper tells of its node. */
  interface Watcher {
    void exited(String node);

    void restarted(String node);
  }

  /** An act on the node, with its name in an error. */
  private record Act(String name, Supplier<CompletionStage<Void>> call) {}

  private final String node;
  private final Cluster cluster;
  private final Calls calls;
  private final Timing timing;
  private final Watcher watcher;

  private NodeCondition wanted = NodeCondition.RUNNING;
  private @Nullable NodeCondition known = NodeCondition.RUNNING;
  private List<Consumer<@Nullable String>> waiting = new ArrayList<>();
  private boolean busy;

  NodeKeeper(String node, Cluster cluster, Calls calls, Timing timing, Watcher watcher) {
    this.node = node;
    this.cluster = cluster;
    this.calls = calls;
    this.timing = timing;
    this.watcher = watcher;
  }

  /**
   * Brings the node into {@code condition}.
   *
   * @param then told once that was done or failed; null, or what went wrong
   */
  void bring(NodeCondition condition, Consumer<@Nullable String> then) {
    wanted = condition;
    waiting.add(then);
    next();
  }

  /** Believes nothing about the node any more; the next act looks first. */
  void forget() {
    known = null;
  }

  private void next() {
    if (busy || waiting.isEmpty()) {
      return;
    }
    busy = true;
    List<Consumer<@Nullable String>> served = waiting;
    waiting = new ArrayList<>();
    NodeCondition goal = wanted;
    if (known == NodeCondition.RUNNING && goal != NodeCondition.RUNNING) {
      perform(acts(NodeCondition.RUNNING, goal), goal, served);
      return;
    }
    calls.call(
        () -> cluster.condition(node),
        timing.question(),
        (observed, _) -> perform(acts(observed, goal), goal, served));
  }

  private List<Act> acts(@Nullable NodeCondition observed, NodeCondition goal) {
    if (observed == NodeCondition.EXITED) {
      watcher.exited(node);
      return List.of();
    }
    if (observed == goal) {
      return List.of();
    }
    Act kill = new Act("kill", () -> cluster.kill(node));
    Act pause = new Act("pause", () -> cluster.pause(node));
    Act resume = new Act("resume", () -> cluster.resume(node));
    Act start = new Act("start", this::start);
    return switch (goal) {
      case DOWN, EXITED -> List.of(kill);
      case PAUSED -> observed == NodeCondition.DOWN ? List.of(start, pause) : List.of(pause);
      case RUNNING ->
          switch (observed) {
            case DOWN -> List.of(start);
            case PAUSED -> List.of(resume);
            // Not known: whichever of the two is not needed does nothing.
            case null, default -> List.of(start, resume);
          };
    };
  }

  private CompletionStage<Void> start() {
    return cluster.start(node);
  }

  private void perform(
      List<Act> acts, NodeCondition goal, List<Consumer<@Nullable String>> served) {
    if (acts.isEmpty()) {
      finish(goal, null, served);
      return;
    }
    Act act = acts.getFirst();
    calls.call(
        act.call(),
        timing.act(),
        (_, error) -> {
          if (error != null) {
            finish(null, node + ": " + act.name() + " failed: " + Calls.words(error), served);
            return;
          }
          if (act.name().equals("start")) {
            watcher.restarted(node);
          }
          perform(acts.subList(1, acts.size()), goal, served);
        });
  }

  private void finish(
      @Nullable NodeCondition reached,
      @Nullable String error,
      List<Consumer<@Nullable String>> served) {
    busy = false;
    known = reached;
    served.forEach(waiter -> waiter.accept(error));
    next();
  }
}

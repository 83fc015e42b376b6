package dev.faultline.harness.run;

import dev.faultline.harness.loop.Deadlines;
import dev.faultline.harness.loop.Scheduler;
import dev.faultline.nemeses.Cluster;
import dev.faultline.nemeses.NodeStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Looks at a cluster again and again: for a leader, for changes of leader, for recovery. Owned by
 * the scheduler's thread.
 */
final class ClusterWatch {

  private static final Duration LOOK_EVERY = Duration.ofMillis(200);
  private static final Duration ANSWER_WITHIN = Duration.ofMillis(1_500);

  private final Scheduler scheduler;
  private final Cluster cluster;
  private Optional<NodeStatus> leader = Optional.empty();
  private int leaderChanges;
  private boolean watching;

  ClusterWatch(Scheduler scheduler, Cluster cluster) {
    this.scheduler = scheduler;
    this.cluster = cluster;
  }

  /** Asks every node once; completes when each has answered or had time to. */
  CompletionStage<ClusterView> look() {
    List<NodeStatus> answers = new ArrayList<>();
    List<CompletableFuture<Void>> asked = new ArrayList<>();
    for (String node : cluster.nodes()) {
      asked.add(
          Deadlines.within(scheduler, ANSWER_WITHIN, "status of " + node, cluster.status(node))
              .handle((status, failure) -> {
                if (failure == null) {
                  answers.add(status);
                }
                return null;
              }));
    }
    return CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new))
        .thenApply(_ -> ClusterView.of(answers));
  }

  /**
   * Looks until a view pleases {@code predicate}; completes with it, or after {@code patience} with
   * a {@link TimeoutException} whose message says what was wrong with the last view.
   */
  CompletionStage<ClusterView> await(
      Predicate<ClusterView> predicate,
      Duration patience,
      Function<ClusterView, String> complaint) {
    CompletableFuture<ClusterView> pleased = new CompletableFuture<>();
    lookUntil(predicate, scheduler.nowNanos() + patience.toNanos(), complaint, pleased);
    return pleased;
  }

  private void lookUntil(
      Predicate<ClusterView> predicate,
      long deadlineNanos,
      Function<ClusterView, String> complaint,
      CompletableFuture<ClusterView> pleased) {
    look()
        .whenComplete((view, _) -> {
          if (predicate.test(view)) {
            pleased.complete(view);
          } else if (scheduler.nowNanos() >= deadlineNanos) {
            pleased.completeExceptionally(new TimeoutException(complaint.apply(view)));
          } else {
            scheduler.after(
                LOOK_EVERY.toNanos(),
                () -> lookUntil(predicate, deadlineNanos, complaint, pleased));
          }
        });
  }

  /** Begins to watch for changes of leader and tells {@code onChange} of each new one. */
  void watchLeader(Consumer<NodeStatus> onChange) {
    watching = true;
    watchOnce(onChange);
  }

  private void watchOnce(Consumer<NodeStatus> onChange) {
    if (!watching) {
      return;
    }
    look()
        .whenComplete((view, _) -> {
          view.leader().ifPresent(found -> compare(found, onChange));
          scheduler.after(LOOK_EVERY.toNanos(), () -> watchOnce(onChange));
        });
  }

  private void compare(NodeStatus found, Consumer<NodeStatus> onChange) {
    if (leader.isPresent() && found.term() <= leader.get().term()) {
      return; // The same leader, or one that has not heard yet that its time is over.
    }
    if (leader.isPresent()) {
      leaderChanges++;
    }
    leader = Optional.of(found);
    if (watching) {
      onChange.accept(found);
    }
  }

  /** Ends the watch begun by {@link #watchLeader}. */
  void stopWatching() {
    watching = false;
  }

  /** Returns the leader seen last. */
  Optional<NodeStatus> leader() {
    return leader;
  }

  /** Returns how often a leader of a higher term was seen to take over. */
  int leaderChanges() {
    return leaderChanges;
  }
}

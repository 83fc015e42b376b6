package dev.faultline.harness.run;

import dev.faultline.harness.loop.Deadlines;
import dev.faultline.harness.loop.Scheduler;
import dev.faultline.nemeses.Cluster;
import dev.faultline.nemeses.NodeStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a cluster again and again: for a leader, for changes of leader, for recovery. Owned by
 * the scheduler's thread.
 */
final class ClusterWatch {

  /** A harness that was suspended must not call a system slow that it has hardly looked at. */
  private static final int LEAST_LOOKS = 10;

  private static final Duration LOOK_EVERY = Duration.ofMillis(200);
  private static final Duration ANSWER_WITHIN = Duration.ofMillis(1_500);

  private final Scheduler scheduler;
  private final Cluster cluster;
  private Optional<NodeStatus> leader = Optional.empty();
  private int leaderChanges;
  private boolean watching;
  private @Nullable String abandoned;

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
          Deadlines.within(scheduler, ANSWER_WITHIN, "status of " + node, status(node))
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

  /** A cluster that throws instead of failing the stage must not end the looking. */
  private CompletionStage<NodeStatus> status(String node) {
    try {
      return cluster.status(node);
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /**
   * Looks until a view pleases {@code predicate}; completes with it, or after {@code patience} with
   * a {@link TimeoutException} whose message says what was wrong with the last view.
   */
  CompletionStage<ClusterView> await(
      Predicate<ClusterView> predicate,
      Duration patience,
      Function<ClusterView, String> complaint) {
    return until(this::look, predicate, patience, complaint);
  }

  /** Does what {@link #await} does, with another way to look. */
  <V> CompletionStage<V> until(
      Supplier<CompletionStage<V>> look,
      Predicate<V> predicate,
      Duration patience,
      Function<V, String> complaint) {
    CompletableFuture<V> pleased = new CompletableFuture<>();
    long deadlineNanos = scheduler.nowNanos() + patience.toNanos();
    lookUntil(look, predicate, deadlineNanos, 1, complaint, pleased);
    return pleased;
  }

  private <V> void lookUntil(
      Supplier<CompletionStage<V>> look,
      Predicate<V> predicate,
      long deadlineNanos,
      int looks,
      Function<V, String> complaint,
      CompletableFuture<V> pleased) {
    look.get()
        .thenAccept(view -> {
          if (predicate.test(view)) {
            pleased.complete(view);
          } else if (abandoned != null) {
            pleased.completeExceptionally(new CancellationException(abandoned));
          } else if (scheduler.nowNanos() >= deadlineNanos && looks >= LEAST_LOOKS) {
            pleased.completeExceptionally(new TimeoutException(complaint.apply(view)));
          } else {
            scheduler.after(
                LOOK_EVERY.toNanos(),
                () -> lookUntil(look, predicate, deadlineNanos, looks + 1, complaint, pleased));
          }
        })
        .exceptionally(defect -> {
          pleased.completeExceptionally(defect);
          return null;
        });
  }

  /** Ends every {@link #await} after its next look. */
  void abandon(String why) {
    abandoned = why;
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

package dev.faultline.harness.bench;

import dev.faultline.harness.cluster.ManagedCluster;
import dev.faultline.nemeses.Link;
import dev.faultline.nemeses.NodeCondition;
import dev.faultline.nemeses.NodeStatus;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongPredicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Looks at a cluster as fast as it answers. Its methods block. */
final class ClusterEye {

  /** A probe that has got no answer for so long counts as unanswered; most take a few ms. */
  static final Duration SILENT_AFTER = Duration.ofMillis(400);

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final ManagedCluster cluster;

  ClusterEye(ManagedCluster cluster) {
    this.cluster = cluster;
  }

  /**
   * Looks until {@code sight} is seen; returns how long after {@code sinceNanos} that was, or
   * nothing if it was not seen for a minute.
   */
  OptionalLong await(long sinceNanos, BooleanSupplier sight) {
    do {
      if (sight.getAsBoolean()) {
        return OptionalLong.of(System.nanoTime() - sinceNanos);
      }
    } while (System.nanoTime() - sinceNanos < PATIENCE.toNanos());
    return OptionalLong.empty();
  }

  /** Tells whether no link answers. */
  boolean allSilent(Collection<Link> links) {
    return links.stream()
        .map(link ->
            cluster
                .probe(link, 0)
                .toCompletableFuture()
                .copy()
                .orTimeout(SILENT_AFTER.toMillis(), TimeUnit.MILLISECONDS))
        .toList()
        .stream()
        .allMatch(probe -> answer(probe) == null);
  }

  /** Tells whether every link answers, after a time that pleases {@code roundTripNanos}. */
  boolean allAnswer(Collection<Link> links, LongPredicate roundTripNanos) {
    return roundTrips(links).stream()
        .allMatch(answer -> answer != null && roundTripNanos.test(answer));
  }

  /** Tells whether some link does not answer, or after a time that pleases the predicate. */
  boolean anyFails(Collection<Link> links, LongPredicate roundTripNanos) {
    return roundTrips(links).stream()
        .anyMatch(answer -> answer == null || roundTripNanos.test(answer));
  }

  private List<@Nullable Long> roundTrips(Collection<Link> links) {
    return links.stream()
        .map(link -> cluster.probe(link, 0).toCompletableFuture())
        .toList()
        .stream()
        .<@Nullable Long>map(ClusterEye::answer)
        .toList();
  }

  boolean isIn(String node, NodeCondition condition) {
    return answer(cluster.condition(node)) == condition;
  }

  /**
   * Tells whether every node answers, follows one leader in one term, and has applied what anybody
   * knows to be committed.
   */
  boolean isLevel() {
    List<@Nullable NodeStatus> answers =
        cluster.nodes().stream().map(cluster::status).toList().stream()
            .<@Nullable NodeStatus>map(ClusterEye::answer)
            .toList();
    List<NodeStatus> statuses = answers.stream().flatMap(Stream::ofNullable).toList();
    if (statuses.size() < answers.size()) {
      return false;
    }
    long committed = statuses.stream().mapToLong(NodeStatus::commitIndex).max().orElse(0);
    return committed > 0
        && statuses.stream().filter(NodeStatus::claimsLeadership).count() == 1
        && statuses.stream().map(NodeStatus::term).distinct().count() == 1
        && statuses.stream()
            .allMatch(status -> status.leader() != null && status.appliedIndex() >= committed);
  }

  /** Returns a node that follows another; waits for one. */
  String follower() {
    while (true) {
      for (String node : cluster.nodes()) {
        NodeStatus status = answer(cluster.status(node));
        if (status != null && status.leader() != null && !status.claimsLeadership()) {
          return node;
        }
      }
    }
  }

  private static <T> @Nullable T answer(CompletionStage<T> asked) {
    try {
      CompletableFuture<T> answer = asked.toCompletableFuture();
      return answer.join();
    } catch (CompletionException _) {
      return null;
    }
  }
}

package dev.faultline.harness.run;

import dev.faultline.harness.loop.Deadlines;
import dev.faultline.harness.loop.Scheduler;
import dev.faultline.nemeses.Capability;
import dev.faultline.nemeses.Cluster;
import dev.faultline.workloads.client.ClientFactory;
import dev.faultline.workloads.client.Operation;
import dev.faultline.workloads.client.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Waits until a cluster whose faults were all healed has recovered, as far as that can be seen: one
 * leader, and every node has applied what was known to be committed at the heal. Where nodes do not
 * tell that, every node has to answer a write over a fresh connection. Owned by the scheduler's
 * thread.
 */
final class Recovery {

  /** No workload uses this key, so that no history has to tell of what is written to it. */
  private static final String KEY = "faultline-recovery";

  private final Scheduler scheduler;
  private final Cluster cluster;
  private final ClientFactory clients;
  private final ClusterWatch watch;
  private final Duration answerWithin;
  private long written;

  /**
   * Makes one.
   *
   * @param answerWithin how long a client's operation may take
   */
  Recovery(
      Scheduler scheduler,
      Cluster cluster,
      ClientFactory clients,
      ClusterWatch watch,
      Duration answerWithin) {
    this.scheduler = scheduler;
    this.cluster = cluster;
    this.clients = clients;
    this.watch = watch;
    this.answerWithin = answerWithin;
  }

  /** Completes with the recovery; exceptionally with what is missing after {@code patience}. */
  CompletionStage<?> await(Duration patience) {
    return cluster.capabilities().contains(Capability.LEADER)
        ? untilLevel(patience)
        : untilServing(patience);
  }

  private CompletionStage<?> untilLevel(Duration patience) {
    int nodes = cluster.nodes().size();
    return watch
        .look()
        .thenCompose(atHeal -> {
          long target = atHeal.highestCommit();
          return watch.await(
              view -> view.isLevelAt(Math.max(target, 1), nodes),
              patience,
              view -> view.missing(target, cluster.nodes()));
        });
  }

  private CompletionStage<?> untilServing(Duration patience) {
    return watch.until(
        this::nodesThatDoNotServe,
        List::isEmpty,
        patience,
        silent -> "no operation was answered through " + String.join(", ", silent));
  }

  private CompletionStage<List<String>> nodesThatDoNotServe() {
    List<String> silent = new ArrayList<>();
    List<CompletableFuture<Void>> asked = new ArrayList<>();
    for (String node : cluster.nodes()) {
      asked.add(
          Deadlines.within(scheduler, answerWithin, "an operation through " + node, operate(node))
              .handle((outcome, _) -> {
                if (!(outcome instanceof Outcome.Ok)) {
                  silent.add(node);
                }
                return null;
              }));
    }
    return CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new)).thenApply(_ -> silent);
  }

  private CompletionStage<Outcome> operate(String node) {
    try {
      return clients
          .open(node)
          .thenCompose(client -> client.invoke(operation()).whenComplete((_, _) -> client.close()));
    } catch (RuntimeException e) { // A client that throws instead of failing the stage.
      return CompletableFuture.failedFuture(e);
    }
  }

  /** A system that knows no writes at least answers a read. */
  private Operation operation() {
    return clients.supports().contains(Operation.Write.class)
        ? new Operation.Write(KEY, ++written)
        : new Operation.Read(KEY);
  }
}

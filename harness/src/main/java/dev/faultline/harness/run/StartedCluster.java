package dev.faultline.harness.run;

import dev.faultline.harness.loop.Scheduler;
import dev.faultline.harness.process.ProcessCluster;
import dev.faultline.harness.process.RunLedger;
import dev.faultline.harness.system.SystemOptions;
import dev.faultline.results.RunDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Brings a cluster up to the point where a leader was observed, and tells apart why it does not
 * come up.
 *
 * <p>A port that was free a moment ago may be taken by the time a node listens on it. Such a start
 * is given up as a whole and tried again with other ports.
 */
final class StartedCluster {

  private static final int TRIES = 4;
  private static final Duration READY_WITHIN = Duration.ofSeconds(60);
  private static final int LOG_LINES_SHOWN = 12;

  /** What a node exits with when it cannot start where it is told to. */
  static final int EXIT_NOT_READY = 4;

  private final RunRequest request;
  private final RunDirectory directory;
  private final RunLedger ledger;
  private final Scheduler scheduler;

  StartedCluster(
      RunRequest request, RunDirectory directory, RunLedger ledger, Scheduler scheduler) {
    this.request = request;
    this.directory = directory;
    this.ledger = ledger;
    this.scheduler = scheduler;
  }

  /**
   * Starts the cluster; blocks until a leader was observed.
   *
   * @param onUnaskedExit told of nodes that end by themselves from then on
   * @throws EnvironmentException if it does not come up; nothing is left of it then
   */
  ProcessCluster start(
      RandomGenerator random, Path data, Consumer<ProcessCluster.UnaskedExit> onUnaskedExit)
      throws EnvironmentException, IOException {
    for (int attempt = 1; ; attempt++) {
      ExitRelay exits = new ExitRelay(onUnaskedExit);
      ProcessCluster cluster = create(random, data, exits);
      try {
        awaitLeader(cluster, exits);
        exits.handOver();
        return cluster;
      } catch (NotUp e) {
        cluster.close();
        if (!e.portTaken || attempt == TRIES) {
          throw new EnvironmentException(e.what, e.remedy);
        }
        deleteLogs();
      } catch (RuntimeException e) {
        cluster.close();
        throw e;
      }
    }
  }

  private ProcessCluster create(
      RandomGenerator random, Path data, Consumer<ProcessCluster.UnaskedExit> exits)
      throws IOException {
    SystemOptions options =
        new SystemOptions(
            request.scenario().deviation(),
            request.scenario().heartbeat(),
            request.scenario().election());
    return ProcessCluster.create(
        request.system(),
        new ProcessCluster.Layout(request.scenario().nodes(), options, data, directory.logs()),
        ledger,
        random,
        exits);
  }

  private void awaitLeader(ProcessCluster cluster, ExitRelay exits) throws NotUp {
    CompletableFuture<Void> ready = new CompletableFuture<>();
    scheduler.post(() ->
        cluster
            .startAll()
            .thenCompose(_ -> leaderSeen(cluster))
            .whenComplete((_, failure) -> {
              if (failure == null) {
                ready.complete(null);
              } else {
                ready.completeExceptionally(failure);
              }
            }));
    try {
      CompletableFuture.anyOf(ready, exits.first)
          .orTimeout(READY_WITHIN.toSeconds() + 10, TimeUnit.SECONDS)
          .join();
    } catch (CompletionException e) {
      throw notReady(e.getCause() != null ? e.getCause() : e);
    }
    if (exits.first.isDone()) {
      throw exited(exits.first.join());
    }
  }

  private CompletionStage<ClusterView> leaderSeen(ProcessCluster cluster) {
    CompletableFuture<ClusterView> seen = new CompletableFuture<>();
    scheduler.post(() ->
        new ClusterWatch(scheduler, cluster)
            .await(
                view -> view.isLevelAt(1, cluster.nodes().size()),
                READY_WITHIN,
                view -> view.missing(1, cluster.nodes()))
            .whenComplete((view, failure) -> {
              if (failure == null) {
                seen.complete(view);
              } else {
                seen.completeExceptionally(failure);
              }
            }));
    return seen;
  }

  private NotUp notReady(Throwable cause) {
    if (cause instanceof TimeoutException) {
      return new NotUp(
          "the cluster was not ready after "
              + READY_WITHIN.toSeconds()
              + " s: "
              + cause.getMessage(),
          "The nodes' logs are in " + directory.logs() + ".",
          false);
    }
    return new NotUp(
        "the cluster could not be started: " + cause.getMessage(),
        "'./faultline doctor' tells what is missing.",
        false);
  }

  private NotUp exited(ProcessCluster.UnaskedExit exit) {
    Path directoryOfNode = directory.logs(exit.node());
    NodeLog log = new NodeLog(directoryOfNode);
    List<String> tail = log.tail();
    List<String> shown = tail.subList(Math.max(0, tail.size() - LOG_LINES_SHOWN), tail.size());
    return new NotUp(
        "node " + exit.node() + " ended at once, exit code " + exit.exitCode(),
        shown.isEmpty()
            ? "It wrote nothing to its log in " + directoryOfNode + "."
            : "The end of its log in " + directoryOfNode + ":\n    " + String.join("\n    ", shown),
        exit.exitCode() == EXIT_NOT_READY && log.tellsOfATakenPort());
  }

  private void deleteLogs() throws IOException {
    for (String node : request.scenario().nodeNames()) {
      Files.deleteIfExists(directory.logs(node).resolve("node.log"));
    }
  }

  /** A start that failed, and whether other ports may help. */
  private static final class NotUp extends Exception {

    private static final long serialVersionUID = 1L;

    private final String what;
    private final String remedy;
    private final boolean portTaken;

    NotUp(String what, String remedy, boolean portTaken) {
      super(what);
      this.what = what;
      this.remedy = remedy;
      this.portTaken = portTaken;
    }
  }

  /** Keeps the exits of a start to itself, and hands later ones on. */
  private static final class ExitRelay implements Consumer<ProcessCluster.UnaskedExit> {

    private final Consumer<ProcessCluster.UnaskedExit> later;
    private final CompletableFuture<ProcessCluster.UnaskedExit> first = new CompletableFuture<>();
    private boolean handedOver;

    ExitRelay(Consumer<ProcessCluster.UnaskedExit> later) {
      this.later = later;
    }

    @Override
    public synchronized void accept(ProcessCluster.UnaskedExit exit) {
      if (handedOver) {
        later.accept(exit);
      } else {
        first.complete(exit);
      }
    }

    synchronized void handOver() {
      handedOver = true;
      if (first.isDone()) {
        later.accept(first.join());
      }
    }
  }
}

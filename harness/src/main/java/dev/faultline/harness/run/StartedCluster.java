package dev.faultline.harness.run;

import dev.faultline.harness.EnvironmentException;
import dev.faultline.harness.cluster.ClusterEvents;
import dev.faultline.harness.cluster.ClusterLayout;
import dev.faultline.harness.cluster.ManagedCluster;
import dev.faultline.harness.cluster.NodeExit;
import dev.faultline.harness.docker.DockerCluster;
import dev.faultline.harness.ledger.RunLedger;
import dev.faultline.harness.loop.Deadlines;
import dev.faultline.harness.loop.Scheduler;
import dev.faultline.harness.process.ProcessCluster;
import dev.faultline.nemeses.Capability;
import dev.faultline.results.RunDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Brings a cluster up to the point where it is ready, and tells apart why it does not come up.
 * Ready means that a leader was observed and every node follows, where nodes tell that; and that
 * every node passes its system's health check.
 *
 * <p>A port that was free a moment ago may be taken by the time a node listens on it. Such a start
 * is given up as a whole and tried again with other ports.
 */
final class StartedCluster {

  private static final int TRIES = 4;
  private static final Duration READY_WITHIN = Duration.ofSeconds(60);
  private static final Duration HEALTH_WITHIN = Duration.ofSeconds(2);
  private static final int LOG_LINES_SHOWN = 12;

  private final RunRequest request;
  private final RunDirectory directory;
  private final RunLedger ledger;
  private final Scheduler scheduler;

  private final CompletableFuture<Void> interrupted = new CompletableFuture<>();

  StartedCluster(
      RunRequest request, RunDirectory directory, RunLedger ledger, Scheduler scheduler) {
    this.request = request;
    this.directory = directory;
    this.ledger = ledger;
    this.scheduler = scheduler;
  }

  /**
   * Starts the cluster; blocks until it is ready.
   *
   * @param events told of what happens to the cluster by itself from then on
   * @throws EnvironmentException if it does not come up; nothing is left of it then
   */
  ManagedCluster start(RandomGenerator random, Path data, ClusterEvents events)
      throws EnvironmentException, IOException {
    for (int attempt = 1; ; attempt++) {
      EventRelay exits = new EventRelay(events);
      ManagedCluster cluster = create(random, data, exits);
      try {
        awaitReady(cluster, exits);
        exits.handOver();
        return cluster;
      } catch (NotUp e) {
        close(cluster);
        if (!e.portTaken || attempt == TRIES) {
          throw new EnvironmentException(e.what, e.remedy);
        }
        deleteTraces(data);
      } catch (RuntimeException e) {
        close(cluster);
        throw e;
      }
    }
  }

  /** What cannot be taken away is left to the next run's sweep, and must not hide the reason. */
  private void close(ManagedCluster cluster) {
    try {
      cluster.close();
    } catch (IOException _) {
      ledger.keep();
    }
  }

  private ManagedCluster create(RandomGenerator random, Path data, ClusterEvents events)
      throws EnvironmentException {
    ClusterLayout layout =
        new ClusterLayout(
            request.system(),
            request.scenario().systemOptions(),
            request.scenario().nodeNames(),
            request.links(),
            data,
            directory.logs());
    try {
      return switch (request.scenario().cluster()) {
        case PROCESS -> ProcessCluster.create(layout, ledger, random, events);
        case DOCKER -> DockerCluster.create(layout, ledger, random, events);
      };
    } catch (IOException e) {
      throw new EnvironmentException(
          String.valueOf(e.getMessage()), "'./faultline doctor' tells what is missing.", e);
    }
  }

  private void awaitReady(ManagedCluster cluster, EventRelay exits) throws NotUp {
    CompletableFuture<Void> ready = new CompletableFuture<>();
    scheduler.post(() ->
        cluster
            .startAll()
            .thenCompose(_ -> seenReady(cluster))
            .whenComplete((_, failure) -> {
              if (failure == null) {
                ready.complete(null);
              } else {
                ready.completeExceptionally(failure);
              }
            }));
    try {
      CompletableFuture.anyOf(ready, exits.first, interrupted)
          .orTimeout(2 * READY_WITHIN.toSeconds() + 10, TimeUnit.SECONDS)
          .join();
    } catch (CompletionException e) {
      throw notReady(e);
    }
    switch (exits.first.state()) {
      case SUCCESS -> throw exited(exits.first.resultNow());
      case FAILED -> throw notReady(exits.first.exceptionNow());
      case RUNNING, CANCELLED -> {}
    }
  }

  /** Gives the start up, for a user who does not want to wait. Safe from any thread. */
  void interrupt() {
    interrupted.completeExceptionally(new CancellationException("interrupted"));
  }

  private CompletionStage<?> seenReady(ManagedCluster cluster) {
    CompletableFuture<@Nullable Void> seen = new CompletableFuture<>();
    scheduler.post(() -> {
      ClusterWatch watch = new ClusterWatch(scheduler, cluster);
      leaderSeen(cluster, watch)
          .thenCompose(_ ->
              watch.until(
                  () -> unhealthy(cluster),
                  List::isEmpty,
                  READY_WITHIN,
                  complaints -> String.join("; ", complaints)))
          .whenComplete((_, failure) -> {
            if (failure == null) {
              seen.complete(null);
            } else {
              seen.completeExceptionally(failure);
            }
          });
    });
    return seen;
  }

  private static CompletionStage<?> leaderSeen(ManagedCluster cluster, ClusterWatch watch) {
    return cluster.capabilities().contains(Capability.LEADER)
        ? watch.await(
            view -> view.isLevelAt(1, cluster.nodes().size()),
            READY_WITHIN,
            view -> view.missing(1, cluster.nodes()))
        : CompletableFuture.completedFuture(null);
  }

  /** Asks every node after its health; completes with a complaint of each that is not well. */
  private CompletionStage<List<String>> unhealthy(ManagedCluster cluster) {
    List<String> complaints = new ArrayList<>();
    List<CompletableFuture<?>> asked = new ArrayList<>();
    for (String node : cluster.nodes()) {
      asked.add(
          Deadlines.within(scheduler, HEALTH_WITHIN, "health of " + node, cluster.checkHealth(node))
              .handle((_, failure) -> {
                if (failure != null) {
                  complaints.add(node + " is not healthy: " + rootOf(failure).getMessage());
                }
                return null;
              }));
    }
    return CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new))
        .thenApply(_ -> complaints);
  }

  private static Throwable rootOf(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  private NotUp notReady(Throwable failure) {
    Throwable cause = rootOf(failure);
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

  private NotUp exited(NodeExit exit) {
    Path directoryOfNode = directory.logs(exit.node());
    NodeLog log = new NodeLog(directoryOfNode);
    List<String> tail = log.tail();
    List<String> shown = tail.subList(Math.max(0, tail.size() - LOG_LINES_SHOWN), tail.size());
    return new NotUp(
        "node " + exit.node() + " ended at once, exit code " + exit.exitCode(),
        shown.isEmpty()
            ? "It wrote nothing to its log in " + directoryOfNode + "."
            : "The end of its log in " + directoryOfNode + ":\n    " + String.join("\n    ", shown),
        log.tellsOfATakenPort());
  }

  /** Addresses that a node was told in a start that failed stay in its data. */
  private void deleteTraces(Path data) throws IOException {
    for (String node : request.scenario().nodeNames()) {
      Files.deleteIfExists(directory.logs(node).resolve("node.log"));
    }
    FileTree.delete(data);
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
  private static final class EventRelay implements ClusterEvents {

    private final ClusterEvents later;
    private final CompletableFuture<NodeExit> first = new CompletableFuture<>();
    private boolean handedOver;

    EventRelay(ClusterEvents later) {
      this.later = later;
    }

    @Override
    public synchronized void exited(NodeExit exit) {
      if (handedOver) {
        later.exited(exit);
      } else {
        first.complete(exit);
      }
    }

    @Override
    public void progress(String what) {
      later.progress(what);
    }

    @Override
    public synchronized void lost(String why) {
      if (handedOver) {
        later.lost(why);
      } else {
        first.completeExceptionally(new IOException(why));
      }
    }

    synchronized void handOver() {
      handedOver = true;
      switch (first.state()) {
        case SUCCESS -> later.exited(first.resultNow());
        case FAILED -> later.lost(String.valueOf(first.exceptionNow().getMessage()));
        case RUNNING, CANCELLED -> {}
      }
    }
  }
}

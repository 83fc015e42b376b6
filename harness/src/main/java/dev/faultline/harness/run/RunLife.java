package dev.faultline.harness.run;

import dev.faultline.harness.interpreter.Interpreter;
import dev.faultline.harness.interpreter.InterpreterResult;
import dev.faultline.harness.interpreter.InterpreterSettings;
import dev.faultline.harness.interpreter.Recorder;
import dev.faultline.harness.loop.Deadlines;
import dev.faultline.harness.loop.Scheduler;
import dev.faultline.harness.nemesis.FaultLedger;
import dev.faultline.harness.nemesis.PlanRunner;
import dev.faultline.harness.nemesis.Timing;
import dev.faultline.nemeses.Capability;
import dev.faultline.nemeses.Cluster;
import dev.faultline.nemeses.NodeStatus;
import dev.faultline.workloads.client.ClientFactory;
import dev.faultline.workloads.generator.Generator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What happens between a cluster that is up and a cluster that may go: clients and faults side by
 * side, heal, observed recovery, final operations.
 *
 * <p>Everything happens on one scheduler, so that the same life can be led in virtual time. Public
 * methods may be called from any thread.
 */
final class RunLife {

  private static final Duration PROGRESS_EVERY = Duration.ofMillis(250);
  private static final Duration OPEN_CLIENT_WITHIN = Duration.ofSeconds(2);
  private static final Duration CLOSE_CLIENTS_WITHIN = Duration.ofSeconds(5);
  private static final Duration HEAL_WITHIN = Duration.ofSeconds(60);
  private static final Duration FINAL_WITHIN = Duration.ofSeconds(60);

  private static final int UNKNOWN_EXIT_CODE = -1;

  /** A cluster tells of an exit, and why, sooner than this; else the nemesis is believed. */
  private static final Duration TOLD_WITHIN = Duration.ofSeconds(2);

  private final LifeSettings settings;
  private final Scheduler scheduler;
  private final Cluster cluster;
  private final TallyingRecorder recorder;
  private final RunListener listener;
  private final ClusterWatch watch;
  private final Recovery recovery;
  private final Interpreter interpreter;
  private final FaultTeller faults;
  private final PlanRunner nemesis;

  private final Set<String> exited = new LinkedHashSet<>();
  private final Set<String> keys = new LinkedHashSet<>();
  private final List<String> clientDefects = new ArrayList<>();
  private final List<String> healFailures = new ArrayList<>();
  private OptionalLong recoveryNanos = OptionalLong.empty();
  private @Nullable String noRecovery;
  private @Nullable String stopped;
  private long mainStartNanos;
  private boolean inMainPhase;
  private boolean over;

  RunLife(
      LifeSettings settings,
      Scheduler scheduler,
      Cluster cluster,
      ClientFactory clients,
      Recorder recorder,
      FaultLedger ledger,
      RunListener listener) {
    this.settings = settings;
    this.scheduler = scheduler;
    this.cluster = cluster;
    this.recorder = new TallyingRecorder(recorder);
    this.listener = listener;
    this.watch = new ClusterWatch(scheduler, cluster);
    this.recovery = new Recovery(scheduler, cluster, clients, watch, settings.operationDeadline());
    this.interpreter =
        new Interpreter(
            new InterpreterSettings(
                cluster.nodes(),
                settings.concurrency(),
                settings.operationDeadline(),
                OPEN_CLIENT_WITHIN),
            scheduler,
            clients,
            this.recorder,
            settings.seed().fork("clients").random());
    this.faults = new FaultTeller(scheduler, this.recorder, this::tell, this::foundExited);
    this.nemesis =
        new PlanRunner(scheduler, cluster, settings.plan(), faults, ledger, Timing.DEFAULT);
  }

  /** Leads the life; the stage completes on the scheduler. The cluster must be ready. */
  CompletionStage<LifeResult> lead() {
    CompletableFuture<LifeResult> result = new CompletableFuture<>();
    scheduler.post(() -> {
      var _ =
          CompletableFuture.completedFuture(null)
              .thenCompose(_ -> mainPhase())
              .thenCompose(_ -> heal())
              .thenCompose(_ -> recover())
              .thenCompose(_ -> finalPhase())
              .thenCompose(_ -> end())
              .whenComplete((_, failure) -> {
                if (failure != null) {
                  result.completeExceptionally(failure);
                } else {
                  result.complete(result());
                }
              });
    });
    return result;
  }

  /** Cuts the run short, for {@code why}: heals and ends. */
  void stop(String why) {
    scheduler.post(() -> stopNow(why));
  }

  private void stopNow(String why) {
    if (stopped == null && !over) {
      stopped = why;
      recorder.record(NemesisEvents.stopped(scheduler.nowNanos(), why));
      interpreter.stop();
      watch.abandon(why);
    }
  }

  /** Takes down that {@code node} ended without being asked to. */
  void nodeExited(String node, int code) {
    scheduler.post(() -> noteExit(node, code));
  }

  /**
   * The nemesis found that {@code node} has ended. Whether that counts against the system is known
   * by whoever is told of exits by the cluster, which may be under way; a run that is stopped by
   * then has a reason of its own.
   */
  private void foundExited(String node) {
    scheduler.after(
        TOLD_WITHIN.toNanos(),
        () -> {
          if (stopped == null) {
            noteExit(node, UNKNOWN_EXIT_CODE);
          }
        });
  }

  private void noteExit(String node, int code) {
    if (!over && exited.add(node)) {
      tell("node " + node + " ended unasked, exit code " + code);
      recorder.record(NemesisEvents.exited(scheduler.nowNanos(), node, code));
      noRecovery = "node " + node + " is gone";
    }
  }

  private CompletionStage<?> mainPhase() {
    mainStartNanos = scheduler.nowNanos();
    inMainPhase = true;
    listener.phase("clients at work");
    recorder.record(
        NemesisEvents.main(
            mainStartNanos, settings.plan().kinds().stream().map(kind -> kind.word()).toList()));
    if (cluster.capabilities().contains(Capability.LEADER)) {
      watch.watchLeader(this::newLeader);
    }
    showProgress();
    var _ = nemesis.begin();
    Generator operations =
        settings
            .workload()
            .mainPhase(cluster.nodes(), settings.concurrency())
            .stagger(settings.rate())
            .timeLimit(settings.duration());
    if (stopped != null) {
      return CompletableFuture.completedFuture(null);
    }
    return interpreter.run(operations).thenAccept(this::note);
  }

  private void note(InterpreterResult result) {
    keys.addAll(result.keys());
    if (result.firstClientDefect() != null) {
      clientDefects.add(result.firstClientDefect());
    }
  }

  private CompletionStage<?> heal() {
    inMainPhase = false;
    listener.phase("healing");
    recorder.record(NemesisEvents.heal(scheduler.nowNanos()));
    return Deadlines.within(scheduler, HEAL_WITHIN, "healing", nemesis.healAll())
        .handle((failures, failure) -> {
          if (failure != null) {
            healFailures.add(String.valueOf(failure.getMessage()));
          } else {
            healFailures.addAll(failures);
          }
          healFailures.forEach(this::tell);
          if (failure != null || !nemesis.failedActs().isEmpty()) {
            // The system cannot recover from what is still broken, and is not to blame.
            stopNow("not everything could be healed: " + healFailures.getFirst());
          }
          return null;
        });
  }

  private CompletionStage<?> recover() {
    if (stopped != null || noRecovery != null) {
      return CompletableFuture.completedFuture(null);
    }
    listener.phase("waiting for recovery");
    long healedNanos = scheduler.nowNanos();
    return recovery
        .await(settings.recoveryDeadline())
        .handle((_, failure) -> {
          long now = scheduler.nowNanos();
          if (failure == null) {
            recoveryNanos = OptionalLong.of(now - healedNanos);
            recorder.record(NemesisEvents.recovered(now, now - healedNanos));
          } else if (stopped == null) {
            noRecovery = reason(failure);
            tell("no recovery: " + noRecovery);
          }
          return null;
        });
  }

  private static String reason(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return String.valueOf(cause.getMessage());
  }

  private CompletionStage<?> finalPhase() {
    if (recoveryNanos.isEmpty() || stopped != null) {
      return CompletableFuture.completedFuture(null);
    }
    listener.phase("final reads through every node");
    recorder.record(NemesisEvents.finalOperations(scheduler.nowNanos()));
    interpreter.renewClients();
    Scheduler.Timer giveUp =
        scheduler.after(
            FINAL_WITHIN.toNanos(),
            () -> stopNow("the final reads took longer than " + FINAL_WITHIN.toSeconds() + " s"));
    return interpreter
        .run(settings.workload().finalPhase(cluster.nodes(), keys))
        .thenAccept(result -> {
          giveUp.cancel();
          note(result);
        });
  }

  private CompletionStage<?> end() {
    watch.stopWatching();
    if (stopped == null) {
      recorder.record(NemesisEvents.end(scheduler.nowNanos()));
    } // Else recovery was not awaited, and the history must not look as if it had been.
    over = true;
    return interpreter.close(CLOSE_CLIENTS_WITHIN);
  }

  private LifeResult result() {
    return new LifeResult(
        watch.leaderChanges(),
        recoveryNanos,
        Optional.ofNullable(noRecovery),
        Optional.ofNullable(stopped),
        clientDefects,
        healFailures);
  }

  private void newLeader(NodeStatus leader) {
    long now = scheduler.nowNanos();
    recorder.record(NemesisEvents.leader(now, leader.node(), leader.term()));
    tell(leader.node() + " leads term " + leader.term());
  }

  private void tell(String what) {
    listener.event(Duration.ofNanos(scheduler.nowNanos() - mainStartNanos), what);
  }

  private void showProgress() {
    if (!inMainPhase) {
      return;
    }
    listener.progress(
        new RunListener.Standing(
            Duration.ofNanos(scheduler.nowNanos() - mainStartNanos),
            settings.duration(),
            recorder.ok(),
            recorder.fail(),
            recorder.info(),
            faults.active(),
            watch
                .leader()
                .map(leader -> leader.node() + " leads term " + leader.term())
                .orElse("no leader seen")));
    scheduler.after(PROGRESS_EVERY.toNanos(), this::showProgress);
  }
}

package dev.faultline.harness.run;

import dev.faultline.checkers.CheckResult;
import dev.faultline.checkers.Recording;
import dev.faultline.checkers.Verdict;
import dev.faultline.checkers.history.History;
import dev.faultline.checkers.history.HistoryFormatException;
import dev.faultline.checkers.history.HistoryLines;
import dev.faultline.checkers.history.HistoryReader;
import dev.faultline.harness.EnvironmentException;
import dev.faultline.harness.cluster.ClusterEvents;
import dev.faultline.harness.cluster.ManagedCluster;
import dev.faultline.harness.cluster.NodeExit;
import dev.faultline.harness.interpreter.HistoryRecorder;
import dev.faultline.harness.ledger.RunLedger;
import dev.faultline.harness.loop.LoopLateness;
import dev.faultline.harness.loop.RealScheduler;
import dev.faultline.harness.scenario.Scenario;
import dev.faultline.harness.scenario.ScenarioException;
import dev.faultline.nemeses.fault.FaultKind;
import dev.faultline.results.ExitCode;
import dev.faultline.results.RunDirectory;
import dev.faultline.results.RunSummary;
import dev.faultline.results.compare.MetricsCollector;
import dev.faultline.workloads.client.ClientFactory;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One run, from the sweep before it to the verdict after it.
 *
 * <p>{@link #execute} is called once and blocks; {@link #interrupt} may be called from any thread
 * meanwhile. However {@code execute} ends, nothing of the cluster is left.
 */
public final class Run {

  /** How much longer than its client an operation is waited for. */
  private static final Duration BEYOND_THE_CLIENT = Duration.ofSeconds(1);

  private static final long VERSION_SECONDS = 3;

  private static final Duration MARGIN = Duration.ofMinutes(5);

  private final RunRequest request;
  private final RunListener listener;
  private final @Nullable MetricsCollector metrics;
  private final Incidents incidents = new Incidents();

  /** Prepares a run. */
  public Run(RunRequest request, RunListener listener) {
    this(request, listener, null);
  }

  /** Prepares a run whose nodes are asked for their metrics all the while. */
  public Run(RunRequest request, RunListener listener, @Nullable MetricsCollector metrics) {
    this.request = request;
    this.listener = listener;
    this.metrics = metrics;
  }

  /**
   * Carries the run out.
   *
   * @throws EnvironmentException if it could not be started
   * @throws ScenarioException if the workload is judged by a model that there is not
   * @throws IOException if its history cannot be read
   */
  public Report execute() throws EnvironmentException, ScenarioException, IOException {
    Instant started = Instant.now();
    long startedNanos = System.nanoTime();
    RunSite site = new RunSite(request, listener);
    site.sweep();
    RunDirectory directory = site.createDirectory(started);
    listener.started(directory.path());
    Lived lived;
    try {
      lived = live(directory);
    } finally {
      listener.ended();
    }
    listener.phase("checking");
    History history = read(directory);
    List<CheckResult> results =
        new Judge(request.workload().model(), request.scenario().checkTime())
            .judge(new Recording(history, directory.logs()));
    listener.ended();
    RunFacts facts = facts(started, Duration.ofNanos(System.nanoTime() - startedNanos), lived);
    Report report = report(facts, directory, history, results, lived.result());
    try {
      report.store();
    } catch (IOException e) {
      incidents.lose("the results cannot be written: " + e.getMessage());
      report = report(facts, directory, history, results, lived.result());
    }
    if (report.verdict() instanceof Verdict.Valid && !request.keepData()) {
      site.deleteData(directory);
    }
    return report;
  }

  private Report report(
      RunFacts facts,
      RunDirectory directory,
      History history,
      List<CheckResult> results,
      LifeResult life) {
    Verdict verdict = verdict(results, history, life);
    return new Report(facts, directory, history, results, verdict, exitCode(verdict));
  }

  private RunFacts facts(Instant started, Duration took, Lived lived) {
    return new RunFacts(
        request.scenario(),
        request.system().name(),
        Optional.of(request.links()),
        lived.systemVersion(),
        request.plan().kinds().stream().map(FaultKind::word).toList(),
        request.version(),
        started,
        took,
        new RunSummary.HarnessHealth(
            lived.lateness().p99Nanos(), lived.lateness().maxNanos(), lived.longestGcNanos()),
        request.again());
  }

  private ExitCode exitCode(Verdict verdict) {
    return incidents.isInterrupted() && !(verdict instanceof Verdict.Invalid)
        ? ExitCode.INTERRUPTED
        : ExitCode.of(verdict);
  }

  /**
   * Ends the run early and in order: everything is healed and ended, and what was recorded is
   * checked.
   */
  public void interrupt() {
    incidents.interrupt();
  }

  /** What is known once the cluster has gone. */
  private record Lived(
      LifeResult result,
      Optional<String> systemVersion,
      LoopLateness lateness,
      long longestGcNanos) {}

  private Lived live(RunDirectory directory) throws EnvironmentException, IOException {
    Scenario scenario = request.scenario();
    try (RunLedger ledger = RunSite.openLedger(directory);
        RealScheduler scheduler =
            RealScheduler.start(
                "faultline-loop", defect -> incidents.lose("a defect in the harness: " + defect));
        GcPauses gc = new GcPauses()) {
      listener.phase("starting " + scenario.nodes() + " nodes of " + request.system().name());
      ManagedCluster cluster = start(directory, ledger, scheduler);
      Optional<String> version;
      LifeResult result;
      try {
        version = versionOf(cluster);
        result = lifeOf(cluster, scheduler, ledger, directory);
      } finally {
        listener.phase("stopping");
        close(cluster, ledger);
      }
      return new Lived(result, version, scheduler.lateness(), gc.longestNanos());
    }
  }

  private ManagedCluster start(RunDirectory directory, RunLedger ledger, RealScheduler scheduler)
      throws EnvironmentException, IOException {
    StartedCluster start = new StartedCluster(request, directory, ledger, scheduler);
    incidents.starting(start);
    try {
      return start.start(
          request.scenario().seed().fork("ports" + ProcessHandle.current().pid()).random(),
          RunSite.data(directory),
          new Happenings(directory));
    } finally {
      incidents.starting(null);
    }
  }

  /** Only for people; a system that does not tell in time is run all the same. */
  private static Optional<String> versionOf(ManagedCluster cluster) {
    return cluster
        .version()
        .toCompletableFuture()
        .completeOnTimeout(Optional.empty(), VERSION_SECONDS, TimeUnit.SECONDS)
        .exceptionally(_ -> Optional.empty())
        .join();
  }

  private LifeResult lifeOf(
      ManagedCluster cluster, RealScheduler scheduler, RunLedger ledger, RunDirectory directory)
      throws IOException {
    Scenario scenario = request.scenario();
    LifeSettings settings =
        new LifeSettings(
            request.workload(),
            request.plan(),
            scenario.concurrency(),
            scenario.rate(),
            scenario.duration(),
            scenario.timeout().plus(BEYOND_THE_CLIENT),
            scenario.recovery(),
            scenario.seed());
    HistoryRecorder recorder =
        HistoryRecorder.create(
            directory.historyNdjson(),
            HistoryLines::append,
            failure -> incidents.lose("the history cannot be written: " + failure.getMessage()));
    try (ClientFactory clients =
            request.system().clients(cluster.clientEndpoints(), scenario.timeout());
        MetricsScraper scraper = scraper(scheduler, cluster)) {
      scraper.start();
      RunLife newLife =
          new RunLife(settings, scheduler, cluster, clients, recorder, ledger, listener);
      incidents.living(newLife);
      return newLife
          .lead()
          .toCompletableFuture()
          .orTimeout(longest(scenario).toSeconds(), TimeUnit.SECONDS)
          .join();
    } catch (CompletionException e) {
      throw new IllegalStateException("the run broke off", e.getCause());
    } finally {
      incidents.lived();
      close(recorder);
    }
  }

  /** Nobody is asked where nobody wants to know. */
  private MetricsScraper scraper(RealScheduler scheduler, ManagedCluster cluster) {
    MetricsCollector collector = metrics;
    return collector == null
        ? new MetricsScraper(scheduler, Map.of(), new MetricsCollector())
        : new MetricsScraper(scheduler, cluster.metricsEndpoints(), collector);
  }

  /** What cannot be ended is left to the next run's sweep; it must not hide the verdict. */
  private void close(ManagedCluster cluster, RunLedger ledger) {
    try {
      cluster.close();
    } catch (IOException e) {
      ledger.keep();
      listener.phase(e.getMessage() + ": " + e.getCause());
    }
  }

  private void close(HistoryRecorder recorder) {
    try {
      recorder.close();
    } catch (IOException e) {
      incidents.lose("the history cannot be written: " + e.getMessage());
    }
  }

  /** Every part of a run has a deadline of its own; this one is for defects. */
  private static Duration longest(Scenario scenario) {
    return scenario.duration().plus(scenario.recovery().multipliedBy(2)).plus(MARGIN);
  }

  /** What a cluster tells by itself, told to the run. */
  private final class Happenings implements ClusterEvents {

    private final RunDirectory directory;

    Happenings(RunDirectory directory) {
      this.directory = directory;
    }

    @Override
    public void exited(NodeExit exit) {
      if (incidents.isInterrupted()) {
        return; // Whoever interrupted the harness may have interrupted its children too.
      }
      NodeLog log = new NodeLog(directory.logs(exit.node()));
      if (request.system().blamesTheMachine(exit.exitCode())
          || log.tellsOfAFullDisk()
          || log.tellsOfATakenPort()) {
        incidents.lose("the machine failed node " + exit.node() + ": " + log.lastLine());
      } else {
        incidents.exited(exit);
      }
    }

    @Override
    public void progress(String what) {
      listener.phase(what);
    }

    @Override
    public void lost(String why) {
      incidents.lose(why);
    }
  }

  private History read(RunDirectory directory) throws IOException {
    try {
      return HistoryReader.read(directory.historyNdjson());
    } catch (HistoryFormatException e) {
      throw new IllegalStateException("this run wrote a history that cannot be read", e);
    }
  }

  private Verdict verdict(List<CheckResult> results, History history, LifeResult life) {
    Verdict verdict = Judge.verdict(results, history);
    Optional<String> loss = incidents.loss();
    if (loss.isPresent()) {
      return verdict instanceof Verdict.Invalid ? verdict : Verdict.unknown(loss.get());
    }
    return life.clientDefects().isEmpty()
        ? verdict
        : verdict.and(
            Verdict.unknown("a client broke its contract: " + life.clientDefects().getFirst()));
  }
}

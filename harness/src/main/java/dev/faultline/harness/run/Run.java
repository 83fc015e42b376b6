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
import dev.faultline.harness.docker.DockerSweeper;
import dev.faultline.harness.interpreter.HistoryRecorder;
import dev.faultline.harness.ledger.OrphanSweeper;
import dev.faultline.harness.ledger.RunLedger;
import dev.faultline.harness.loop.LoopLateness;
import dev.faultline.harness.loop.RealScheduler;
import dev.faultline.harness.process.ProcessSweeper;
import dev.faultline.harness.scenario.Scenario;
import dev.faultline.harness.scenario.ScenarioException;
import dev.faultline.nemeses.fault.FaultKind;
import dev.faultline.nemeses.plan.PlanJson;
import dev.faultline.results.ExitCode;
import dev.faultline.results.RunDirectory;
import dev.faultline.results.RunSummary;
import dev.faultline.results.compare.MetricsCollector;
import dev.faultline.workloads.client.ClientFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
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
  private final AtomicReference<@Nullable RunLife> life = new AtomicReference<>();
  private final AtomicReference<@Nullable String> lost = new AtomicReference<>();
  private final AtomicReference<@Nullable StartedCluster> starting = new AtomicReference<>();

  /** Exits between the moment when the cluster was ready and the beginning of the life. */
  private final List<NodeExit> early = new ArrayList<>();

  private volatile boolean interrupted;

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
    sweep();
    RunDirectory directory = createDirectory(started);
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
      lose("the results cannot be written: " + e.getMessage());
      report = report(facts, directory, history, results, lived.result());
    }
    if (report.verdict() instanceof Verdict.Valid && !request.keepData()) {
      deleteData(directory);
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
    return interrupted && !(verdict instanceof Verdict.Invalid)
        ? ExitCode.INTERRUPTED
        : ExitCode.of(verdict);
  }

  /**
   * Ends the run early and in order: everything is healed and ended, and what was recorded is
   * checked.
   */
  public void interrupt() {
    interrupted = true;
    StartedCluster start = starting.get();
    if (start != null) {
      start.interrupt();
    }
    RunLife current = life.get();
    if (current != null) {
      current.stop("interrupted");
    }
  }

  /** What is known once the cluster has gone. */
  private record Lived(
      LifeResult result,
      Optional<String> systemVersion,
      LoopLateness lateness,
      long longestGcNanos) {}

  private void sweep() throws EnvironmentException {
    try {
      List<String> ended =
          new OrphanSweeper(
                  RunLedger.directory(), List.of(new ProcessSweeper(), new DockerSweeper()))
              .sweep();
      if (!ended.isEmpty()) {
        listener.phase("ended what a killed run had left: " + String.join(", ", ended));
      }
    } catch (IOException e) {
      throw new EnvironmentException(
          "what an earlier run left could not be cleaned up: " + e.getMessage(),
          "Take it away by hand, or name another place for ledgers with FAULTLINE_STATE.",
          e);
    }
  }

  private RunDirectory createDirectory(Instant started) throws EnvironmentException {
    try {
      RunDirectory directory =
          RunDirectory.create(request.runs(), request.scenario().name(), started);
      Files.writeString(directory.scenarioYaml(), request.scenario().toYaml());
      Files.writeString(directory.planJson(), new PlanJson().write(request.plan()));
      return directory;
    } catch (IOException e) {
      throw new EnvironmentException(
          "no run can be kept in " + request.runs() + ": " + e,
          "Make the directory writable, free space, or name another one with --out.",
          e);
    }
  }

  private Lived live(RunDirectory directory) throws EnvironmentException, IOException {
    Scenario scenario = request.scenario();
    try (RunLedger ledger = openLedger(directory);
        RealScheduler scheduler =
            RealScheduler.start(
                "faultline-loop", defect -> lose("a defect in the harness: " + defect));
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
    starting.set(start);
    try {
      if (interrupted) {
        start.interrupt();
      }
      return start.start(
          request.scenario().seed().fork("ports" + ProcessHandle.current().pid()).random(),
          data(directory),
          new Happenings(directory));
    } finally {
      starting.set(null);
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

  private RunLedger openLedger(RunDirectory directory) throws EnvironmentException {
    try {
      return RunLedger.open(RunLedger.directory(), String.valueOf(directory.path().getFileName()));
    } catch (IOException e) {
      throw new EnvironmentException(
          "the ledger of what has to be cleaned up cannot be written: " + e,
          "Make "
              + RunLedger.directory()
              + " writable, or name another place with FAULTLINE_STATE.",
          e);
    }
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
            failure -> lose("the history cannot be written: " + failure.getMessage()));
    try (ClientFactory clients =
            request.system().clients(cluster.clientEndpoints(), scenario.timeout());
        MetricsScraper scraper = scraper(scheduler, cluster)) {
      scraper.start();
      RunLife newLife =
          new RunLife(settings, scheduler, cluster, clients, recorder, ledger, listener);
      begin(newLife);
      return newLife
          .lead()
          .toCompletableFuture()
          .orTimeout(longest(scenario).toSeconds(), TimeUnit.SECONDS)
          .join();
    } catch (CompletionException e) {
      throw new IllegalStateException("the run broke off", e.getCause());
    } finally {
      life.set(null);
      close(recorder);
    }
  }

  /** Hands over what has happened since the cluster was ready. */
  private void begin(RunLife newLife) {
    synchronized (early) {
      life.set(newLife);
      early.forEach(exit -> newLife.nodeExited(exit.node(), exit.exitCode()));
    }
    String loss = lost.get();
    if (interrupted) {
      newLife.stop("interrupted");
    } else if (loss != null) {
      newLife.stop(loss);
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
      lose("the history cannot be written: " + e.getMessage());
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
      nodeExited(directory, exit);
    }

    @Override
    public void progress(String what) {
      listener.phase(what);
    }

    @Override
    public void lost(String why) {
      lose(why);
    }
  }

  private void nodeExited(RunDirectory directory, NodeExit exit) {
    if (interrupted) {
      return; // Whoever interrupted the harness may have interrupted its children too.
    }
    NodeLog log = new NodeLog(directory.logs(exit.node()));
    if (request.system().blamesTheMachine(exit.exitCode())
        || log.tellsOfAFullDisk()
        || log.tellsOfATakenPort()) {
      lose("the machine failed node " + exit.node() + ": " + log.lastLine());
      return;
    }
    synchronized (early) {
      RunLife current = life.get();
      if (current == null) {
        early.add(exit);
      } else {
        current.nodeExited(exit.node(), exit.exitCode());
      }
    }
  }

  /** Notes that the run has lost something that it cannot do without, and ends it. */
  private void lose(String what) {
    lost.compareAndSet(null, what);
    RunLife current = life.get();
    if (current != null) {
      current.stop(what);
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
    String loss = lost.get();
    if (loss != null) {
      return verdict instanceof Verdict.Invalid ? verdict : Verdict.unknown(loss);
    }
    return life.clientDefects().isEmpty()
        ? verdict
        : verdict.and(
            Verdict.unknown("a client broke its contract: " + life.clientDefects().getFirst()));
  }

  private static Path data(RunDirectory directory) {
    return directory.path().resolve("data");
  }

  /** What cannot be deleted does no harm, and must not hide the verdict. */
  private void deleteData(RunDirectory directory) {
    try {
      FileTree.delete(data(directory));
    } catch (IOException e) {
      listener.phase("the nodes' data could not be deleted: " + e.getMessage());
    }
  }
}

package dev.faultline.harness.compare;

import dev.faultline.harness.EnvironmentException;
import dev.faultline.harness.Seed;
import dev.faultline.harness.cluster.LinkBackend;
import dev.faultline.harness.run.Preparation;
import dev.faultline.harness.run.Report;
import dev.faultline.harness.run.Run;
import dev.faultline.harness.run.RunListener;
import dev.faultline.harness.run.RunRequest;
import dev.faultline.harness.scenario.Scenario;
import dev.faultline.harness.scenario.ScenarioException;
import dev.faultline.harness.scenario.ScenarioKey;
import dev.faultline.harness.scenario.ScenarioWords;
import dev.faultline.nemeses.Capability;
import dev.faultline.results.ExitCode;
import dev.faultline.results.compare.ComparedRun;
import dev.faultline.results.compare.Comparison;
import dev.faultline.results.compare.MetricsCollector;
import dev.faultline.results.compare.RunFigures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Runs systems side by side. {@link #execute} is called once and blocks; {@link #interrupt} may be
 * called from any thread meanwhile.
 */
public final class Comparing {

  private final List<Contender> contenders;
  private final ScenarioWords words;
  private final Seed seed;
  private final int rounds;
  private final String version;
  private final Outlook outlook;

  private final List<ComparedRun> compared = new ArrayList<>();
  private final List<ExitCode> codes = new ArrayList<>();
  private final AtomicReference<@Nullable Run> current = new AtomicReference<>();
  private volatile boolean interrupted;

  /** Who is told how it goes. */
  public interface Outlook {

    /** Returns what shows the progress of the run that begins. */
    RunListener runBegins(int round, int rounds, Contender contender, Scenario scenario);

    /**
     * Tells how a run ended.
     *
     * @param soFar what follows from all runs until now
     * @throws IOException if that cannot be kept
     */
    void runEnded(ComparedRun run, Comparison soFar) throws IOException;
  }

  private Comparing(
      List<Contender> contenders,
      ScenarioWords words,
      Seed seed,
      int rounds,
      String version,
      Outlook outlook) {
    this.contenders = List.copyOf(contenders);
    this.words = words;
    this.seed = seed;
    this.rounds = rounds;
    this.version = version;
    this.outlook = outlook;
  }

  /**
   * Prepares a comparison, and refuses one that cannot be made before anything is started.
   *
   * @param contenders the systems, at least two
   * @param words the scenario, without its system; its seed is what the seeds of the rounds are
   *     forked from
   * @param rounds how many runs each system gets
   * @param version the version of Faultline
   * @throws ScenarioException if a scenario is wrong, or there is no way to give all systems the
   *     same faults
   */
  public static Comparing of(
      List<Contender> contenders, ScenarioWords words, int rounds, String version, Outlook outlook)
      throws ScenarioException {
    List<Scenario> scenarios = new ArrayList<>();
    for (Contender contender : contenders) {
      scenarios.add(Scenario.resolve(contender.in(words)));
    }
    LinkBackend links = commonLinks(contenders, scenarios);
    Seed seed = scenarios.getFirst().seed();
    Map<ScenarioKey, String> fixed = new EnumMap<>(ScenarioKey.class);
    fixed.put(ScenarioKey.LINKS, links.word());
    fixed.put(ScenarioKey.SEED, seed.toString());
    ScenarioWords all = words.overlaidWith(ScenarioWords.ofOptions(fixed));
    Set<Capability> common = EnumSet.noneOf(Capability.class);
    for (Contender contender : contenders) {
      RunRequest request =
          Preparation.of(
                  Scenario.resolve(contender.in(all)), Path.of(""), false, version, List.of())
              .request();
      Set<Capability> own = request.scenario().cluster().capabilities(links, request.system());
      if (contender.equals(contenders.getFirst())) {
        common.addAll(own);
      } else if (!common.equals(own)) {
        throw new ScenarioException(
            "systems",
            contenders.getFirst().text()
                + " and "
                + contender.text()
                + " cannot suffer the same faults, so their plans would differ");
      }
    }
    return new Comparing(contenders, all, seed, rounds, version, outlook);
  }

  /** Returns the first backend that every system can have and that can do what is asked for. */
  private static LinkBackend commonLinks(List<Contender> contenders, List<Scenario> scenarios)
      throws ScenarioException {
    Set<LinkBackend> common = EnumSet.allOf(LinkBackend.class);
    for (Scenario scenario : scenarios) {
      common.retainAll(Preparation.possibleLinks(scenario));
    }
    if (common.isEmpty()) {
      throw new ScenarioException(
          "systems",
          "there are no links that all of "
              + contenders.stream().map(Contender::text).toList()
              + " can have, so they cannot be given the same faults");
    }
    return Preparation.choose(scenarios.getFirst(), List.copyOf(common));
  }

  /** Returns the seed that the whole comparison comes from. */
  public Seed seed() {
    return seed;
  }

  /**
   * Carries out every run, or as many as there were before an interruption or a system that cannot
   * be started.
   *
   * @param runs the directory that run directories lie in
   * @return what was found; empty if there was an interruption before anything was
   * @throws EnvironmentException if not one run could be carried out
   */
  public Optional<Comparison> execute(Path runs)
      throws EnvironmentException, ScenarioException, IOException {
    EnvironmentException notReady = null;
    for (int round = 1; round <= rounds && !interrupted; round++) {
      for (Contender contender : contenders) {
        if (interrupted) {
          break;
        }
        try {
          execute(round, contender, runs);
        } catch (EnvironmentException e) {
          notReady = e;
          codes.add(ExitCode.NOT_READY);
          take(notStarted(round, contender, runs, e));
        }
      }
    }
    if (notReady != null && compared.stream().noneMatch(ComparedRun.Judged.class::isInstance)) {
      throw notReady;
    }
    return compared.isEmpty() ? Optional.empty() : Optional.of(Comparison.of(compared));
  }

  /** Returns the code of the worst run; only meaningful after {@link #execute}. */
  public ExitCode exitCode() {
    if (interrupted) {
      codes.add(ExitCode.INTERRUPTED);
    }
    return ExitCode.worst(codes);
  }

  /** Ends the run that is going on in order, and begins no other. */
  public void interrupt() {
    interrupted = true;
    Run run = current.get();
    if (run != null) {
      run.interrupt();
    }
  }

  private Preparation prepare(int round, Contender contender, Path runs) throws ScenarioException {
    String roundSeed = seed.fork("round " + round).toString();
    Scenario scenario =
        Scenario.resolve(
            contender
                .in(words)
                .overlaidWith(ScenarioWords.ofOptions(Map.of(ScenarioKey.SEED, roundSeed))));
    return Preparation.of(scenario, runs, false, version, List.of());
  }

  private void execute(int round, Contender contender, Path runs)
      throws EnvironmentException, ScenarioException, IOException {
    Preparation preparation = prepare(round, contender, runs);
    Scenario scenario = preparation.request().scenario();
    MetricsCollector metrics = new MetricsCollector();
    Run run =
        new Run(
            preparation.request(), outlook.runBegins(round, rounds, contender, scenario), metrics);
    current.set(run);
    if (interrupted) {
      run.interrupt();
    }
    Report report;
    try {
      report = run.execute();
    } finally {
      current.set(null);
    }
    codes.add(report.exitCode());
    take(
        new ComparedRun.Judged(
            contender.text(),
            round,
            report.directory().path(),
            report.summary(),
            report.results(),
            RunFigures.of(
                report.history(),
                RunFigures.expectedInterval(scenario.concurrency(), scenario.rate())),
            metrics.summarize(report.history(), scenario.election()),
            settings(preparation, report.about().systemVersion().orElse(Comparison.NOT_TOLD))));
  }

  private ComparedRun notStarted(
      int round, Contender contender, Path runs, EnvironmentException failure)
      throws ScenarioException {
    return new ComparedRun.NotStarted(
        contender.text(),
        round,
        String.valueOf(failure.getMessage()).lines().findFirst().orElse("?"),
        settings(prepare(round, contender, runs), Comparison.NOT_TOLD));
  }

  private void take(ComparedRun run) throws IOException {
    compared.add(run);
    outlook.runEnded(run, Comparison.of(compared));
  }

  private static Map<String, String> settings(Preparation preparation, String version) {
    Scenario scenario = preparation.request().scenario();
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("version", version);
    settings.put("known bug", scenario.deviation().orElse("none"));
    settings.put("cluster", scenario.cluster().word());
    settings.put("links", preparation.request().links().word());
    settings.put("nodes", Integer.toString(scenario.nodes()));
    settings.put("heartbeat", scenario.heartbeat().toMillis() + " ms");
    settings.put("election timeout", scenario.election().toMillis() + " ms");
    settings.put("client timeout", scenario.timeout().toMillis() + " ms");
    settings.putAll(preparation.request().system().facts());
    return settings;
  }
}

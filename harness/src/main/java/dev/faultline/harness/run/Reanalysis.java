package dev.faultline.harness.run;

import dev.faultline.checkers.CheckResult;
import dev.faultline.checkers.Recording;
import dev.faultline.checkers.Verdict;
import dev.faultline.checkers.history.History;
import dev.faultline.checkers.history.HistoryReader;
import dev.faultline.harness.cluster.LinkBackend;
import dev.faultline.harness.scenario.Scenario;
import dev.faultline.harness.scenario.ScenarioException;
import dev.faultline.harness.scenario.ScenarioWords;
import dev.faultline.harness.system.SystemFile;
import dev.faultline.nemeses.PlanException;
import dev.faultline.nemeses.fault.FaultKind;
import dev.faultline.nemeses.plan.PlanJson;
import dev.faultline.results.ExitCode;
import dev.faultline.results.RunDirectory;
import dev.faultline.results.RunSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Judges what a run has left on disk; a run that was killed has left its history, scenario and
 * plan.
 */
public final class Reanalysis {

  private Reanalysis() {}

  /**
   * Judges the run in {@code path} again.
   *
   * @param version the version of Faultline that does so
   * @throws ScenarioException if its scenario or plan cannot be understood
   * @throws IOException if it cannot be read
   */
  public static Report of(Path path, String version) throws IOException, ScenarioException {
    RunDirectory directory = RunDirectory.open(path);
    Scenario scenario = Scenario.resolve(ScenarioWords.read(directory.scenarioYaml()));
    History history = HistoryReader.read(directory.historyNdjson());
    List<CheckResult> results =
        new Judge(Preparation.workload(scenario).model(), scenario.checkTime())
            .judge(new Recording(history, directory.logs()));
    Verdict verdict = Judge.verdict(results, history);
    return new Report(
        facts(directory, scenario, version),
        directory,
        history,
        results,
        verdict,
        ExitCode.of(verdict));
  }

  private static RunFacts facts(RunDirectory directory, Scenario scenario, String version)
      throws IOException, ScenarioException {
    Optional<RunSummary> before =
        Files.exists(directory.runJson())
            ? Optional.of(RunSummary.read(directory.runJson()))
            : Optional.empty();
    return new RunFacts(
        scenario,
        before.map(RunSummary::system).orElseGet(() -> systemName(scenario)),
        before
            .map(RunSummary::links)
            .flatMap(word ->
                Arrays.stream(LinkBackend.values())
                    .filter(links -> links.word().equals(word))
                    .findFirst()),
        before.map(RunSummary::systemVersion),
        faultKinds(directory),
        before.map(RunSummary::faultline).orElse(version),
        before
            .map(RunSummary::started)
            .orElse(Files.getLastModifiedTime(directory.scenarioYaml()).toInstant()),
        before.map(summary -> Duration.ofNanos(summary.durationNanos())).orElse(Duration.ZERO),
        before.map(RunSummary::harness).orElse(new RunSummary.HarnessHealth(0, 0, 0)),
        before
            .map(RunSummary::again)
            .orElse(List.of("./faultline run -f " + directory.scenarioYaml())));
  }

  /** The file that describes a system may be gone by now; its own name has to do. */
  private static String systemName(Scenario scenario) {
    return SystemFile.isNamedBy(scenario.system())
        ? String.valueOf(Path.of(scenario.system()).getFileName()).replaceFirst("\\.ya?ml$", "")
        : scenario.system();
  }

  private static List<String> faultKinds(RunDirectory directory)
      throws IOException, ScenarioException {
    try {
      return new PlanJson()
              .read(Files.readString(directory.planJson()), directory.planJson().toString())
              .kinds()
              .stream()
              .map(FaultKind::word)
              .toList();
    } catch (PlanException e) {
      throw new ScenarioException("plan", e.getMessage() + ". " + e.remedy());
    }
  }
}

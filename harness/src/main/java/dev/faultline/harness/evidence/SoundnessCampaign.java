package dev.faultline.harness.evidence;

import dev.faultline.checkers.Verdict;
import dev.faultline.harness.EnvironmentException;
import dev.faultline.harness.Seed;
import dev.faultline.harness.run.Preparation;
import dev.faultline.harness.run.Report;
import dev.faultline.harness.run.Run;
import dev.faultline.harness.run.RunListener;
import dev.faultline.harness.scenario.Scenario;
import dev.faultline.harness.scenario.ScenarioException;
import dev.faultline.harness.scenario.ScenarioKey;
import dev.faultline.harness.scenario.ScenarioWords;
import dev.faultline.results.ExitCode;
import dev.faultline.results.RunSummary;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Runs a system that is taken for sound under every kind of fault, again and again. Any verdict but
 * VALID is a bug, of the system or of the harness.
 *
 * @param runs how many runs
 * @param words what differs from the standard scenario: the plain bundled server as processes under
 *     every kind of fault
 * @param seed what the seeds of the runs are forked from
 * @param out where the runs are kept
 * @param version the version of Faultline
 */
public record SoundnessCampaign(
    int runs, ScenarioWords words, Seed seed, Path out, String version) {

  private static final ScenarioWords STANDARD =
      ScenarioWords.ofOptions(
          Map.of(
              ScenarioKey.DURATION, "20s",
              ScenarioKey.FAULTS, "partition,kill,pause,slow,bandwidth,slice,lossy,reset",
              ScenarioKey.EVERY, "3s",
              ScenarioKey.FOR, "2s"));

  /** Runs the campaign, a line for each run, and returns the code of the worst. */
  public ExitCode run(PrintWriter to) throws IOException, EnvironmentException, ScenarioException {
    List<ExitCode> codes = new ArrayList<>();
    int valid = 0;
    for (int i = 1; i <= runs; i++) {
      Scenario scenario =
          Scenario.resolve(
              STANDARD
                  .overlaidWith(words)
                  .overlaidWith(
                      ScenarioWords.ofOptions(
                          Map.of(ScenarioKey.SEED, seed.fork("soundness " + i).toString()))));
      Report report =
          new Run(
                  Preparation.of(scenario, out, false, version, List.of()).request(),
                  RunListener.SILENT)
              .execute();
      codes.add(report.exitCode());
      valid += report.verdict() instanceof Verdict.Valid ? 1 : 0;
      to.println(line(i, report.summary(), report));
      to.flush();
    }
    to.printf(Locale.ROOT, "%n%d of %d runs VALID%n", valid, runs);
    to.flush();
    return ExitCode.worst(codes);
  }

  private String line(int i, RunSummary summary, Report report) {
    return String.format(
        Locale.ROOT,
        "%3d of %d  %-7s  seed %s  ok %,d  fail %,d  info %,d  leader changes %s%s",
        i,
        runs,
        summary.verdict(),
        summary.seed(),
        summary.operations().ok(),
        summary.operations().fail(),
        summary.operations().info(),
        summary.leaderChanges(),
        report.verdict() instanceof Verdict.Valid
            ? ""
            : "  " + summary.reason() + "  " + report.directory().path());
  }
}

package dev.faultline.harness.cli;

import dev.faultline.harness.EnvironmentException;
import dev.faultline.harness.Seed;
import dev.faultline.harness.evidence.DetectionCampaign;
import dev.faultline.harness.evidence.SoundnessCampaign;
import dev.faultline.harness.scenario.ScenarioException;
import dev.faultline.harness.scenario.ScenarioWords;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code faultline evidence}: long campaigns that show what the harness is worth. */
@Command(
    name = "evidence",
    description = "Long campaigns that show what the harness is worth; not part of the tests.")
final class EvidenceCommand implements Runnable {

  @Spec CommandSpec spec;

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "say which campaign: soundness or detection");
  }

  /** Runs a sound system under every kind of fault; it must stay valid. */
  @Command(
      name = "soundness",
      mixinStandardHelpOptions = true,
      description = "A sound system under every kind of fault must stay VALID, run after run.")
  int soundness(
      @Option(names = "--runs", defaultValue = "50", description = "how many runs (50)") int runs,
      @Option(
              names = {"-f", "--file"},
              paramLabel = "SCENARIO",
              description = "what to run instead of the bundled server for 20 s")
          @Nullable Path file,
      @Option(names = "--seed", defaultValue = "1", description = "of the campaign (1)")
          String seed,
      @Option(
              names = "--out",
              defaultValue = "results/runs/soundness",
              description = "where runs are kept")
          Path out)
      throws IOException, EnvironmentException, ScenarioException {
    PrintWriter to = spec.commandLine().getOut();
    ScenarioWords words = file == null ? ScenarioWords.NONE : ScenarioWords.read(file);
    return new SoundnessCampaign(runs, words, Seed.parse(seed), out, Version.text())
        .run(to)
        .status();
  }

  /** Runs every deviation of the bundled server; each must be caught in four of five runs. */
  @Command(
      name = "detection",
      mixinStandardHelpOptions = true,
      description = "Every known bug of the bundled server must be caught in four of five runs.")
  int detection(
      @Parameters(arity = "0..*", paramLabel = "DEVIATION", description = "only these")
          List<String> only,
      @Option(names = "--seeds", defaultValue = "5", description = "runs of each (5)") int seeds,
      @Option(names = "--seed", defaultValue = "1", description = "of the campaign (1)")
          String seed,
      @Option(
              names = "--scenarios",
              defaultValue = "${sys:faultline.home:-.}/harness/scenarios/deviations",
              description = "one scenario file for each deviation")
          Path scenarios,
      @Option(
              names = "--out",
              defaultValue = "results/runs/detection",
              description = "where runs are kept")
          Path out)
      throws IOException, EnvironmentException, ScenarioException {
    PrintWriter to = spec.commandLine().getOut();
    return new DetectionCampaign(scenarios, seeds, Seed.parse(seed), out, Version.text())
        .run(to, only == null ? List.of() : only)
        .status();
  }
}

package dev.faultline.harness.cli;

import dev.faultline.harness.EnvironmentException;
import dev.faultline.harness.run.Preparation;
import dev.faultline.harness.run.Report;
import dev.faultline.harness.run.Run;
import dev.faultline.harness.scenario.Scenario;
import dev.faultline.harness.scenario.ScenarioException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** {@code faultline run}: starts a cluster, breaks it, and says whether it kept its promises. */
@Command(
    name = "run",
    description = "Start a cluster, break it while clients use it, and prove what they saw.",
    footer = {
      "",
      "Every option but -f, --out, --progress, --json and --keep-data is also a key of a scenario file.",
      "Exit codes: 0 valid, 1 invalid, 2 unknown, 4 environment not ready, 254 bad input, 255 internal error."
    })
final class RunCommand implements Callable<Integer> {

  @Spec CommandSpec spec;

  @Option(
      names = {"-f", "--file"},
      paramLabel = "SCENARIO",
      description = "a scenario file; options win over what it says")
  @Nullable Path file;

  @Option(names = "--out", paramLabel = "DIR", description = "where runs are kept (results/runs)")
  Path out = Path.of("results", "runs");

  @Option(
      names = "--progress",
      paramLabel = "MODE",
      description = "auto, live, plain or none (auto)")
  ProgressMode progress = ProgressMode.auto;

  @Option(names = "--json", description = "print run.json instead of the last screen")
  boolean json;

  @Option(
      names = "--keep-data",
      description = "keep the nodes' data directories of a valid run too")
  boolean keepData;

  @Override
  public Integer call() throws IOException, ScenarioException, EnvironmentException {
    ParseResult parsed = spec.commandLine().getParseResult();
    Scenario scenario = Scenario.resolve(ScenarioOptions.words(parsed, file));
    String again = ScenarioOptions.again(parsed, file, scenario.seed().toString());
    Preparation preparation =
        Preparation.of(scenario, out, keepData, Version.text(), List.of(again));
    Screen screen = new Screen(spec.commandLine());
    if (!json && progress != ProgressMode.none) {
      screen.opening(scenario, preparation.remarks());
    }
    Run run = new Run(preparation.request(), screen.listener(progress));
    try (OrderlyExit _ = OrderlyExit.on(run::interrupt)) {
      Report report = run.execute();
      PrintWriter to = spec.commandLine().getOut();
      to.print(json ? Screen.json(report) : screen.closing(report));
      to.flush();
      return report.exitCode().status();
    }
  }
}

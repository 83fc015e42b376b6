package dev.faultline.harness.cli;

import dev.faultline.harness.run.Reanalysis;
import dev.faultline.harness.run.Report;
import dev.faultline.harness.scenario.ScenarioException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code faultline analyze}: judges a stored run again, without a cluster. */
@Command(
    name = "analyze",
    description = "Check a stored run again, without a cluster; also one whose harness was killed.")
final class AnalyzeCommand implements Callable<Integer> {

  @Spec CommandSpec spec;

  @Parameters(paramLabel = "DIR", description = "the run's directory, such as results/runs/latest")
  Path directory = Path.of("results", "runs", "latest");

  @Option(names = "--json", description = "print run.json instead of the last screen")
  boolean json;

  @Override
  public Integer call() throws IOException, ScenarioException {
    Report report = Reanalysis.of(directory, Version.text());
    try {
      report.store();
    } catch (IOException e) {
      PrintWriter err = spec.commandLine().getErr();
      err.println("faultline: the results cannot be stored: " + Complaints.text(e));
      err.flush();
    }
    PrintWriter out = spec.commandLine().getOut();
    out.print(json ? Screen.json(report) : new Screen(spec.commandLine()).closing(report));
    out.flush();
    return report.exitCode().status();
  }
}

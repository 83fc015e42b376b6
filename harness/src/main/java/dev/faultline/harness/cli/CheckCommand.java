package dev.faultline.harness.cli;

import dev.faultline.checkers.Budget;
import dev.faultline.checkers.CheckResult;
import dev.faultline.checkers.Checker;
import dev.faultline.checkers.Finding;
import dev.faultline.checkers.Recording;
import dev.faultline.checkers.Verdict;
import dev.faultline.checkers.history.EventType;
import dev.faultline.checkers.history.History;
import dev.faultline.checkers.history.HistoryReader;
import dev.faultline.harness.run.Checkers;
import dev.faultline.harness.scenario.ScenarioException;
import dev.faultline.nemeses.PlanException;
import dev.faultline.nemeses.plan.HumanDuration;
import dev.faultline.results.CheckJson;
import dev.faultline.results.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code faultline check}: judges history files, wherever they come from. */
@Command(
    name = "check",
    description = "Check history files (history.ndjson, plain or gzip), whoever recorded them.")
final class CheckCommand implements Callable<Integer> {

  @Spec CommandSpec spec;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "the histories")
  List<Path> files = List.of();

  @Option(
      names = "--checker",
      paramLabel = "NAME",
      description = "which checker; see 'list checkers' (linearizable)")
  String checker = "linearizable";

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description = "what each key must be linearizable as; see 'list models' (cas-register)")
  String model = "cas-register";

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      description = "how long to think about each file (60s)")
  String timeout = "60s";

  @Option(names = "--json", description = "print one JSON object for each file")
  boolean json;

  @Override
  public Integer call() throws IOException, ScenarioException {
    Checker chosen = new Checkers().named(checker, model);
    Budget budget = new Budget(patience(), Budget.standard().memoryBytes());
    List<ExitCode> codes = new ArrayList<>();
    for (Path file : files) {
      codes.add(check(file, chosen, budget));
    }
    return ExitCode.worst(codes).status();
  }

  private java.time.Duration patience() throws ScenarioException {
    try {
      return HumanDuration.parse(timeout);
    } catch (PlanException e) {
      throw new ScenarioException("--timeout", e.getMessage() + ". " + e.remedy());
    }
  }

  /** A file that cannot be read does not keep the others from being checked. */
  private ExitCode check(Path file, Checker chosen, Budget budget) {
    History history;
    try {
      history = HistoryReader.read(file);
    } catch (IOException e) {
      PrintWriter err = spec.commandLine().getErr();
      err.println("faultline: " + Complaints.text(e));
      err.flush();
      return Complaints.exitCode(e);
    }
    CheckResult result = chosen.check(new Recording(history, null), budget);
    print(file, history, result);
    return ExitCode.of(result.verdict());
  }

  private void print(Path file, History history, CheckResult result) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(CheckJson.line(file, operations(history), result));
    } else {
      out.println(result.verdict().word() + "  " + file + ": " + result.summary());
      if (result.verdict() instanceof Verdict.Unknown(String reason)
          && !result.summary().contains(reason)) {
        out.println("  " + reason);
      }
      result.findings().stream()
          .filter(finding -> finding.severity() == Finding.Severity.VIOLATION)
          .findFirst()
          .ifPresent(finding -> Screen.evidence(out, history, finding));
    }
    out.flush();
  }

  private static long operations(History history) {
    long operations = 0;
    for (int i = 0; i < history.size(); i++) {
      if (history.type(i) == EventType.INVOKE) {
        operations++;
      }
    }
    return operations;
  }
}

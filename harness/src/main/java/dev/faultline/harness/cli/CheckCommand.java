package dev.faultline.harness.cli;

import dev.faultline.checkers.Budget;
import dev.faultline.checkers.CheckResult;
import dev.faultline.checkers.Checker;
import dev.faultline.checkers.Finding;
import dev.faultline.checkers.Recording;
import dev.faultline.checkers.Verdict;
import dev.faultline.checkers.history.EdnLines;
import dev.faultline.checkers.history.EventType;
import dev.faultline.checkers.history.History;
import dev.faultline.checkers.history.HistoryFormat;
import dev.faultline.checkers.history.HistoryImport;
import dev.faultline.checkers.history.HistoryLines;
import dev.faultline.checkers.json.Json;
import dev.faultline.checkers.json.JsonWriter;
import dev.faultline.checkers.linearizability.LargeHistory;
import dev.faultline.checkers.linearizability.LinearizabilityChecker;
import dev.faultline.checkers.linearizability.Models;
import dev.faultline.harness.run.Checkers;
import dev.faultline.harness.scenario.ScenarioException;
import dev.faultline.nemeses.NearestName;
import dev.faultline.nemeses.PlanException;
import dev.faultline.nemeses.plan.HumanDuration;
import dev.faultline.results.CheckJson;
import dev.faultline.results.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code faultline check}: judges history files, wherever they come from. */
@Command(
    name = "check",
    description = {
      "Check history files, whoever recorded them: history.ndjson, Jepsen's history.edn and logs,",
      "Knossos's and Porcupine's data; plain or gzip. The format is told by the content."
    })
final class CheckCommand implements Callable<Integer> {

  private static final String AUTOMATIC = "auto";

  @Spec CommandSpec spec;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "the histories")
  List<Path> files = List.of();

  @Option(
      names = "--checker",
      paramLabel = "NAME",
      description = "which checker; see 'list checkers' (linearizable)")
  String checker = Checkers.LINEARIZABLE;

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description =
          "what each key must be linearizable as; see 'list models' (what its functions look like)")
  String model = AUTOMATIC;

  @Option(
      names = "--format",
      paramLabel = "NAME",
      description = "what the files are: ndjson, edn, jepsen-log (what they look like)")
  @Nullable String format;

  @Option(
      names = "--keys",
      paramLabel = "KEY",
      split = ",",
      description = "only these keys, separated by commas (all)")
  List<String> keys = List.of();

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      description = "how long to think about each file (60s)")
  String timeout = "60s";

  @Option(
      names = "--memory",
      paramLabel = "SIZE",
      description = "how much memory to think in, such as 512m (half of the heap)")
  @Nullable String memory;

  @Option(
      names = "--export",
      paramLabel = "FILE",
      description = "also write the history to FILE, as EDN if it ends with .edn, else as NDJSON")
  @Nullable Path export;

  @Option(
      names = "--order",
      description = "also show an order of the operations of every key that has one")
  boolean order;

  @Option(names = "--json", description = "print one JSON object for each file")
  boolean json;

  @Override
  public Integer call() throws IOException, ScenarioException {
    if (export != null && files.size() > 1) {
      throw new ScenarioException("--export", "it takes one history, not " + files.size());
    }
    Budget budget = budget();
    Optional<HistoryFormat> chosen = format();
    Checker checked = new Checkers().named(checker, model.equals(AUTOMATIC) ? "register" : model);
    List<ExitCode> codes = new ArrayList<>();
    for (Path file : files) {
      codes.add(check(file, chosen, checked, budget));
    }
    return ExitCode.worst(codes).status();
  }

  private Budget budget() throws ScenarioException {
    long bytes =
        memory == null ? Budget.standard().memoryBytes() : ByteSize.parse("--memory", memory);
    try {
      Duration time = HumanDuration.parse(timeout);
      return new Budget(time, bytes);
    } catch (PlanException e) {
      throw new ScenarioException("--timeout", e.getMessage() + ". " + e.remedy());
    }
  }

  private Optional<HistoryFormat> format() throws ScenarioException {
    if (format == null) {
      return Optional.empty();
    }
    Optional<HistoryFormat> named = HistoryFormat.named(format);
    if (named.isEmpty()) {
      throw new ScenarioException(
          "--format",
          "no format is called '"
              + format
              + "'"
              + NearestName.hint(format, HistoryFormat.words())
              + "; there is: "
              + String.join(", ", HistoryFormat.words()));
    }
    return named;
  }

  /** A file that cannot be read does not keep the others from being checked. */
  private ExitCode check(
      Path file, Optional<HistoryFormat> chosen, Checker checked, Budget budget) {
    long start = System.nanoTime();
    History history;
    try {
      if (isTooLarge(file, chosen)) {
        return checkInParts(file, budget);
      }
      history = HistoryImport.read(file, chosen);
      if (export != null) {
        write(history, export);
      }
    } catch (IOException e) {
      PrintWriter err = spec.commandLine().getErr();
      err.println("faultline: " + Complaints.text(e));
      err.flush();
      return Complaints.exitCode(e);
    }
    long readNanos = System.nanoTime() - start;
    CheckResult result;
    try (CheckDisplay display = new CheckDisplay(spec.commandLine().getErr(), file)) {
      result =
          (checker.equals(Checkers.LINEARIZABLE) ? forHistory(history, display) : checked)
              .check(new Recording(history, null), budget);
    }
    print(file, history, readNanos, result);
    return ExitCode.of(result.verdict());
  }

  private boolean isTooLarge(Path file, Optional<HistoryFormat> chosen) throws IOException {
    return checker.equals(Checkers.LINEARIZABLE)
        && export == null
        && chosen.orElse(HistoryFormat.NDJSON) == HistoryFormat.NDJSON
        && LargeHistory.isTooLarge(file, Runtime.getRuntime().maxMemory());
  }

  /** Checks a history that does not fit into memory. */
  private ExitCode checkInParts(Path file, Budget budget) throws IOException {
    long start = System.nanoTime();
    PrintWriter out = spec.commandLine().getOut();
    try (CheckDisplay display = new CheckDisplay(spec.commandLine().getErr(), file)) {
      CheckResult result = LargeHistory.check(file, part -> forHistory(part, display), budget);
      long readNanos = System.nanoTime() - start - result.elapsedNanos();
      if (json) {
        long operations =
            result.details().members().get("invoked") instanceof Json.Int(long invoked)
                ? invoked
                : 0;
        out.println(CheckJson.line(file, operations, OptionalLong.of(readNanos), result));
      } else {
        out.println(result.verdict().word() + "  " + file + ": " + result.summary());
        result.findings().stream()
            .limit(1)
            .flatMap(finding -> finding.lines().stream())
            .forEach(line -> out.println("  " + line));
      }
      out.flush();
      return ExitCode.of(result.verdict());
    }
  }

  private Checker forHistory(History history, CheckDisplay display) {
    String name = model.equals(AUTOMATIC) ? Models.suggestedFor(history) : model;
    LinearizabilityChecker chosen =
        new LinearizabilityChecker(Models.named(name).orElseThrow())
            .onlyKeys(Set.copyOf(keys))
            .reportingTo(display);
    return order ? chosen.withOrder() : chosen;
  }

  private static void write(History history, Path to) throws IOException {
    boolean edn = to.toString().endsWith(".edn");
    try (Writer out = Files.newBufferedWriter(to)) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < history.size(); i++) {
        line.setLength(0);
        if (edn) {
          EdnLines.append(line, i, history.event(i));
        } else {
          HistoryLines.append(line, i, history.event(i));
        }
        out.append(line);
      }
    }
  }

  private void print(Path file, History history, long readNanos, CheckResult result) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(CheckJson.line(file, operations(history), OptionalLong.of(readNanos), result));
    } else {
      out.println(result.verdict().word() + "  " + file + ": " + result.summary());
      if (result.verdict() instanceof Verdict.Unknown(String reason)
          && !result.summary().contains(reason)) {
        out.println("  " + reason);
      }
      printOrders(out, result);
      result.findings().stream()
          .filter(finding -> finding.severity() == Finding.Severity.VIOLATION)
          .findFirst()
          .ifPresent(finding -> Screen.evidence(out, history, finding));
    }
    out.flush();
  }

  private static void printOrders(PrintWriter out, CheckResult result) {
    if (result.details().members().get("orders") instanceof Json.Obj(Map<String, Json> orders)) {
      orders.forEach((key, places) ->
          out.println(
              "  order"
                  + (key.isEmpty() ? "" : " of " + key)
                  + ": "
                  + JsonWriter.toString(places)));
    }
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

package dev.faultline.harness.cli;

import dev.faultline.checkers.Budget;
import dev.faultline.checkers.CheckResult;
import dev.faultline.checkers.Checker;
import dev.faultline.checkers.Finding;
import dev.faultline.checkers.Verdict;
import dev.faultline.checkers.history.HistoryFormat;
import dev.faultline.checkers.json.Json;
import dev.faultline.checkers.json.JsonWriter;
import dev.faultline.checkers.linearizability.LinearizabilityChecker;
import dev.faultline.checkers.linearizability.Models;
import dev.faultline.harness.run.Checkers;
import dev.faultline.harness.scenario.ScenarioException;
import dev.faultline.nemeses.NearestName;
import dev.faultline.nemeses.PlanException;
import dev.faultline.nemeses.plan.HumanDuration;
import dev.faultline.results.CheckJson;
import dev.faultline.results.CyclePictures;
import dev.faultline.results.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
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

  /** What transactions are taken for without {@code --workload}. */
  private static final String REGISTERS = "multi-register";

  /** How many violations of a history of transactions are shown; several kinds are common. */
  private static final int SHOWN = 3;

  @Spec CommandSpec spec;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "the histories")
  List<Path> files = List.of();

  @Option(
      names = "--checker",
      paramLabel = "NAME",
      description =
          "which checker; see 'list checkers' (linearizable; with --workload, transactions)")
  @Nullable String checker;

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

  @Option(
      names = "--within-key",
      description = "also use several threads within one key: registers with few values")
  boolean withinKey;

  @Option(names = "--json", description = "print one JSON object for each file")
  boolean json;

  @ArgGroup(exclusive = false, heading = "Histories of transactions:%n")
  @Nullable TransactionFlags transactions;

  @Override
  public Integer call() throws ScenarioException {
    FileCheck check = fileCheck();
    List<ExitCode> codes = new ArrayList<>();
    for (Path file : files) {
      codes.add(judge(file, check));
    }
    return ExitCode.worst(codes).status();
  }

  private FileCheck fileCheck() throws ScenarioException {
    if (export != null && files.size() > 1) {
      throw new ScenarioException("--export", "it takes one history, not " + files.size());
    }
    Budget budget = budget();
    Optional<HistoryFormat> chosen = format();
    PrintWriter err = spec.commandLine().getErr();
    if (transactions != null) {
      refuseForTransactions();
      return new TransactionCheck(chosen, transactions.checker(), budget, err);
    }
    String name = checker == null ? Checkers.LINEARIZABLE : checker;
    if (name.equals(Checkers.TRANSACTIONS)) {
      throw new ScenarioException(
          "--checker", "say what the transactions are: --workload append or wr");
    }
    Checker named = new Checkers().named(name, model.equals(AUTOMATIC) ? "register" : model);
    Set<String> only = Set.copyOf(keys);
    if (!name.equals(Checkers.LINEARIZABLE)) {
      refuseWithoutSearch(name);
    }
    return name.equals(Checkers.LINEARIZABLE)
        ? new HistoryCheck(chosen, only, this::linearizability, true, export, budget, err)
        : new HistoryCheck(chosen, only, (_, _) -> named, false, export, budget, err);
  }

  /** Says so where an option of the search for an order would do nothing. */
  private void refuseWithoutSearch(String name) throws ScenarioException {
    if (order || withinKey) {
      throw new ScenarioException(
          order ? "--order" : "--within-key",
          "it is for the checker linearizable, not for " + name);
    }
  }

  /** Says so where an option would do nothing. */
  private void refuseForTransactions() throws ScenarioException {
    String useless = null;
    if (checker != null && !checker.equals(Checkers.TRANSACTIONS)) {
      useless = "--checker";
    } else if (!model.equals(AUTOMATIC)) {
      useless = "--model";
    } else if (!keys.isEmpty()) {
      useless = "--keys";
    } else if (order) {
      useless = "--order";
    } else if (withinKey) {
      useless = "--within-key";
    } else if (export != null) {
      useless = "--export";
    }
    if (useless != null) {
      throw new ScenarioException(
          useless,
          "it is not for transactions"
              + (useless.equals("--model")
                  ? "; their promise is named by --consistency-model"
                  : ""));
    }
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
  private ExitCode judge(Path file, FileCheck check) {
    try {
      FileCheck.Checked checked = check.check(file);
      print(file, checked);
      draw(file, checked.result());
      return ExitCode.of(checked.result().verdict());
    } catch (IOException | ScenarioException e) {
      PrintWriter err = spec.commandLine().getErr();
      err.println("faultline: " + Complaints.text(e));
      err.flush();
      if (json) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(CheckJson.error(file, Complaints.text(e)));
        out.flush();
      }
      return Complaints.exitCode(e);
    }
  }

  private Checker linearizability(String suggested, CheckDisplay display) {
    String name = model.equals(AUTOMATIC) ? suggested : model;
    LinearizabilityChecker chosen =
        new LinearizabilityChecker(Models.named(name).orElseThrow())
            .onlyKeys(Set.copyOf(keys))
            .reportingTo(display)
            .withThreads(withinKey ? Runtime.getRuntime().availableProcessors() : 1);
    return order ? chosen.withOrder() : chosen;
  }

  private void print(Path file, FileCheck.Checked checked) {
    PrintWriter out = spec.commandLine().getOut();
    CheckResult result = checked.result();
    if (json) {
      out.println(CheckJson.line(file, checked.operations(), checked.readNanos(), result));
    } else {
      out.println(result.verdict().word() + "  " + file + ": " + result.summary());
      if (result.verdict() instanceof Verdict.Unknown(String reason)
          && !result.summary().contains(reason)) {
        out.println("  " + reason);
      }
      hint(out, checked);
      printOrders(out, result);
      printEvidence(out, checked);
    }
    out.flush();
  }

  /** Says how transactions are checked, to who did not ask for it. */
  private void hint(PrintWriter out, FileCheck.Checked checked) {
    if (checked.result().verdict() instanceof Verdict.Unknown
        && model.equals(AUTOMATIC)
        && Json.of(REGISTERS).equals(checked.result().details().members().get("model"))) {
      out.println("  for lists or registers that Elle would check, add --workload append or wr");
    }
  }

  private static void printEvidence(PrintWriter out, FileCheck.Checked checked) {
    List<Finding> violations =
        checked.result().findings().stream()
            .filter(finding -> finding.severity() == Finding.Severity.VIOLATION)
            .toList();
    if (checked.history() != null) {
      violations.stream().limit(1).forEach(first -> Screen.evidence(out, checked.history(), first));
      return;
    }
    for (Finding finding : violations.subList(0, Math.min(SHOWN, violations.size()))) {
      out.println("  " + finding.claim());
      finding.lines().forEach(line -> out.println("    " + line));
    }
    if (violations.size() > SHOWN) {
      out.println("  … and " + (violations.size() - SHOWN) + " more; --json has them all");
    }
  }

  private void draw(Path file, CheckResult result) throws IOException {
    if (transactions != null && transactions.svg != null) {
      String prefix = files.size() == 1 ? "" : file.getFileName() + "-";
      List<Path> drawn = CyclePictures.write(transactions.svg, prefix, List.of(result));
      if (!json) {
        PrintWriter out = spec.commandLine().getOut();
        drawn.forEach(picture -> out.println("  picture " + picture));
        out.flush();
      }
    }
  }

  static void printOrders(PrintWriter out, CheckResult result) {
    if (result.details().members().get("orders") instanceof Json.Obj(Map<String, Json> orders)) {
      orders.forEach((key, places) ->
          out.println(
              "  order"
                  + (key.isEmpty() ? "" : " of " + key)
                  + ": "
                  + JsonWriter.toString(places)));
    }
    if (result.details().members().get("keysWithoutOrder") instanceof Json.Array(List<Json> keys)) {
      for (Json key : keys) {
        String name = key instanceof Json.Text(String text) && !text.isEmpty() ? " of " + text : "";
        out.println("  order" + name + ": there is one, but none was found within the budget");
      }
    }
  }
}

package dev.faultline.checkers.stats;

import dev.faultline.checkers.Budget;
import dev.faultline.checkers.CheckResult;
import dev.faultline.checkers.Checker;
import dev.faultline.checkers.Finding;
import dev.faultline.checkers.Recording;
import dev.faultline.checkers.Verdict;
import dev.faultline.checkers.faults.FaultWindows;
import dev.faultline.checkers.history.History;
import dev.faultline.checkers.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts operations, and answers UNKNOWN if the run tested nothing; never INVALID. */
public final class StatsChecker implements Checker {

  /** Creates one. */
  public StatsChecker() {}

  @Override
  public String name() {
    return "stats";
  }

  @Override
  public CheckResult check(Recording recording, Budget budget) {
    long startNanos = System.nanoTime();
    History history = recording.history();
    Map<String, Counts> byFunction = Counts.byFunction(history);
    Counts all = byFunction.values().stream().reduce(new Counts(), Counts::plus);
    List<String> reasons = new Vacuity(history, FaultWindows.of(history)).reasons();
    String reason = String.join("; ", reasons);
    return new CheckResult(
        name(),
        reasons.isEmpty() ? Verdict.valid() : Verdict.unknown(reason),
        reasons.isEmpty() ? all.words() : all.words() + "; " + reason,
        neverOk(byFunction),
        details(byFunction, all),
        System.nanoTime() - startNanos,
        0);
  }

  private static List<Finding> neverOk(Map<String, Counts> byFunction) {
    return byFunction.entrySet().stream()
        .filter(entry -> entry.getValue().ok() == 0)
        .map(entry ->
            new Finding(
                Finding.Severity.WARNING,
                "none of the "
                    + entry.getValue().total()
                    + " operations of function "
                    + entry.getKey()
                    + " succeeded",
                null,
                List.of(),
                List.of()))
        .toList();
  }

  private static Json.Obj details(Map<String, Counts> byFunction, Counts all) {
    Map<String, Json> functions = new LinkedHashMap<>();
    byFunction.forEach((f, counts) -> functions.put(f, counts.toJson()));
    Map<String, Json> details = new LinkedHashMap<>();
    details.put("operations", Json.of(all.total()));
    details.put("all", all.toJson());
    details.put("byFunction", new Json.Obj(functions));
    return new Json.Obj(details);
  }
}

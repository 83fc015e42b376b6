package dev.faultline.harness.run;

import dev.faultline.checkers.Budget;
import dev.faultline.checkers.CheckResult;
import dev.faultline.checkers.Checker;
import dev.faultline.checkers.Recording;
import dev.faultline.checkers.Verdict;
import dev.faultline.checkers.faults.FaultWindows;
import dev.faultline.checkers.faults.Phase;
import dev.faultline.checkers.history.History;
import dev.faultline.checkers.json.Json;
import dev.faultline.harness.scenario.ScenarioException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Has a recording checked by everything that applies to it. */
public final class Judge {

  private final List<Checker> checkers;
  private final Budget budget;

  /**
   * Makes a judge.
   *
   * @param model the model that the workload's keys are linearizable by, or the name of a workload
   *     of transactions
   * @param checkTime how long each checker may think
   * @throws ScenarioException if there is no such model
   */
  public Judge(String model, Duration checkTime) throws ScenarioException {
    Checkers all = new Checkers();
    List<Checker> chosen = new ArrayList<>();
    for (String name : all.applying(model)) {
      chosen.add(all.named(name, model));
    }
    this.checkers = List.copyOf(chosen);
    this.budget = new Budget(checkTime, Budget.standard().memoryBytes());
  }

  /** Returns what each checker found, the most telling first. */
  public List<CheckResult> judge(Recording recording) {
    return checkers.stream().map(checker -> checker.check(recording, budget)).toList();
  }

  /**
   * Returns the verdict that follows from all of {@code results}. A run that was cut short is
   * UNKNOWN at best; a violation that its record proves stands.
   */
  public static Verdict verdict(List<CheckResult> results, History history) {
    Verdict verdict =
        results.stream().map(CheckResult::verdict).reduce(Verdict.valid(), Verdict::and);
    if (verdict instanceof Verdict.Invalid) {
      return verdict;
    }
    return FaultWindows.of(history)
        .phase(NemesisEvents.STOPPED)
        .map(stopped -> Verdict.unknown("the run was cut short: " + reason(stopped)))
        .orElse(verdict);
  }

  private static String reason(Phase stopped) {
    return stopped.value().members().get("reason") instanceof Json.Text(String reason)
        ? reason
        : "nobody said why";
  }
}

package dev.faultline.harness.run;

import dev.faultline.checkers.Checker;
import dev.faultline.checkers.linearizability.LinearizabilityChecker;
import dev.faultline.checkers.linearizability.Model;
import dev.faultline.checkers.linearizability.Models;
import dev.faultline.checkers.logs.LogsChecker;
import dev.faultline.checkers.recovery.RecoveryChecker;
import dev.faultline.checkers.stats.StatsChecker;
import dev.faultline.checkers.transactions.TransactionChecker;
import dev.faultline.checkers.transactions.TransactionOptions;
import dev.faultline.checkers.transactions.Workload;
import dev.faultline.harness.scenario.ScenarioException;
import dev.faultline.nemeses.NearestName;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Every checker that users can choose by name. */
public final class Checkers {

  private static final List<String> WORKLOADS =
      Arrays.stream(Workload.values()).map(Workload::word).toList();

  /** The checker that proves the promise of a workload. */
  public static final String LINEARIZABLE = "linearizable";

  /** The checker that proves the promise of a workload of transactions. */
  public static final String TRANSACTIONS = TransactionChecker.NAME;

  /** Returns the names of the checkers that apply where the workload's model is {@code model}. */
  List<String> applying(String model) {
    String other = Workload.named(model).isPresent() ? LINEARIZABLE : TRANSACTIONS;
    return descriptions().keySet().stream().filter(name -> !name.equals(other)).toList();
  }

  /** Returns each checker's name with what it proves. */
  public Map<String, String> descriptions() {
    Map<String, String> descriptions = new LinkedHashMap<>();
    descriptions.put(
        LINEARIZABLE, "every key behaves as one register, in real time (Herlihy, Wing 1990)");
    descriptions.put(
        TRANSACTIONS, "transactions are strictly serializable (Adya 1999; Elle, VLDB 2020)");
    descriptions.put("stats", "enough was done, and broken, for a verdict to mean something");
    descriptions.put("recovery", "the cluster recovered once everything was healed");
    descriptions.put("logs", "no node ended unasked; panics and stack traces in logs are shown");
    return descriptions;
  }

  /**
   * Returns the checker called {@code name}.
   *
   * @param model the model for {@value #LINEARIZABLE}, the workload for {@value #TRANSACTIONS}
   * @throws ScenarioException if there is no such checker or model
   */
  public Checker named(String name, String model) throws ScenarioException {
    return switch (name) {
      case LINEARIZABLE -> new LinearizabilityChecker(model(model));
      case TRANSACTIONS ->
          new TransactionChecker(
              Workload.named(model).orElseThrow(() -> unknown("workload", model, WORKLOADS)),
              TransactionOptions.standard());
      case "stats" -> new StatsChecker();
      case "recovery" -> new RecoveryChecker();
      case "logs" -> new LogsChecker();
      default -> throw unknown("checker", name, List.copyOf(descriptions().keySet()));
    };
  }

  private static Model<?> model(String name) throws ScenarioException {
    return Models.named(name).orElseThrow(() -> unknown("model", name, Models.names()));
  }

  private static ScenarioException unknown(String what, String name, List<String> known) {
    return new ScenarioException(
        "--" + what,
        "no "
            + what
            + " is called '"
            + name
            + "'"
            + NearestName.hint(name, known)
            + "; there is: "
            + String.join(", ", known));
  }
}

package dev.faultline.harness.cli;

import dev.faultline.checkers.Budget;
import dev.faultline.checkers.CheckResult;
import dev.faultline.checkers.transactions.TransactionChecker;
import dev.faultline.checkers.transactions.TransactionOptions;
import dev.faultline.checkers.transactions.Workload;
import dev.faultline.checkers.transactions.models.Anomaly;
import dev.faultline.checkers.transactions.models.ConsistencyModel;
import dev.faultline.harness.scenario.ScenarioException;
import dev.faultline.nemeses.NearestName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Checks files of transactions as options say; from options to a result, without a command line.
 *
 * @param workload {@code append} or {@code wr}
 * @param models names of the models that shall hold, with commas between them; strict-serializable
 *     if it is empty and no anomaly is named
 * @param anomalies names of anomalies that shall not be, with commas between them; often empty
 * @param linearizableKeys whether each register is known to be linearizable by itself
 * @param sequentialKeys whether each is known to be sequentially consistent
 * @param wfrKeys whether what a transaction writes is known to follow what it read of the key
 */
record TransactionCheck(
    String workload,
    String models,
    String anomalies,
    boolean linearizableKeys,
    boolean sequentialKeys,
    boolean wfrKeys) {

  private static final int EXAMPLES = 8;

  /**
   * Returns the checker that these options ask for.
   *
   * @throws ScenarioException if a name is unknown
   */
  TransactionChecker checker() throws ScenarioException {
    Workload chosen =
        one("--workload", workload, Workload::named, names(Workload.values(), Workload::word));
    Set<Anomaly> forbidden = EnumSet.noneOf(Anomaly.class);
    for (String name : parts(anomalies)) {
      forbidden.add(
          one("--anomalies", name, Anomaly::named, names(Anomaly.values(), Anomaly::word)));
    }
    Set<ConsistencyModel> promised = EnumSet.noneOf(ConsistencyModel.class);
    for (String name : parts(models)) {
      promised.add(
          one(
              "--consistency-model",
              name,
              ConsistencyModel::named,
              names(ConsistencyModel.values(), ConsistencyModel::word)));
    }
    if (promised.isEmpty() && forbidden.isEmpty()) {
      promised.add(ConsistencyModel.STRICT_SERIALIZABLE);
    }
    return new TransactionChecker(
        chosen,
        new TransactionOptions(
            promised, forbidden, linearizableKeys, sequentialKeys, wfrKeys, EXAMPLES));
  }

  /**
   * Checks {@code file}.
   *
   * @throws ScenarioException if a name is unknown
   * @throws IOException if the file cannot be read, or is no history
   */
  CheckResult check(Path file, Budget budget) throws ScenarioException, IOException {
    return checker().check(file, budget);
  }

  private static List<String> parts(String names) {
    List<String> parts = new ArrayList<>(Arrays.asList(names.trim().split("\\s*,\\s*", -1)));
    parts.removeIf(String::isEmpty);
    return parts;
  }

  private static <T> List<String> names(T[] all, Function<T, String> word) {
    return Arrays.stream(all).map(word).toList();
  }

  private static <T> T one(
      String option, String name, Function<String, Optional<T>> named, List<String> known)
      throws ScenarioException {
    return named
        .apply(name)
        .orElseThrow(() ->
            new ScenarioException(
                option,
                "nothing is called '"
                    + name
                    + "'"
                    + NearestName.hint(name, known)
                    + "; there is: "
                    + String.join(", ", known)));
  }
}

package dev.faultline.harness.cli;

import dev.faultline.checkers.transactions.TransactionChecker;
import dev.faultline.checkers.transactions.TransactionOptions;
import dev.faultline.checkers.transactions.Workload;
import dev.faultline.checkers.transactions.models.Anomaly;
import dev.faultline.checkers.transactions.models.ConsistencyModel;
import dev.faultline.harness.scenario.ScenarioException;
import dev.faultline.nemeses.NearestName;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code check} for histories of transactions. */
final class TransactionFlags {

  @Option(
      names = "--workload",
      required = true,
      paramLabel = "NAME",
      description = "what the transactions are made of: append (lists), wr (registers)")
  String workload = "";

  @Option(
      names = "--consistency-model",
      split = ",",
      paramLabel = "MODEL",
      description =
          "what they promise, such as serializable, snapshot-isolation, PL-2 (strict-serializable)")
  List<String> models = List.of();

  @Option(
      names = "--anomalies",
      split = ",",
      paramLabel = "ANOMALY",
      description = "what must not be either, such as G1a, G-single; alone: instead of a model")
  List<String> anomalies = List.of();

  @Option(
      names = "--linearizable-keys",
      description = "wr: each register is known to be linearizable by itself")
  boolean linearizableKeys;

  @Option(
      names = "--sequential-keys",
      description = "wr: each register is known to be sequentially consistent by itself")
  boolean sequentialKeys;

  @Option(
      names = "--wfr-keys",
      description = "wr: what a transaction writes is known to follow what it read of the key")
  boolean wfrKeys;

  @Option(
      names = "--svg",
      paramLabel = "DIR",
      description = "also draw every cycle that is told of, as files in DIR")
  @Nullable Path svg;

  /**
   * Returns the checker that these options ask for.
   *
   * @throws ScenarioException if a name is unknown
   */
  TransactionChecker checker() throws ScenarioException {
    Workload chosen =
        one("--workload", workload, Workload::named, names(Workload.values(), Workload::word));
    if (chosen != Workload.WR) {
      refuseForLists("--linearizable-keys", linearizableKeys);
      refuseForLists("--sequential-keys", sequentialKeys);
      refuseForLists("--wfr-keys", wfrKeys);
    }
    Set<Anomaly> forbidden = EnumSet.noneOf(Anomaly.class);
    for (String name : anomalies) {
      forbidden.add(
          one("--anomalies", name, Anomaly::named, names(Anomaly.values(), Anomaly::word)));
    }
    Set<ConsistencyModel> promised = EnumSet.noneOf(ConsistencyModel.class);
    for (String name : models) {
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
            promised,
            forbidden,
            linearizableKeys,
            sequentialKeys,
            wfrKeys,
            TransactionOptions.EXAMPLES));
  }

  private static void refuseForLists(String option, boolean given) throws ScenarioException {
    if (given) {
      throw new ScenarioException(
          option, "lists show the order of their versions by themselves; it is for --workload wr");
    }
  }

  private static <T> List<String> names(T[] all, Function<T, String> word) {
    return Arrays.stream(all).map(word).toList();
  }

  private static <T> T one(
      String option, String given, Function<String, Optional<T>> named, List<String> known)
      throws ScenarioException {
    String name = given.strip();
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

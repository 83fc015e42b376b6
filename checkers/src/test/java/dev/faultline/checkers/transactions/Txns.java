package dev.faultline.checkers.transactions;

import dev.faultline.checkers.json.Json;
import dev.faultline.checkers.json.JsonReader;
import dev.faultline.checkers.transactions.graph.Deadline;
import dev.faultline.checkers.transactions.graph.Dependency;
import dev.faultline.checkers.transactions.models.ConsistencyModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Transactions written by hand: {@code "0 ok append x 1; r y [2]"} is one of process 0. A mod
 * revision that the system told follows its micro-operation: {@code "0 ok w x 1 @7"}.
 */
final class Txns {

  private final Transactions transactions;
  private final MicroOperations microOperations;
  private int event;

  Txns(Workload workload) {
    transactions = new Transactions(workload);
    microOperations = new MicroOperations(transactions);
  }

  static Txns lists(String... txns) {
    return new Txns(Workload.APPEND).together(txns);
  }

  static Txns registers(String... txns) {
    return new Txns(Workload.WR).together(txns);
  }

  /** Adds a transaction that comes after all before it. */
  Txns then(String txn) {
    return together(txn);
  }

  /** Adds transactions that overlap one another, and come after all before them. */
  Txns together(String... txns) {
    int completion = event + txns.length;
    for (String txn : txns) {
      String[] words = txn.split(" ", 3);
      Outcome outcome = Outcome.valueOf(words[1].toUpperCase(Locale.ROOT));
      transactions.begin(Integer.parseInt(words[0]), event++, completion++, outcome);
      List<Json> operations = new ArrayList<>();
      List<Json> revisions = new ArrayList<>();
      for (String operation : words[2].split(";", -1)) {
        String[] told = operation.strip().split(" @", -1);
        String[] parts = told[0].split(" ", 3);
        operations.add(
            Json.array(Json.of(parts[0]), Json.of(parts[1]), JsonReader.parse(parts[2])));
        revisions.add(told.length > 1 ? Json.of(Long.parseLong(told[1])) : Json.NULL);
      }
      microOperations.addAll(operations, outcome, revisions, Revisions.UNKNOWN);
    }
    event = completion;
    return this;
  }

  Transactions transactions() {
    return transactions;
  }

  Analysis check(TransactionOptions options) {
    return new Analysis(transactions, options, new Deadline(Long.MAX_VALUE / 2));
  }

  /** Returns how often each anomaly is found, looking for all that {@code model} forbids. */
  Map<String, Integer> anomalies(ConsistencyModel model) {
    return anomalies(TransactionOptions.of(model));
  }

  Map<String, Integer> anomalies(TransactionOptions options) {
    Map<String, Integer> words = new TreeMap<>();
    check(options).counts().forEach((anomaly, count) -> words.put(anomaly.word(), count));
    return words;
  }

  /** Returns the anomalies, without those that need an order of processes or of real time. */
  Map<String, Integer> anomalies() {
    return anomalies(ConsistencyModel.SERIALIZABLE);
  }

  /** Returns what the instances say that are no cycles. */
  List<String> texts() {
    return check(TransactionOptions.of(ConsistencyModel.SERIALIZABLE)).instances().stream()
        .map(Instance::text)
        .toList();
  }

  /** Returns the dependencies of data: {@code "T0 ww T1: append x 1, append x 2"}. */
  List<String> dependencies() {
    return dependencies(TransactionOptions.of(ConsistencyModel.SERIALIZABLE));
  }

  List<String> dependencies(TransactionOptions options) {
    List<String> all = new ArrayList<>();
    check(options)
        .dependencies()
        .visit((from, to, kind, first, second) -> {
          if (from != to) {
            all.add(
                "T%d %s T%d by %d, %d"
                    .formatted(
                        from,
                        Dependency.word(kind),
                        to,
                        first - transactions.first(from),
                        second - transactions.first(to)));
          }
        });
    return all.stream().sorted().toList();
  }
}

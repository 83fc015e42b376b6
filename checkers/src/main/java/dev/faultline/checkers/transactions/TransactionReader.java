package dev.faultline.checkers.transactions;

import dev.faultline.checkers.history.EventType;
import dev.faultline.checkers.history.History;
import dev.faultline.checkers.json.Json;
import dev.faultline.checkers.json.JsonWriter;
import java.util.List;

/** Takes the transactions out of a {@link History}. */
final class TransactionReader {

  private static final String TXN = "txn";
  private static final String MOD_REVISION = "modRevision";
  private static final String REVISION = "revision";

  private final History history;
  private final Transactions transactions;
  private final MicroOperations operations;

  private TransactionReader(History history, Workload workload) {
    this.history = history;
    this.transactions = new Transactions(workload);
    this.operations = new MicroOperations(transactions);
  }

  /** Returns every transaction of {@code history}; what is malformed is among its problems. */
  static Transactions read(History history, Workload workload) {
    TransactionReader reader = new TransactionReader(history, workload);
    for (int event = 0; event < history.size(); event++) {
      if (history.process(event) >= 0 && history.type(event) != EventType.INVOKE) {
        reader.completed(history.counterpart(event), event, event);
      }
    }
    for (int event = 0; event < history.size(); event++) {
      if (history.process(event) >= 0
          && history.type(event) == EventType.INVOKE
          && history.counterpart(event) < 0) {
        reader.completed(event, Transactions.NEVER, event);
      }
    }
    return reader.transactions;
  }

  /** Takes in the transaction of which {@code known} is the last event. */
  private void completed(int invocation, int completion, int known) {
    if (!history.f(known).equals(TXN)) {
      transactions
          .problems()
          .unusable(
              known,
              Problems.WHOLE,
              "operation " + history.f(known) + " is no transaction; check it with its workload");
      return;
    }
    Outcome outcome =
        switch (history.type(known)) {
          case OK -> Outcome.OK;
          case FAIL -> Outcome.FAIL;
          case INFO, INVOKE -> Outcome.INFO;
        };
    Json asked = history.value(invocation);
    Json value = history.value(known);
    if (outcome != Outcome.OK && !(value instanceof Json.Array)) {
      value = asked;
    }
    MicroOperations.Problem problem = operations.problem(value);
    if (problem == null && !value.equals(asked)) {
      problem = operations.difference(asked, value);
    }
    if (problem != null) {
      transactions
          .problems()
          .unusable(
              known,
              problem.operation(),
              problem.text() + " in transaction " + JsonWriter.toString(value));
      return;
    }
    transactions.begin(history.process(known), invocation, completion, outcome);
    transactions.times(history.timeNanos(invocation), history.timeNanos(known));
    operations.addAll(
        ((Json.Array) value).values(), outcome, revisions(known), headerRevision(known));
  }

  private List<Json> revisions(int event) {
    Json.Obj meta = history.meta(event);
    return meta != null && meta.members().get(MOD_REVISION) instanceof Json.Array(List<Json> told)
        ? told
        : List.of();
  }

  /**
   * Returns the revision in the header of the answer: that of all that was written, if anything.
   */
  private long headerRevision(int event) {
    Json.Obj meta = history.meta(event);
    return meta != null && meta.members().get(REVISION) instanceof Json.Int(long told)
        ? told
        : Revisions.UNKNOWN;
  }
}

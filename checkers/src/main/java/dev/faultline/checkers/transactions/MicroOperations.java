package dev.faultline.checkers.transactions;

import dev.faultline.checkers.json.Json;
import dev.faultline.checkers.json.JsonWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Understands micro-operations: {@code ["append", key, value]}, {@code ["r", key, value]}. */
final class MicroOperations {

  private static final String READ = "r";
  private static final int PARTS = 3;

  private final Transactions transactions;
  private final Workload workload;

  MicroOperations(Transactions transactions) {
    this.transactions = transactions;
    this.workload = transactions.workload();
  }

  /**
   * What is wrong with the value of a transaction.
   *
   * @param operation the number of the micro-operation, or {@link Problems#WHOLE}
   * @param text what is wrong with it
   */
  record Problem(int operation, String text) {}

  /** Returns what is wrong with the value of a transaction, or null. */
  @Nullable Problem problem(Json value) {
    if (!(value instanceof Json.Array(List<Json> operations))) {
      return new Problem(Problems.WHOLE, "no list of micro-operations");
    }
    for (int i = 0; i < operations.size(); i++) {
      String problem = problemOf(operations.get(i));
      if (problem != null) {
        return new Problem(i, problem + " " + JsonWriter.toString(operations.get(i)));
      }
    }
    return null;
  }

  private @Nullable String problemOf(Json operation) {
    if (!(operation instanceof Json.Array(List<Json> parts))
        || parts.size() != PARTS
        || !(parts.get(0) instanceof Json.Text(String f))) {
      return "malformed micro-operation";
    }
    Json value = parts.get(2);
    if (f.equals(workload.write())) {
      return value instanceof Json.Null ? "a write of nothing" : null;
    }
    if (!f.equals(READ)) {
      return "unknown micro-operation (workload "
          + workload.word()
          + " has r and "
          + workload.write()
          + ")";
    }
    boolean isList = value instanceof Json.Array || value instanceof Json.Null;
    return workload == Workload.APPEND && !isList ? "a read that saw no list" : null;
  }

  /** Returns how a well-formed completion differs from what was asked for, or null. */
  @Nullable Problem difference(Json asked, Json answered) {
    if (problem(asked) != null) {
      return new Problem(Problems.WHOLE, "the invocation is malformed");
    }
    List<Json> first = ((Json.Array) asked).values();
    List<Json> second = ((Json.Array) answered).values();
    if (first.size() != second.size()) {
      return new Problem(Problems.WHOLE, "the completion has another number of micro-operations");
    }
    for (int i = 0; i < first.size(); i++) {
      List<Json> a = ((Json.Array) first.get(i)).values();
      List<Json> b = ((Json.Array) second.get(i)).values();
      boolean same = a.get(0).equals(b.get(0)) && a.get(1).equals(b.get(1));
      if (!same || (!isRead(a) && !a.get(2).equals(b.get(2)))) {
        return new Problem(
            i,
            "the completion does not repeat micro-operation " + JsonWriter.toString(first.get(i)));
      }
    }
    return null;
  }

  /** Adds well-formed micro-operations to the transaction begun last. */
  void addAll(List<Json> operations, Outcome outcome, List<Json> revisions, long headerRevision) {
    for (int i = 0; i < operations.size(); i++) {
      List<Json> parts = ((Json.Array) operations.get(i)).values();
      add(parts, outcome);
      if (outcome == Outcome.OK && i < revisions.size()) {
        if (revisions.get(i) instanceof Json.Int(long revision)) {
          transactions.noteRevision(revision);
        }
      } else if (outcome == Outcome.OK && !isRead(parts) && headerRevision != Revisions.UNKNOWN) {
        transactions.noteRevision(headerRevision);
      }
    }
  }

  private void add(List<Json> parts, Outcome outcome) {
    Versions versions = transactions.versions();
    int key = versions.key(parts.get(1));
    Json value = parts.get(2);
    if (!isRead(parts)) {
      transactions.addWrite(key, versions.values().code(value));
    } else if (outcome == Outcome.FAIL || (outcome == Outcome.INFO && value instanceof Json.Null)) {
      transactions.addUnknownRead(key);
    } else if (workload == Workload.APPEND) {
      addList(key, value instanceof Json.Array(List<Json> elements) ? elements : List.of());
    } else {
      transactions.addRead(
          key,
          value instanceof Json.Null
              ? Transactions.NIL
              : versions.version(key, versions.values().code(value)),
          0);
    }
  }

  private void addList(int key, List<Json> elements) {
    Lists lists = transactions.lists();
    lists.begin(key);
    for (Json element : elements) {
      lists.element(transactions.versions().values().code(element));
    }
    transactions.addRead(key, lists.end(), lists.length());
  }

  private static boolean isRead(List<Json> parts) {
    return parts.get(0) instanceof Json.Text(String f) && f.equals(READ);
  }
}

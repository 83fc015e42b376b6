package dev.faultline.checkers.transactions;

import dev.faultline.checkers.Times;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Introduces the transactions of one finding: T1, T2… with their processes, times and contents. */
final class Labels {

  private final Transactions transactions;

  Labels(Transactions transactions) {
    this.transactions = transactions;
  }

  /** Returns a line for each of {@code members}: who, when, what. */
  List<String> introduce(List<Integer> members) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < members.size(); i++) {
      lines.add("T" + (i + 1) + " = " + describe(members.get(i)));
    }
    return lines;
  }

  private String describe(int t) {
    return circumstances(t) + ": " + OperationText.transaction(transactions, t) + " " + fate(t);
  }

  /** Returns who executed {@code t}, and when. */
  String circumstances(int t) {
    int invocation = transactions.invocation(t);
    StringBuilder out = new StringBuilder("process ").append(transactions.process(t));
    if (invocation >= 0) {
      out.append(", #").append(invocation);
      out.append(", ").append(Times.moment(transactions.invocationNanos(t)));
    }
    if (transactions.completion(t) != Transactions.NEVER) {
      out.append(" – ").append(Times.moment(transactions.completionNanos(t)));
    }
    return out.toString();
  }

  private String fate(int t) {
    return switch (transactions.outcome(t)) {
      case OK -> "ok";
      case INFO -> transactions.completion(t) == Transactions.NEVER ? "never completed" : "info";
      case FAIL -> "failed";
    };
  }

  /** Returns every event of {@code members}, ascending. */
  List<Integer> events(List<Integer> members) {
    TreeSet<Integer> events = new TreeSet<>();
    for (int t : members) {
      if (transactions.invocation(t) >= 0) {
        events.add(transactions.invocation(t));
      }
      if (transactions.completion(t) != Transactions.NEVER) {
        events.add(transactions.completion(t));
      }
    }
    return List.copyOf(events);
  }
}

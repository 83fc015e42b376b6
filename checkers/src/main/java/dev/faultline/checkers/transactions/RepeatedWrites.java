package dev.faultline.checkers.transactions;

import java.util.BitSet;

/**
 * Reports values that were written more than once. Who reads one of them may have read either
 * write; without its key, or the version, what is left can still be checked.
 */
final class RepeatedWrites {

  private RepeatedWrites() {}

  /** A repeated element spoils its key. */
  static void ofLists(Transactions transactions, Writers writers) {
    writers.ambiguous().stream().forEach(version -> report(transactions, writers, version));
  }

  /** A repeated value spoils only what read it. */
  static void ofRegisters(Transactions transactions, Writers writers) {
    BitSet read = new BitSet();
    if (writers.ambiguous().isEmpty()) {
      return;
    }
    for (int op = 0; op < transactions.operations(); op++) {
      if (transactions.isRead(op) && transactions.value(op) >= 0) {
        read.set(transactions.value(op));
      }
    }
    read.and(writers.ambiguous());
    read.stream().forEach(version -> report(transactions, writers, version));
  }

  private static void report(Transactions transactions, Writers writers, int version) {
    Versions versions = transactions.versions();
    int again = writers.writtenAgain(version);
    int t = transactions.transactionOf(again);
    transactions
        .problems()
        .add(
            eventOf(transactions, t),
            again - transactions.first(t),
            "value "
                + versions.text(version)
                + " of key "
                + versions.keyName(versions.keyOf(version))
                + " is written more than once, first by event #"
                + eventOf(transactions, writers.transaction(version))
                + ": nobody can tell which write was read");
  }

  /** Returns the invocation of {@code t}, or if it is not known, the completion. */
  private static int eventOf(Transactions transactions, int t) {
    int invocation = transactions.invocation(t);
    return invocation < 0 ? transactions.completion(t) : invocation;
  }
}

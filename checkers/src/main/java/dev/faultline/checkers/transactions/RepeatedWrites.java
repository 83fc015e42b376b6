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
    transactions
        .problems()
        .add(
            transactions.invocation(writers.transaction(version)),
            "value "
                + versions.text(version)
                + " of key "
                + versions.keyName(versions.keyOf(version))
                + " is written more than once: nobody can tell which write was read");
  }
}

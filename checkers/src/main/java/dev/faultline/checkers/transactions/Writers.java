package dev.faultline.checkers.transactions;

import dev.faultline.checkers.transactions.graph.Dependency;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/** Who wrote each version. */
final class Writers {

  static final int NOBODY = -1;

  private final Transactions transactions;
  private final int[] transaction;
  private final int[] operation;

  /** Versions that their writer itself overwrote. */
  private final BitSet intermediate = new BitSet();

  /** Versions that were written more than once. */
  private final BitSet ambiguous = new BitSet();

  /** For each of those, the micro-operation that wrote it the second time. */
  private final Map<Integer, Integer> again = new HashMap<>();

  Writers(Transactions transactions) {
    this.transactions = transactions;
    this.transaction = new int[transactions.versions().count()];
    this.operation = new int[transaction.length];
    Arrays.fill(transaction, NOBODY);
    for (int t = 0; t < transactions.count(); t++) {
      for (int op = transactions.first(t); op < transactions.end(t); op++) {
        if (transactions.isWrite(op)) {
          wrote(t, op);
        }
      }
    }
  }

  private void wrote(int t, int op) {
    int version = transactions.value(op);
    if (transaction[version] == NOBODY) {
      transaction[version] = t;
      operation[version] = op;
    } else {
      ambiguous.set(version);
      again.putIfAbsent(version, op);
    }
    for (int later = op + 1; later < transactions.end(t); later++) {
      if (transactions.isWrite(later) && transactions.key(later) == transactions.key(op)) {
        intermediate.set(version);
        return;
      }
    }
  }

  /** Returns the transaction that wrote {@code version} first, or {@link #NOBODY}. */
  int transaction(int version) {
    return transaction[version];
  }

  /** Returns the micro-operation that wrote {@code version}. */
  int operation(int version) {
    return operation[version];
  }

  boolean isAmbiguous(int version) {
    return ambiguous.get(version);
  }

  BitSet ambiguous() {
    return ambiguous;
  }

  /** Returns the micro-operation that wrote {@code version}, an ambiguous one, again. */
  int writtenAgain(int version) {
    return again.getOrDefault(version, operation[version]);
  }

  boolean isIntermediate(int version) {
    return intermediate.get(version);
  }

  /** Tells whether exactly one transaction wrote {@code version}, and may have committed. */
  boolean isCommitted(int version) {
    int writer = transaction[version];
    return writer != NOBODY && !transactions.isFailed(writer) && !ambiguous.get(version);
  }

  boolean isAborted(int version) {
    int writer = transaction[version];
    return writer != NOBODY && transactions.isFailed(writer) && !ambiguous.get(version);
  }

  boolean isGarbage(int version) {
    return transaction[version] == NOBODY;
  }

  /** Says that whoever reads {@code version} depends on its writer. */
  void readBy(int reader, int read, int version, DependencySink sink) {
    if (isCommitted(version)) {
      sink.depends(transaction[version], reader, Dependency.WR, operation[version], read);
    }
  }
}

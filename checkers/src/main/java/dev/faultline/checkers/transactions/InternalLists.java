package dev.faultline.checkers.transactions;

import dev.faultline.checkers.transactions.models.Anomaly;

/** Looks for transactions over lists that contradict themselves. */
final class InternalLists {

  private final Transactions transactions;
  private final Lists lists;
  private final Writers writers;
  private final Anomalies found;

  InternalLists(Transactions transactions, Writers writers, Anomalies found) {
    this.transactions = transactions;
    this.lists = transactions.lists();
    this.writers = writers;
    this.found = found;
  }

  void find() {
    for (int t = 0; t < transactions.count(); t++) {
      if (transactions.isOk(t)) {
        check(t);
      }
    }
  }

  private void check(int t) {
    for (int op = transactions.first(t); op < transactions.end(t); op++) {
      if (transactions.isRead(op)) {
        if (contradictsPast(t, op)) {
          int read = op;
          String key = key(op);
          found.add(
              Anomaly.INTERNAL,
              key,
              () ->
                  "T1 read "
                      + key
                      + " as "
                      + OperationText.list(transactions, read)
                      + ", which contradicts what it had read and appended itself",
              t);
        }
        findFuture(t, op);
      }
    }
  }

  /** Compares {@code read} with the read before it, if there is one, and the appends since. */
  private boolean contradictsPast(int t, int read) {
    int expected = transactions.length(read);
    for (int op = read - 1; op >= transactions.first(t); op--) {
      if (transactions.key(op) != transactions.key(read)) {
        continue;
      }
      if (transactions.isWrite(op)) {
        expected--;
        if (expected < 0 || element(read, expected) != transactions.value(op)) {
          return true;
        }
      } else if (transactions.isRead(op)) {
        return transactions.length(op) != expected || !agree(op, read, expected);
      }
    }
    return false;
  }

  private boolean agree(int one, int other, int length) {
    if (transactions.value(one) == transactions.value(other)) {
      return true; // Along the same list.
    }
    for (int i = 0; i < length; i++) {
      if (element(one, i) != element(other, i)) {
        return false;
      }
    }
    return true;
  }

  private void findFuture(int t, int read) {
    for (int op = read + 1; op < transactions.end(t); op++) {
      if (transactions.isWrite(op)
          && transactions.key(op) == transactions.key(read)
          && !writers.isAmbiguous(transactions.value(op))
          && contains(read, transactions.value(op))) {
        int written = op;
        String key = key(op);
        found.add(
            Anomaly.FUTURE_READ,
            key,
            () ->
                "T1 saw "
                    + transactions.versions().text(transactions.value(written))
                    + " in "
                    + key
                    + " before it appended it itself",
            t);
      }
    }
  }

  private boolean contains(int read, int version) {
    for (int i = transactions.length(read) - 1; i >= 0; i--) {
      if (element(read, i) == version) {
        return true;
      }
    }
    return false;
  }

  private int element(int read, int index) {
    return lists.element(transactions.key(read), transactions.value(read), index);
  }

  private String key(int op) {
    return transactions.versions().keyName(transactions.key(op));
  }
}

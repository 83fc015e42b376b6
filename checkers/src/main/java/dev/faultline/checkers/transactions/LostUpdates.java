package dev.faultline.checkers.transactions;

import dev.faultline.checkers.transactions.models.Anomaly;

/**
 * Looks for lost updates: two committed transactions that first read the same version of a key, and
 * both wrote the key. One of them cannot have known of the other.
 *
 * <p>Nothing follows from a version that was written twice: each may have read another write of it.
 */
final class LostUpdates {

  private final Transactions transactions;
  private final Writers writers;
  private final Anomalies found;
  private final LongIntMap firstUpdater = new LongIntMap();

  LostUpdates(Transactions transactions, Writers writers, Anomalies found) {
    this.transactions = transactions;
    this.writers = writers;
    this.found = found;
  }

  void find() {
    for (int t = 0; t < transactions.count(); t++) {
      if (transactions.isOk(t)) {
        for (int op = transactions.first(t); op < transactions.end(t); op++) {
          if (transactions.isRead(op) && isFirst(t, op) && isWritten(t, op)) {
            updated(t, op);
          }
        }
      }
    }
  }

  private void updated(int t, int read) {
    int seen = transactions.seen(read);
    if (seen != Transactions.NIL && writers.isAmbiguous(seen)) {
      return;
    }
    int key = transactions.key(read);
    // Versions are of one key each; the initial state is one version of each key.
    long version = seen == Transactions.NIL ? -1L - key : seen;
    int other = firstUpdater.get(version);
    if (other == LongIntMap.ABSENT) {
      firstUpdater.put(version, t);
      return;
    }
    String name = transactions.versions().keyName(key);
    found.add(
        Anomaly.LOST_UPDATE,
        name,
        () ->
            "T1 and T2 both read "
                + name
                + " as "
                + state(seen)
                + ", and each wrote it without having seen the other's write",
        other,
        t);
  }

  /** Puts what both saw into words; of their lists only the last element need be the same. */
  private String state(int seen) {
    String version = OperationText.version(transactions, seen);
    return switch (transactions.workload()) {
      case APPEND -> seen == Transactions.NIL ? "[]" : "a list that ends in " + version;
      case WR -> version;
    };
  }

  private boolean isFirst(int t, int read) {
    for (int op = transactions.first(t); op < read; op++) {
      if (transactions.key(op) == transactions.key(read)) {
        return false;
      }
    }
    return true;
  }

  private boolean isWritten(int t, int read) {
    for (int op = read + 1; op < transactions.end(t); op++) {
      if (transactions.isWrite(op) && transactions.key(op) == transactions.key(read)) {
        return true;
      }
    }
    return false;
  }
}

package dev.faultline.checkers.transactions;

import dev.faultline.checkers.transactions.models.Anomaly;

/**
 * Looks for lost updates: two committed transactions that first read the same version of a key, and
 * both wrote the key. One of them cannot have known of the other.
 */
final class LostUpdates {

  private final Transactions transactions;
  private final Anomalies found;
  private final LongIntMap firstUpdater = new LongIntMap();

  LostUpdates(Transactions transactions, Anomalies found) {
    this.transactions = transactions;
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
                + (transactions.workload() == Workload.APPEND
                    ? OperationText.list(transactions, read)
                    : OperationText.version(transactions, seen))
                + " and wrote it: one of the updates is lost",
        other,
        t);
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

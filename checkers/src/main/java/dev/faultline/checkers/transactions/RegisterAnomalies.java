package dev.faultline.checkers.transactions;

import dev.faultline.checkers.transactions.models.Anomaly;

/** The anomalies of registers that need no graph. */
final class RegisterAnomalies {

  private final Transactions transactions;
  private final Versions versions;
  private final Writers writers;
  private final Anomalies found;

  RegisterAnomalies(Transactions transactions, Writers writers, Anomalies found) {
    this.transactions = transactions;
    this.versions = transactions.versions();
    this.writers = writers;
    this.found = found;
  }

  void find() {
    for (int t = 0; t < transactions.count(); t++) {
      if (transactions.isOk(t)) {
        for (int op = transactions.first(t); op < transactions.end(t); op++) {
          if (transactions.isRead(op)) {
            internal(t, op);
            read(t, op);
          }
        }
      }
    }
  }

  private void internal(int t, int read) {
    for (int op = read - 1; op >= transactions.first(t); op--) {
      if (transactions.key(op) != transactions.key(read)) {
        continue;
      }
      int expected = transactions.value(op);
      if (expected != transactions.value(read)) {
        String key = versions.keyName(transactions.key(read));
        found.add(
            Anomaly.INTERNAL,
            key,
            () ->
                "T1 read "
                    + key
                    + " as "
                    + OperationText.version(transactions, transactions.value(read))
                    + ", but it had itself "
                    + "left or seen it as "
                    + OperationText.version(transactions, expected),
            t);
      }
      return;
    }
  }

  private void read(int t, int op) {
    int version = transactions.value(op);
    if (version == Transactions.NIL || writers.isAmbiguous(version)) {
      return;
    }
    String key = versions.keyName(transactions.key(op));
    int writer = writers.transaction(version);
    if (writers.isGarbage(version)) {
      if (!transactions.problems().mayLackWrites()) {
        found.add(
            Anomaly.GARBAGE_READ,
            key,
            () -> "T1 read " + key + " as " + versions.text(version) + ", which nobody wrote",
            t);
      }
    } else if (writers.isAborted(version)) {
      found.add(
          Anomaly.G1A,
          key,
          () -> "T1 read " + versions.text(version) + " of " + key + ", T2 wrote it, but T2 failed",
          t,
          writer);
    } else if (writer == t && writers.operation(version) > op) {
      found.add(
          Anomaly.FUTURE_READ,
          key,
          () -> "T1 read " + versions.text(version) + " of " + key + " before it wrote it itself",
          t);
    } else if (writer != t && writers.isIntermediate(version)) {
      found.add(
          Anomaly.G1B,
          key,
          () ->
              "T1 read "
                  + versions.text(version)
                  + " of "
                  + key
                  + ", which T2 wrote and then overwrote itself",
          t,
          writer);
    }
  }
}

package dev.faultline.checkers.transactions;

import dev.faultline.checkers.transactions.models.Anomaly;
import java.util.HashMap;
import java.util.Map;

/** The mod revision at which each version came to be, where the system told it. */
final class Revisions {

  private Revisions() {}

  /** Returns the revision of each version; one that has several is an anomaly, and left out. */
  static Map<Integer, Long> of(Transactions transactions, Writers writers, Anomalies found) {
    Map<Integer, Long> revisions = new HashMap<>();
    Map<Integer, Integer> teller = new HashMap<>();
    if (!transactions.hasRevisions()) {
      return revisions;
    }
    for (int t = 0; t < transactions.count(); t++) {
      if (!transactions.isOk(t)) {
        continue;
      }
      for (int op = transactions.first(t); op < transactions.end(t); op++) {
        int version = transactions.value(op);
        long revision = transactions.revision(op);
        boolean tells = revision > 0 && version >= 0 && !writers.isAmbiguous(version);
        if (!tells || writers.isIntermediate(version)) {
          continue;
        }
        Long known = revisions.putIfAbsent(version, revision);
        Integer first = teller.putIfAbsent(version, t);
        if (known != null && first != null && known != revision) {
          String key = transactions.versions().keyName(transactions.key(op));
          found.add(
              Anomaly.CYCLIC_VERSIONS,
              key,
              () ->
                  "version "
                      + transactions.versions().text(version)
                      + " of "
                      + key
                      + " came to be twice: T1 was told mod revision "
                      + known
                      + ", T2 "
                      + revision,
              first,
              t);
        }
      }
    }
    return revisions;
  }
}

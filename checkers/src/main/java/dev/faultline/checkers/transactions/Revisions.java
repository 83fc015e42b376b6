package dev.faultline.checkers.transactions;

import dev.faultline.checkers.transactions.models.Anomaly;
import java.util.HashMap;
import java.util.Map;

/**
 * The revision at which each version came to be, where the system told it.
 *
 * <p>As in etcd, revisions number the transactions that write: all that a transaction writes has
 * one revision. So what is told of one of its versions holds for the others, unless the system was
 * seen to number otherwise.
 */
final class Revisions {

  /** Stands for a revision that nobody was told. */
  static final long UNKNOWN = 0;

  private final Transactions transactions;
  private final Writers writers;
  private final long[] revisions;
  private final int[] tellers;
  private boolean oneEach = true;

  private Revisions(Transactions transactions, Writers writers, int versions) {
    this.transactions = transactions;
    this.writers = writers;
    this.revisions = new long[versions];
    this.tellers = new int[versions];
  }

  /** Works out the revision of each version; two of one version are an anomaly. */
  static Revisions of(Transactions transactions, Writers writers, Anomalies found) {
    boolean told = transactions.hasRevisions();
    Revisions revisions =
        new Revisions(transactions, writers, told ? transactions.versions().count() : 0);
    if (told) {
      revisions.collect(found);
      for (int t = 0; t < transactions.count() && revisions.oneEach; t++) {
        revisions.oneEach = revisions.ofTransaction(t) >= UNKNOWN;
      }
      for (int t = 0; t < transactions.count() && revisions.oneEach; t++) {
        revisions.spread(t, revisions.ofTransaction(t));
      }
      revisions.findShared(found);
    }
    return revisions;
  }

  /** Returns the revision of {@code version}, or {@link #UNKNOWN}. */
  long of(int version) {
    return revisions.length == 0 ? UNKNOWN : revisions[version];
  }

  boolean isEmpty() {
    return revisions.length == 0;
  }

  private void collect(Anomalies found) {
    for (int t = 0; t < transactions.count(); t++) {
      if (transactions.isOk(t)) {
        for (int op = transactions.first(t); op < transactions.end(t); op++) {
          if (transactions.revision(op) > UNKNOWN && isPlain(transactions.value(op))) {
            told(t, op, found);
          }
        }
      }
    }
  }

  private boolean isPlain(int version) {
    return version >= 0 && !writers.isAmbiguous(version) && !writers.isIntermediate(version);
  }

  private void told(int t, int op, Anomalies found) {
    int version = transactions.value(op);
    long revision = transactions.revision(op);
    long known = revisions[version];
    if (known == UNKNOWN) {
      revisions[version] = revision;
      tellers[version] = t;
    } else if (known != revision) {
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
          tellers[version],
          t);
    }
  }

  /** A revision, of all keys together or of each by itself. */
  private record Claim(int key, long revision) {}

  /**
   * Looks for revisions at which two transactions wrote. A database that forgets what it had
   * acknowledged numbers on from where it woke up.
   */
  private void findShared(Anomalies found) {
    Map<Claim, Integer> claims = new HashMap<>();
    for (int version = 0; version < revisions.length; version++) {
      if (revisions[version] != UNKNOWN && writers.isCommitted(version)) {
        int key = oneEach ? 0 : transactions.versions().keyOf(version);
        Integer other = claims.putIfAbsent(new Claim(key, revisions[version]), version);
        if (other != null && writers.transaction(other) != writers.transaction(version)) {
          shared(other, version, found);
        }
      }
    }
  }

  private void shared(int one, int other, Anomalies found) {
    Versions versions = transactions.versions();
    found.add(
        Anomaly.CYCLIC_VERSIONS,
        versions.keyName(versions.keyOf(other)),
        () ->
            "two transactions wrote at mod revision "
                + revisions[one]
                + ": T1 wrote "
                + versions.text(one)
                + " to "
                + versions.keyName(versions.keyOf(one))
                + ", T2 wrote "
                + versions.text(other)
                + " to "
                + versions.keyName(versions.keyOf(other)),
        writers.transaction(one),
        writers.transaction(other));
  }

  /** Returns the revision of all that {@code t} left behind, unknown, or less if it has several. */
  private long ofTransaction(int t) {
    long only = UNKNOWN;
    for (int op = transactions.first(t); op < transactions.end(t); op++) {
      if (isLeftBehind(op)) {
        long revision = revisions[transactions.value(op)];
        if (revision != UNKNOWN && only != UNKNOWN && revision != only) {
          return UNKNOWN - 1;
        }
        only = revision == UNKNOWN ? only : revision;
      }
    }
    return only;
  }

  private void spread(int t, long revision) {
    for (int op = transactions.first(t); op < transactions.end(t); op++) {
      if (isLeftBehind(op)) {
        revisions[transactions.value(op)] = revision;
      }
    }
  }

  private boolean isLeftBehind(int op) {
    return transactions.isWrite(op) && isPlain(transactions.value(op));
  }
}

package dev.faultline.checkers.transactions;

import dev.faultline.checkers.transactions.SimulatedDatabase.Op;
import dev.faultline.checkers.transactions.SimulatedDatabase.Txn;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What committed transactions were told of the revisions at which versions came to be. */
final class ToldRevisions {

  private final SimulatedDatabase database;
  private final List<Txn> all;

  /** Whether the database gives all writes of a transaction one revision, as far as one can see. */
  private final boolean oneEach;

  ToldRevisions(SimulatedDatabase database, List<Txn> all) {
    this.database = database;
    this.all = all;
    this.oneEach = all.stream().allMatch(txn -> told(txn).size() <= 1);
  }

  /** Tells whether {@code txn} can come after {@code done}, by the revisions of what they wrote. */
  boolean allow(Txn txn, Set<Txn> done) {
    for (int i = 0; i < txn.ops.size(); i++) {
      Op op = txn.ops.get(i);
      long revision = revision(txn, i);
      if (revision > 0
          && done.stream()
              .anyMatch(earlier ->
                  lastRevision(earlier, op.key) >= revision
                      || (oneEach && told(earlier).contains(revision)))) {
        return false;
      }
    }
    return true;
  }

  /** Tells whether the place of all that {@code txn} left behind is known, or of nothing. */
  boolean isPlaced(Txn txn) {
    long left = 0;
    long known = 0;
    for (int i = 0; i < txn.ops.size(); i++) {
      if (txn.isLastWrite(i)) {
        left++;
        known += revision(txn, i) > 0 ? 1 : 0;
      }
    }
    return known == left || (known == 0 && txn.outcome == Outcome.INFO);
  }

  private long lastRevision(Txn txn, int key) {
    for (int i = 0; i < txn.ops.size(); i++) {
      if (txn.ops.get(i).key == key && txn.isLastWrite(i)) {
        return revision(txn, i);
      }
    }
    return 0;
  }

  /** Returns the revision of what the {@code index}th micro-operation left behind, or 0. */
  private long revision(Txn txn, int index) {
    if (!txn.isLastWrite(index)) {
      return 0;
    }
    Op op = txn.ops.get(index);
    if (isTold(txn, op)) {
      return database.revisionOf(op.key, op.value);
    }
    Set<Long> told = told(txn);
    return oneEach && told.size() == 1 ? told.iterator().next() : 0;
  }

  private Set<Long> told(Txn txn) {
    Set<Long> told = new HashSet<>();
    for (int i = 0; i < txn.ops.size(); i++) {
      if (txn.isLastWrite(i) && isTold(txn, txn.ops.get(i))) {
        told.add(database.revisionOf(txn.ops.get(i).key, txn.ops.get(i).value));
      }
    }
    return told;
  }

  /** Tells whether no other micro-operation writes what {@code write} does. */
  static boolean isWrittenOnce(List<Txn> all, Op write) {
    return all.stream()
            .flatMap(txn -> txn.ops.stream())
            .filter(op -> op.isWriteOf(write.key, write.value))
            .count()
        == 1;
  }

  private boolean isTold(Txn writer, Op write) {
    return database.tellsRevisions()
        && database.revisionOf(write.key, write.value) > 0
        && writer.outcome != Outcome.FAIL
        && isWrittenOnce(all, write)
        && (writer.outcome == Outcome.OK
            || all.stream()
                .filter(txn -> txn.outcome == Outcome.OK)
                .flatMap(txn -> txn.ops.stream())
                .anyMatch(read ->
                    !read.write
                        && read.key == write.key
                        && !read.seen.isEmpty()
                        && read.seen.getLast() == write.value));
  }
}

package dev.faultline.checkers.transactions;

import dev.faultline.checkers.transactions.models.Anomaly;
import java.util.Arrays;
import java.util.BitSet;
import java.util.function.IntPredicate;

/** The anomalies of lists that need no graph. */
final class ListAnomalies {

  private static final int NONE = Integer.MAX_VALUE;

  private final Transactions transactions;
  private final Versions versions;
  private final Lists lists;
  private final Writers writers;
  private final ListOrders orders;
  private final Anomalies found;

  /** For each trunk, where its first aborted, garbage and repeated element is. */
  private final int[] firstAborted;

  private final int[] firstGarbage;
  private final int[] firstRepeated;

  ListAnomalies(Transactions transactions, Writers writers, ListOrders orders, Anomalies found) {
    this.transactions = transactions;
    this.versions = transactions.versions();
    this.lists = transactions.lists();
    this.writers = writers;
    this.orders = orders;
    this.found = found;
    int keys = versions.keys();
    firstAborted = new int[keys];
    firstGarbage = new int[keys];
    firstRepeated = new int[keys];
    for (int key = 0; key < keys; key++) {
      int length = lists.trunkLength(key);
      firstAborted[key] = firstIn(key, Lists.TRUNK, length, writers::isAborted);
      firstGarbage[key] = firstIn(key, Lists.TRUNK, length, writers::isGarbage);
      firstRepeated[key] = repeatedIn(key, Lists.TRUNK, length);
    }
  }

  void find() {
    for (int t = 0; t < transactions.count(); t++) {
      if (transactions.isFailed(t)) {
        continue;
      }
      for (int op = transactions.first(t); op < transactions.end(t); op++) {
        if (transactions.isRead(op) && !orders.isExcluded(transactions.key(op))) {
          read(t, op);
        }
      }
    }
    for (int key = 0; key < versions.keys(); key++) {
      if (!orders.isExcluded(key)) {
        dirtyUpdates(key);
      }
    }
    incompatibleOrders();
  }

  private void read(int t, int op) {
    int key = transactions.key(op);
    int list = transactions.value(op);
    int length = transactions.length(op);
    String name = versions.keyName(key);
    int repeated = list == Lists.TRUNK ? firstRepeated[key] : repeatedIn(key, list, length);
    if (repeated < length) {
      int element = lists.element(key, list, repeated);
      found.add(
          Anomaly.DUPLICATE_ELEMENTS,
          name,
          () -> "T1 read " + name + " and saw " + versions.text(element) + " twice",
          t);
    }
    if (!transactions.isOk(t)) {
      return;
    }
    int aborted =
        list == Lists.TRUNK ? firstAborted[key] : firstIn(key, list, length, writers::isAborted);
    if (aborted < length) {
      int element = lists.element(key, list, aborted);
      found.add(
          Anomaly.G1A,
          name,
          () ->
              "T1 saw T2's append of " + versions.text(element) + " to " + name + ", but T2 failed",
          t,
          writers.transaction(element));
    }
    garbage(t, key, list, length);
    intermediate(t, op, name);
  }

  private void garbage(int t, int key, int list, int length) {
    int garbage =
        list == Lists.TRUNK ? firstGarbage[key] : firstIn(key, list, length, writers::isGarbage);
    if (garbage < length && !transactions.problems().mayLackWrites()) {
      int element = lists.element(key, list, garbage);
      String name = versions.keyName(key);
      found.add(
          Anomaly.GARBAGE_READ,
          name,
          () -> "T1 saw " + versions.text(element) + " in " + name + ", which nobody appended",
          t);
    }
  }

  private void intermediate(int t, int op, String name) {
    int last = transactions.lastElement(op);
    if (last != Transactions.NIL
        && writers.isIntermediate(last)
        && writers.isCommitted(last)
        && writers.transaction(last) != t) {
      found.add(
          Anomaly.G1B,
          name,
          () ->
              "T1 saw "
                  + name
                  + " as it was in the middle of T2, after its append of "
                  + versions.text(last)
                  + " and before its next one",
          t,
          writers.transaction(last));
    }
  }

  private void dirtyUpdates(int key) {
    int aborted = -1;
    for (int version : orders.order(key)) {
      if (writers.isAborted(version)) {
        aborted = version;
      } else if (aborted >= 0
          && writers.isCommitted(version)
          && transactions.isOk(writers.transaction(version))) {
        int under = aborted;
        String name = versions.keyName(key);
        found.add(
            Anomaly.DIRTY_UPDATE,
            name,
            () ->
                "T2 appended "
                    + versions.text(version)
                    + " to "
                    + name
                    + " on top of "
                    + versions.text(under)
                    + ", which T1 had appended, but T1 failed",
            writers.transaction(under),
            writers.transaction(version));
        aborted = -1;
      }
    }
  }

  private void incompatibleOrders() {
    int[] witness = new int[versions.keys()];
    BitSet reported = new BitSet();
    Arrays.fill(witness, -1);
    for (int t = 0; t < transactions.count(); t++) {
      for (int op = transactions.first(t); op < transactions.end(t); op++) {
        if (!transactions.isRead(op) || orders.isExcluded(transactions.key(op))) {
          continue;
        }
        int key = transactions.key(op);
        if (orders.isAlong(op)) {
          if (witness[key] < 0 || transactions.length(op) > transactions.length(witness[key])) {
            witness[key] = op;
          }
        } else {
          reported.set(op);
        }
      }
    }
    reported.stream().forEach(op -> incompatible(op, witness[transactions.key(op)]));
  }

  private void incompatible(int read, int other) {
    String name = versions.keyName(transactions.key(read));
    found.add(
        Anomaly.INCOMPATIBLE_ORDER,
        name,
        () ->
            "T1 read "
                + name
                + " as "
                + OperationText.list(transactions, read)
                + ", T2 as "
                + OperationText.list(transactions, other)
                + ": neither can have become the other by appends",
        transactions.transactionOf(read),
        transactions.transactionOf(other));
  }

  private int firstIn(int key, int list, int length, IntPredicate what) {
    for (int i = 0; i < length; i++) {
      if (what.test(lists.element(key, list, i))) {
        return i;
      }
    }
    return NONE;
  }

  private int repeatedIn(int key, int list, int length) {
    BitSet seen = new BitSet();
    for (int i = 0; i < length; i++) {
      int element = lists.element(key, list, i);
      if (seen.get(element)) {
        return i;
      }
      seen.set(element);
    }
    return NONE;
  }
}

package dev.faultline.checkers.transactions;

import java.util.Arrays;

/**
 * What each transaction did to each register, seen from outside: the version that it read before it
 * wrote, and the one that it left. Ordered by register, then by transaction.
 */
final class Touches {

  /** Stands for no version where one might stand. */
  static final int NONE = -2;

  private final Ints transaction = new Ints();
  private final Ints readOperation = new Ints();
  private final Ints writeOperation = new Ints();
  private final Transactions transactions;
  private final Writers writers;
  private final int[] byKey;
  private final int[] firsts;

  Touches(Transactions transactions, Writers writers) {
    this.transactions = transactions;
    this.writers = writers;
    Ints keys = new Ints();
    for (int t = 0; t < transactions.count(); t++) {
      if (!transactions.isFailed(t)) {
        for (int op = transactions.first(t); op < transactions.end(t); op++) {
          if (isFirst(t, op)) {
            add(t, op, keys);
          }
        }
      }
    }
    firsts = new int[transactions.versions().keys() + 1];
    for (int i = 0; i < keys.size(); i++) {
      firsts[keys.get(i) + 1]++;
    }
    for (int key = 0; key + 1 < firsts.length; key++) {
      firsts[key + 1] += firsts[key];
    }
    byKey = new int[keys.size()];
    int[] next = Arrays.copyOf(firsts, firsts.length);
    for (int i = 0; i < keys.size(); i++) {
      byKey[next[keys.get(i)]++] = i;
    }
  }

  private boolean isFirst(int t, int op) {
    for (int before = transactions.first(t); before < op; before++) {
      if (transactions.key(before) == transactions.key(op)) {
        return false;
      }
    }
    return true;
  }

  private void add(int t, int first, Ints keys) {
    int read = -1;
    int write = -1;
    for (int op = first; op < transactions.end(t); op++) {
      if (transactions.key(op) == transactions.key(first)) {
        if (transactions.isWrite(op)) {
          write = op;
        } else if (transactions.isRead(op) && read < 0 && write < 0 && transactions.isOk(t)) {
          read = op;
        }
      }
    }
    transaction.add(t);
    readOperation.add(read);
    writeOperation.add(write);
    keys.add(transactions.key(first));
  }

  /** Returns the place of the first touch of {@code key}. */
  int first(int key) {
    return firsts[key];
  }

  /** Returns the place after its last. */
  int end(int key) {
    return firsts[key + 1];
  }

  int transaction(int place) {
    return transaction.get(byKey[place]);
  }

  int readOperation(int place) {
    return readOperation.get(byKey[place]);
  }

  int writeOperation(int place) {
    return writeOperation.get(byKey[place]);
  }

  /** Returns the version read from outside, {@link Transactions#NIL}, or {@link #NONE}. */
  int read(int place) {
    return usable(readOperation(place));
  }

  /** Returns the version left behind, or {@link #NONE}. */
  int written(int place) {
    return usable(writeOperation(place));
  }

  private int usable(int operation) {
    if (operation < 0) {
      return NONE;
    }
    int version = transactions.value(operation);
    return version >= 0 && writers.isAmbiguous(version) ? NONE : version;
  }
}

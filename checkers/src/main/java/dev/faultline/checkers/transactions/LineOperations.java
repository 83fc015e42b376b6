package dev.faultline.checkers.transactions;

import static java.nio.charset.StandardCharsets.UTF_8;

/** The micro-operations of a line, as long as they are of integers. */
final class LineOperations {

  private static final byte[] READ = "\"r\"".getBytes(UTF_8);

  /** What decoding makes of bytes that are no UTF-8. */
  private static final char MALFORMED = '\uFFFD';

  private final Transactions transactions;
  private final LineCursor cursor;
  private final LineRevisions revisions;
  private final byte[] write;

  LineOperations(Transactions transactions, LineCursor cursor, LineRevisions revisions) {
    this.transactions = transactions;
    this.cursor = cursor;
    this.revisions = revisions;
    this.write = ("\"" + transactions.workload().write() + "\"").getBytes(UTF_8);
  }

  /** Takes the micro-operations of an invocation. */
  boolean pack(PackedOperations into) {
    if (!cursor.take('[')) {
      return false;
    }
    do {
      if (!cursor.take('[')) {
        return false;
      }
      boolean isWrite = cursor.take(write);
      int key = isWrite || cursor.take(READ) ? key() : -1;
      if (key < 0 || !cursor.take(',')) {
        return false;
      }
      boolean valued = isWrite ? cursor.takeInteger() : cursor.take("null");
      long code = isWrite ? Values.code(cursor.number()) : 0;
      if (!valued || !cursor.take(']') || !into.add(isWrite, key, code)) {
        return false;
      }
    } while (cursor.take(','));
    return cursor.take(']');
  }

  /** Takes those of a completion, which must be those of its invocation, and adds them. */
  boolean addAll(PackedOperations asked, Outcome outcome) {
    if (!cursor.take('[')) {
      return false;
    }
    int index = 0;
    do {
      if (!cursor.take('[')) {
        return false;
      }
      boolean isWrite = cursor.take(write);
      int key = isWrite || cursor.take(READ) ? key() : -1;
      if (key < 0 || !cursor.take(',') || !(isWrite ? addWrite(key) : addRead(key, outcome))) {
        return false;
      }
      tellRevision(index, isWrite, outcome);
      if (!cursor.take(']')
          || !asked.matches(index++, isWrite, key, Values.code(cursor.number()))) {
        return false;
      }
    } while (cursor.take(','));
    return index == asked.size() && cursor.take(']');
  }

  private void tellRevision(int index, boolean isWrite, Outcome outcome) {
    long revision = revisions.of(index, isWrite);
    if (revision > Revisions.UNKNOWN && outcome == Outcome.OK) {
      transactions.noteRevision(revision);
    }
  }

  private boolean addWrite(int key) {
    if (!cursor.takeInteger()) {
      return false;
    }
    transactions.addWrite(key, Values.code(cursor.number()));
    return true;
  }

  private boolean addRead(int key, Outcome outcome) {
    boolean nil = cursor.take("null");
    if (nil && outcome != Outcome.OK) {
      transactions.addUnknownRead(key);
      return true;
    }
    if (outcome != Outcome.OK) {
      return false; // Not everyday: a read of an uncertain transaction that saw something.
    }
    if (transactions.workload() == Workload.APPEND) {
      return addList(key, nil);
    }
    if (nil) {
      transactions.addRead(key, Transactions.NIL, 0);
      return true;
    }
    if (!cursor.takeInteger()) {
      return false;
    }
    long code = Values.code(cursor.number());
    transactions.addRead(key, transactions.versions().version(key, code), 0);
    return true;
  }

  private boolean addList(int key, boolean nil) {
    Lists lists = transactions.lists();
    lists.begin(key);
    if (!nil) {
      if (!cursor.take('[')) {
        return false;
      }
      if (!cursor.take(']')) {
        do {
          if (!cursor.takeInteger()) {
            return false;
          }
          lists.element(Values.code(cursor.number()));
        } while (cursor.take(','));
        if (!cursor.take(']')) {
          return false;
        }
      }
    }
    transactions.addRead(key, lists.end(), lists.length());
    return true;
  }

  /** Takes a comma and a key; returns the key's number, or -1. */
  private int key() {
    if (!cursor.take(',')) {
      return -1;
    }
    int from = cursor.position();
    if (cursor.take('"')) {
      return cursor.takePlainText() ? textKey(from + 1, cursor.position() - 1) : -1;
    }
    return cursor.takeInteger() ? transactions.versions().key(cursor.number()) : -1;
  }

  private int textKey(int from, int to) {
    String text = new String(cursor.bytes(), from, to - from, UTF_8);
    return text.indexOf(MALFORMED) < 0 ? transactions.versions().key(text) : -1;
  }
}

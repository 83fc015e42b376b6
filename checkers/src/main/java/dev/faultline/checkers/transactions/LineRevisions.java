package dev.faultline.checkers.transactions;

import java.util.Arrays;

/** What the {@code meta} member of a line tells of revisions, as long as it tells nothing else. */
final class LineRevisions {

  private final LineCursor cursor;
  private long[] revisions = new long[4];
  private int count;
  private long header;

  LineRevisions(LineCursor cursor) {
    this.cursor = cursor;
  }

  void forget() {
    count = 0;
    header = Revisions.UNKNOWN;
  }

  /** Takes a whole object: {@code {"revision":9,"modRevision":[7,9]}}, or a part of it. */
  boolean take() {
    if (!cursor.take('{')) {
      return false;
    }
    do {
      if (cursor.take("\"revision\":")) {
        if (!cursor.takeInteger()) {
          return false;
        }
        header = cursor.number();
      } else if (!cursor.take("\"modRevision\":") || !takeAll()) {
        return false;
      }
    } while (cursor.take(','));
    return cursor.take('}');
  }

  private boolean takeAll() {
    count = 0;
    if (!cursor.take('[')) {
      return false;
    }
    do {
      if (!cursor.takeInteger()) {
        return false;
      }
      if (count == revisions.length) {
        revisions = Arrays.copyOf(revisions, count * 2);
      }
      revisions[count++] = cursor.number();
    } while (cursor.take(','));
    return cursor.take(']');
  }

  /** Returns what is told of the version that the {@code index}th micro-operation is about. */
  long of(int index, boolean isWrite) {
    if (index < count) {
      return revisions[index];
    }
    return isWrite ? header : Revisions.UNKNOWN;
  }
}

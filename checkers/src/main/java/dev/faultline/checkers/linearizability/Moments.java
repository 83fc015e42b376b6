package dev.faultline.checkers.linearizability;

import java.util.Arrays;

/**
 * The moments between the events of some operations, numbered from 0: moment {@code m} is the one
 * directly after event {@code m}. An operation can take effect at the moments from its invocation
 * on and before its completion.
 */
final class Moments {

  private final int[] events;
  private final int[] first;
  private final int[] last;

  Moments(Operations operations) {
    int[] all = new int[2 * operations.size()];
    int count = 0;
    for (int i = 0; i < operations.size(); i++) {
      all[count++] = operations.invocation(i);
      if (!operations.isOpenEnded(i)) {
        all[count++] = operations.completion(i);
      }
    }
    events = Arrays.copyOf(all, count);
    Arrays.sort(events);
    first = new int[operations.size()];
    last = new int[operations.size()];
    for (int i = 0; i < operations.size(); i++) {
      first[i] = Arrays.binarySearch(events, operations.invocation(i));
      last[i] =
          operations.isOpenEnded(i)
              ? end()
              : Arrays.binarySearch(events, operations.completion(i)) - 1;
    }
  }

  /** Returns the moment after all others, at which happens what never completes. */
  int end() {
    return events.length;
  }

  /** Returns the first moment at which {@code operation} can take effect. */
  int first(int operation) {
    return first[operation];
  }

  /** Returns the last moment at which {@code operation} can take effect. */
  int last(int operation) {
    return last[operation];
  }

  /** Tells whether {@code order}, the first {@code count} of it, agrees with real time. */
  boolean agree(int[] order, int count) {
    int latest = -1;
    for (int i = 0; i < count; i++) {
      if (last[order[i]] < latest) {
        return false;
      }
      latest = Math.max(latest, first[order[i]]);
    }
    return true;
  }
}

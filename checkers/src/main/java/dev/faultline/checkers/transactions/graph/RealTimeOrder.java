package dev.faultline.checkers.transactions.graph;

import java.util.Arrays;

/**
 * Which transactions were over before which others began, reduced to direct successors, in O(n log
 * n).
 *
 * <p>Let {@code m} be the earliest completion among the transactions that began after T was over.
 * Those that follow T directly are the ones that began after T was over and not after {@code m};
 * all later ones follow through another. In the order of invocations they are neighbours, so that
 * two numbers stand for all of them.
 */
public final class RealTimeOrder {

  private final int[] byInvocation;
  private final int[] placeOf;
  private final int[] from;
  private final int[] to;

  private RealTimeOrder(int[] byInvocation, int[] from, int[] to) {
    this.byInvocation = byInvocation;
    this.placeOf = new int[from.length];
    Arrays.fill(placeOf, -1);
    for (int place = 0; place < byInvocation.length; place++) {
      placeOf[byInvocation[place]] = place;
    }
    this.from = from;
    this.to = to;
  }

  /** Returns the order in which nothing follows anything. */
  public static RealTimeOrder none(int transactions) {
    return new RealTimeOrder(new int[0], new int[transactions], new int[transactions]);
  }

  /** Works the order of a few transactions out, as the next method does. */
  public static RealTimeOrder of(int[] invocations, int[] completions) {
    return of(invocations, completions, Deadline.never());
  }

  /**
   * Works the order out.
   *
   * @param invocations event of each transaction's invocation; negative if it is unknown, or if
   *     nothing shall come before the transaction
   * @param completions event of each transaction's completion; {@link Integer#MAX_VALUE} if nothing
   *     shall come after it
   * @throws OutOfTimeException if {@code deadline} comes first
   */
  public static RealTimeOrder of(int[] invocations, int[] completions, Deadline deadline) {
    int[] byInvocation = sortByInvocation(invocations);
    int count = byInvocation.length;
    int[] earliest = new int[count + 1];
    earliest[count] = Integer.MAX_VALUE;
    int[] sorted = new int[count];
    for (int i = count - 1; i >= 0; i--) {
      deadline.check();
      sorted[i] = invocations[byInvocation[i]];
      earliest[i] = Math.min(earliest[i + 1], completions[byInvocation[i]]);
    }
    int[] from = new int[invocations.length];
    int[] to = new int[invocations.length];
    for (int t = 0; t < invocations.length; t++) {
      deadline.check();
      if (completions[t] < Integer.MAX_VALUE) {
        from[t] = firstAfter(sorted, completions[t]);
        to[t] =
            earliest[from[t]] == Integer.MAX_VALUE ? count : firstAfter(sorted, earliest[from[t]]);
      }
    }
    return new RealTimeOrder(byInvocation, from, to);
  }

  /**
   * Returns the place in the order of invocations from which on all transactions follow {@code
   * transaction}, directly or not; {@link Integer#MAX_VALUE} if none does.
   */
  int laterFrom(int transaction) {
    return count(transaction) == 0 ? Integer.MAX_VALUE : from[transaction];
  }

  /** Returns the place of {@code transaction} in the order of invocations; -1 if it has none. */
  int placeOf(int transaction) {
    return placeOf[transaction];
  }

  /** Returns the transaction at {@code place} in the order of invocations. */
  int at(int place) {
    return byInvocation[place];
  }

  /** Returns how many transactions directly follow {@code transaction}. */
  public int count(int transaction) {
    return to[transaction] - from[transaction];
  }

  /** Returns the {@code i}th transaction that directly follows {@code transaction}. */
  public int successor(int transaction, int i) {
    return byInvocation[from[transaction] + i];
  }

  private static int[] sortByInvocation(int[] invocations) {
    long[] keyed = new long[invocations.length];
    int count = 0;
    for (int t = 0; t < invocations.length; t++) {
      if (invocations[t] >= 0) {
        keyed[count++] = (long) invocations[t] << Integer.SIZE | t;
      }
    }
    Arrays.sort(keyed, 0, count);
    int[] sorted = new int[count];
    for (int i = 0; i < count; i++) {
      sorted[i] = (int) keyed[i];
    }
    return sorted;
  }

  private static int firstAfter(int[] sorted, int event) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] > event) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}

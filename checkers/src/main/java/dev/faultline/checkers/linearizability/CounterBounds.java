package dev.faultline.checkers.linearizability;

import dev.faultline.checkers.json.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Refutes histories of a counter that never goes down, in O(n log n).
 *
 * <p>What is seen is at least the sum of what was certainly added before, and at most the sum of
 * what may have been added by then, also by additions without an answer; and it is no less than
 * what was seen before. A history that keeps to these bounds may still have no order (for any
 * amounts that is the subset-sum problem), and is left to the search, which has little to choose
 * where all additions are alike. With amounts of both signs there are no such bounds.
 */
final class CounterBounds implements Specialist {

  /** In how many observations before a wrong one a close look at it is begun. */
  private static final int CLOSE = 64;

  @Override
  public Conclusion decide(Operations operations) {
    if (!(operations.space() instanceof ModelSpace<?> space)) {
      return UNDECIDED;
    }
    Bounds bounds = new Bounds(operations);
    for (int i = 0; i < operations.size(); i++) {
      operations.limits().look(i);
      if (!bounds.sort(i, space.call(operations.call(i)))) {
        return UNDECIDED;
      }
    }
    int[] witness = bounds.contradiction();
    return witness.length == 0 ? UNDECIDED : Contradiction.of(witness);
  }

  /** An operation that saw the counter, after it added something itself. */
  private record Seen(int operation, long value, long added) {

    long before() {
      return value - added;
    }
  }

  private static final class Bounds {

    /** Sums stay far from where they would overflow. */
    private static final long MOST = Long.MAX_VALUE / 4;

    private final Moments moments;
    private final long[] amounts;
    private final List<Seen> seen = new ArrayList<>();
    private long sum;

    Bounds(Operations operations) {
      moments = new Moments(operations);
      amounts = new long[operations.size()];
    }

    /** Takes one operation; false if there are no bounds with it. */
    boolean sort(int operation, Call call) {
      if (!call.f().equals(Counter.READ) && call.argument() instanceof Json.Int(long amount)) {
        amounts[operation] = amount;
        if (amount < 0 || amount > MOST - sum) {
          return false;
        }
        sum += amount;
      }
      if (call.answer() == Call.Answer.OK && !call.f().equals(Counter.ADD)) {
        if (!(call.result() instanceof Json.Int(long value)) || value < -MOST || value > MOST) {
          return false;
        }
        seen.add(new Seen(operation, value, amounts[operation]));
      }
      return call.answer() != Call.Answer.REFUSED;
    }

    int[] contradiction() {
      long[] certain = new long[moments.end() + 2];
      long[] possible = new long[moments.end() + 2];
      for (int i = 0; i < amounts.length; i++) {
        certain[moments.last(i) + 1] += amounts[i];
        possible[moments.first(i)] += amounts[i];
      }
      Arrays.parallelPrefix(certain, Long::sum);
      Arrays.parallelPrefix(possible, Long::sum);
      seen.sort(Comparator.comparingInt(one -> moments.last(one.operation())));
      for (Seen one : seen) {
        if (one.before() < certain[moments.first(one.operation())]) {
          return tooLittle(one);
        }
        if (one.value() > possible[moments.last(one.operation())]) {
          return tooMuch(one);
        }
      }
      return goneDown();
    }

    /** Returns two of which the later saw less. */
    private int[] goneDown() {
      List<Seen> byFirst = new ArrayList<>(seen);
      byFirst.sort(Comparator.comparingInt(one -> moments.first(one.operation())));
      int completed = 0;
      Seen most = null;
      for (Seen one : byFirst) {
        while (moments.last(seen.get(completed).operation()) < moments.first(one.operation())) {
          Seen candidate = seen.get(completed++);
          most = most == null || candidate.value() > most.value() ? candidate : most;
        }
        if (most != null && most.value() > one.before()) {
          return new int[] {most.operation(), one.operation()};
        }
      }
      return new int[0];
    }

    private int[] tooLittle(Seen one) {
      int first = moments.first(one.operation());
      for (Seen before : closeBefore(one)) {
        int from = moments.last(before.operation());
        int[] between =
            additions().filter(i -> moments.first(i) > from && moments.last(i) < first).toArray();
        if (before.value() + sum(between) > one.before()) {
          return with(between, before.operation(), one.operation());
        }
      }
      return with(additions().filter(i -> moments.last(i) < first).toArray(), one.operation());
    }

    private int[] tooMuch(Seen one) {
      int last = moments.last(one.operation());
      for (Seen before : closeBefore(one)) {
        int from = moments.first(before.operation());
        int[] since =
            additions()
                .filter(i -> moments.last(i) >= from && moments.first(i) <= last)
                .filter(i -> i != before.operation())
                .toArray();
        if (before.value() + sum(since) < one.value()) {
          return with(since, before.operation(), one.operation());
        }
      }
      return with(additions().filter(i -> moments.first(i) <= last).toArray(), one.operation());
    }

    /** Returns the last observations that completed before {@code one}, the latest first. */
    private List<Seen> closeBefore(Seen one) {
      int index = seen.indexOf(one);
      List<Seen> close = new ArrayList<>();
      for (int i = index - 1; i >= Math.max(0, index - CLOSE); i--) {
        if (moments.last(seen.get(i).operation()) < moments.first(one.operation())) {
          close.add(seen.get(i));
        }
      }
      return close;
    }

    private IntStream additions() {
      return IntStream.range(0, amounts.length).filter(i -> amounts[i] > 0);
    }

    private long sum(int[] operations) {
      return Arrays.stream(operations).mapToLong(i -> amounts[i]).sum();
    }

    private static int[] with(int[] operations, int... further) {
      return IntStream.concat(IntStream.of(operations), IntStream.of(further))
          .sorted()
          .distinct()
          .toArray();
    }
  }
}

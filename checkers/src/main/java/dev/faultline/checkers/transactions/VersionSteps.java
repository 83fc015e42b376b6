package dev.faultline.checkers.transactions;

import dev.faultline.checkers.transactions.graph.Deadline;
import dev.faultline.checkers.transactions.graph.RealTimeOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What each source tells of the order of one register's versions, step by step. */
final class VersionSteps {

  /** Two versions, the first known to be before the second. */
  record Step(int before, int after) {}

  /** Receives steps. */
  @FunctionalInterface
  interface Sink {

    /**
     * Takes a step, perhaps not for the first time.
     *
     * @param first the place, among the {@link Touches}, of the transaction that left {@code
     *     before}, or {@link #NOWHERE} if the step does not rest on transactions
     * @param second that of the one that met {@code after}, perhaps the same
     */
    void step(int before, int after, int first, int second);
  }

  /** Stands for no place among the touches. */
  static final int NOWHERE = -1;

  private final Transactions transactions;
  private final Touches touches;
  private final Revisions revisions;
  private final Deadline deadline;

  VersionSteps(Transactions transactions, Touches touches, Revisions revisions, Deadline deadline) {
    this.transactions = transactions;
    this.touches = touches;
    this.revisions = revisions;
    this.deadline = deadline;
  }

  /** Returns the steps between the versions of {@code key} that {@code source} tells. */
  List<Step> of(VersionSource source, int key) {
    List<Step> steps = new ArrayList<>();
    visit(
        source,
        key,
        (before, after, _, _) -> {
          deadline.check();
          steps.add(new Step(before, after));
        });
    return steps;
  }

  /** Visits the steps that {@code source} tells, with the transactions that show them. */
  void visit(VersionSource source, int key, Sink sink) {
    switch (source) {
      case INITIAL_STATE -> {
        for (int version : versions(key)) {
          sink.step(Transactions.NIL, version, NOWHERE, NOWHERE);
        }
      }
      case MOD_REVISIONS -> byRevision(key, sink);
      case WFR_KEYS -> writesFollowReads(key, sink);
      case SEQUENTIAL_KEYS -> sequential(key, sink);
      case LINEARIZABLE_KEYS -> linearizable(key, sink);
    }
  }

  /** Returns every version of {@code key} that was read or left behind, ascending. */
  int[] versions(int key) {
    return IntStream.range(touches.first(key), touches.end(key))
        .flatMap(place -> IntStream.of(touches.read(place), touches.written(place)))
        .filter(version -> version >= 0)
        .sorted()
        .distinct()
        .toArray();
  }

  /** Versions that share a revision, which cannot be, have no place among the others. */
  private void byRevision(int key, Sink sink) {
    int[] versions = versions(key);
    Map<Long, Long> shared =
        Arrays.stream(versions)
            .mapToObj(revisions::of)
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    int[] sorted =
        Arrays.stream(versions)
            .filter(version -> revisions.of(version) != Revisions.UNKNOWN)
            .filter(version -> shared.getOrDefault(revisions.of(version), 0L) == 1)
            .boxed()
            .sorted(Comparator.comparingLong(revisions::of))
            .mapToInt(Integer::intValue)
            .toArray();
    for (int i = 1; i < sorted.length; i++) {
      sink.step(sorted[i - 1], sorted[i], NOWHERE, NOWHERE);
    }
  }

  private void writesFollowReads(int key, Sink sink) {
    for (int place = touches.first(key); place < touches.end(key); place++) {
      if (transactions.isOk(touches.transaction(place))) {
        step(touches.read(place), touches.written(place), place, place, sink);
      }
    }
  }

  private void sequential(int key, Sink sink) {
    Map<Integer, Integer> last = new HashMap<>();
    for (int place = touches.first(key); place < touches.end(key); place++) {
      int t = touches.transaction(place);
      if (transactions.isOk(t) && isKnown(place)) {
        Integer before = last.put(transactions.process(t), place);
        if (before != null) {
          step(left(before), met(place), before, place, sink);
        }
      }
    }
  }

  private void linearizable(int key, Sink sink) {
    int[] places =
        IntStream.range(touches.first(key), touches.end(key))
            .filter(place -> transactions.isOk(touches.transaction(place)) && isKnown(place))
            .toArray();
    RealTimeOrder order =
        RealTimeOrder.of(
            Arrays.stream(places)
                .map(place -> transactions.invocation(touches.transaction(place)))
                .toArray(),
            Arrays.stream(places)
                .map(place -> transactions.completion(touches.transaction(place)))
                .toArray());
    for (int i = 0; i < places.length; i++) {
      for (int s = 0; s < order.count(i); s++) {
        int later = places[order.successor(i, s)];
        step(left(places[i]), met(later), places[i], later, sink);
      }
    }
  }

  private boolean isKnown(int place) {
    return touches.read(place) != Touches.NONE || touches.written(place) != Touches.NONE;
  }

  /** Returns the version that was current when the transaction was done with it. */
  private int left(int place) {
    int written = touches.written(place);
    return written == Touches.NONE ? touches.read(place) : written;
  }

  /**
   * Returns the version that was current when the transaction came to it. One that saw the initial
   * state and then wrote is placed by what it wrote: that it should have seen more will show as a
   * cycle, which says more than a contradiction.
   */
  private int met(int place) {
    int read = touches.read(place);
    int written = touches.written(place);
    boolean sawVersion = read >= 0 || (read == Transactions.NIL && written == Touches.NONE);
    return sawVersion ? read : written;
  }

  private static void step(int before, int after, int first, int second, Sink sink) {
    if (before != after && before != Touches.NONE && after != Touches.NONE) {
      sink.step(before, after, first, second);
    }
  }
}

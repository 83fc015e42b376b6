package dev.faultline.checkers.linearizability;

import dev.faultline.checkers.json.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Refutes, in O(n log n), histories of an object that counts its changes and tells the count, such
 * as etcd's version and revision, or the token of a fenced lock.
 *
 * <p>The counts give the order of everything that tells one. Contradictions are: two changes with
 * one count; something that completed before something with a lesser count was invoked; two
 * different values of one name at one count, or at counts between which each change is known and
 * none concerns that name. Each refutes the history whatever the other operations did, also those
 * without an answer. What is not refuted is left to the search, for which counts leave little to
 * choose.
 *
 * @param pins what a call tells, or null if nothing
 */
record PinnedOrder(Function<Call, @Nullable Pins> pins) implements Specialist {

  @Override
  public Conclusion decide(Operations operations) {
    if (!(operations.space() instanceof ModelSpace<?> space)) {
      return UNDECIDED;
    }
    List<Pinned> pinned = new ArrayList<>();
    for (int i = 0; i < operations.size(); i++) {
      operations.limits().look(i);
      Pins told = pins.apply(space.call(operations.call(i)));
      if (told != null && !operations.isOpenEnded(i)) {
        pinned.add(new Pinned(i, told));
      }
    }
    pinned.sort(Comparator.comparingLong(one -> one.pins().earliest()));
    int[] witness = new Values().contradiction(pinned);
    if (witness.length == 0) {
      witness = outOfTime(pinned, operations);
    }
    return witness.length == 0 ? UNDECIDED : Contradiction.of(witness);
  }

  /** An operation and what it tells. */
  private record Pinned(int operation, Pins pins) {}

  /** Returns two operations of which the one that must come first was invoked too late. */
  private static int[] outOfTime(List<Pinned> pinned, Operations operations) {
    List<Pinned> byLatest = new ArrayList<>(pinned);
    byLatest.sort(Comparator.comparingLong(one -> one.pins().latest()));
    int before = 0;
    int last = -1;
    for (Pinned one : pinned) {
      while (before < byLatest.size()
          && byLatest.get(before).pins().latest() < one.pins().earliest()) {
        int candidate = byLatest.get(before++).operation();
        if (last < 0 || operations.invocation(candidate) > operations.invocation(last)) {
          last = candidate;
        }
      }
      if (last >= 0 && operations.completion(one.operation()) < operations.invocation(last)) {
        return new int[] {one.operation(), last};
      }
    }
    return new int[0];
  }

  /** What is known to be there. */
  private static final class Values {

    private record Known(Json value, long count, int operation) {}

    private final Map<Json, Known> known = new HashMap<>();

    /** Everything since this count is known; before it something changed that nobody tells of. */
    private long gaplessSince = Long.MIN_VALUE;

    private long count = Long.MIN_VALUE;
    private int changer;

    int[] contradiction(List<Pinned> pinned) {
      for (Pinned one : pinned) {
        long at = one.pins().latest() >> 1;
        boolean changes = one.pins().changes();
        if (changes && at == count && changer >= 0) {
          return new int[] {changer, one.operation()};
        }
        if (changes || at > count) {
          gaplessSince = changes && at == count + 1 ? gaplessSince : at;
          changer = changes ? one.operation() : -1;
          count = at;
        }
        int[] found = see(one, changes);
        if (found.length > 0) {
          return found;
        }
      }
      return new int[0];
    }

    private int[] see(Pinned one, boolean changes) {
      for (Map.Entry<Json, Json> entry : one.pins().seen().entrySet()) {
        Known before = known.get(entry.getKey());
        if (before != null
            && before.count() >= gaplessSince
            && !(changes && before.count() < count)
            && !before.value().equals(entry.getValue())) {
          return IntStream.of(before.operation(), one.operation()).toArray();
        }
        known.put(entry.getKey(), new Known(entry.getValue(), count, one.operation()));
      }
      return new int[0];
    }
  }
}

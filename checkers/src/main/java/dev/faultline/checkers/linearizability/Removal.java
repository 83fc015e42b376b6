package dev.faultline.checkers.linearizability;

import dev.faultline.checkers.json.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Decides which operations may be left out of evidence.
 *
 * <p>What never changes the state may always go. A write {@code w} to a register may go if no
 * operation {@code o} that is kept could have seen its effect: {@code o} does not need its value
 * and is no refusal, or completed before {@code w} was invoked, or a write that is kept came
 * between them ({@code w} completed before it was invoked, and it completed before {@code o} was
 * invoked). Then in any order of all operations whatever {@code o} sees was left by a kept
 * operation, and the order is still one without {@code w}. Writes to other objects stay.
 */
final class Removal {

  private final Model<?> model;
  private final List<Operation> operations;
  private final @Nullable RegisterAccess[] accesses;
  private final int since;

  /** The least event before which everything is hidden from some kept observer. */
  private int hidden;

  /** Completions of the definite writes that are kept, ascending. */
  private int[] writeCompletions = new int[0];

  /** For each of them the latest invocation of it and those before. */
  private int[] latestInvocations = new int[0];

  private final Map<Json, Observers> needing = new HashMap<>();
  private Observers refusals = new Observers();

  /**
   * Prepares to decide.
   *
   * @param since what completed before this event and is not among {@code operations} must stay
   *     hidden from those that are kept; 0 if there is nothing such
   */
  Removal(Model<?> model, List<Operation> operations, int since) {
    this.since = since;
    this.model = model;
    this.operations = operations;
    accesses = new @Nullable RegisterAccess[operations.size()];
    for (int i = 0; i < accesses.length; i++) {
      accesses[i] = model.access(operations.get(i).call());
    }
  }

  /**
   * Clears bits of {@code removed} until all that are left may go together; false if something that
   * is kept could then see what is not among the operations.
   */
  boolean restrict(BitSet removed) {
    int before;
    do {
      before = removed.cardinality();
      surveyKept(removed);
      for (int i = removed.nextSetBit(0); i >= 0; i = removed.nextSetBit(i + 1)) {
        if (!mayGo(i)) {
          removed.clear(i);
        }
      }
    } while (removed.cardinality() < before);
    return hidden >= since;
  }

  /**
   * Returns {@code index} and everything that must go with it because it could have seen its
   * effect, and so on; empty if {@code blocked} would have to go.
   *
   * @param gone what has been left out already
   */
  BitSet withWitnesses(int index, BitSet gone, int blocked) {
    BitSet group = new BitSet(operations.size());
    BitSet more = new BitSet(operations.size());
    more.set(index);
    while (!more.isEmpty()) {
      group.or(more);
      if (group.get(blocked) || !more.stream().allMatch(this::isRemovable)) {
        return new BitSet();
      }
      BitSet removed = (BitSet) gone.clone();
      removed.or(group);
      more.clear();
      surveyKept(removed);
      group.stream().flatMap(this::witnesses).forEach(more::set);
    }
    return group;
  }

  private void surveyKept(BitSet removed) {
    needing.clear();
    refusals = new Observers();
    hidden = Operation.NEVER;
    List<Operation> writes = new ArrayList<>();
    for (int i = removed.nextClearBit(0); i < operations.size(); i = removed.nextClearBit(i + 1)) {
      if (left(i) != null && !operations.get(i).isOpenEnded()) {
        writes.add(operations.get(i));
      }
    }
    writes.sort(Comparator.comparingInt(Operation::completion));
    writeCompletions = writes.stream().mapToInt(Operation::completion).toArray();
    latestInvocations = writes.stream().mapToInt(Operation::invocation).toArray();
    Arrays.parallelPrefix(latestInvocations, Math::max);
    for (int i = removed.nextClearBit(0); i < operations.size(); i = removed.nextClearBit(i + 1)) {
      RegisterAccess access = accesses[i];
      if (access != null && access.needs() != null) {
        needing.computeIfAbsent(access.needs(), _ -> new Observers()).add(i, blindBefore(i));
      }
      if (access != null && access.refutes() != null) {
        refusals.add(i, blindBefore(i));
      }
    }
    needing.values().forEach(Observers::sort);
    refusals.sort();
  }

  /**
   * Returns the moment before which every write that completed is hidden from {@code observer} by a
   * kept write that came between.
   */
  private int blindBefore(int observer) {
    int earlier = Arrays.binarySearch(writeCompletions, operations.get(observer).invocation());
    int count = earlier >= 0 ? earlier : -earlier - 1;
    int from = count == 0 ? 0 : latestInvocations[count - 1];
    hidden = Math.min(hidden, from);
    return from;
  }

  private boolean mayGo(int index) {
    return isRemovable(index) && !isSeen(index);
  }

  private boolean isRemovable(int index) {
    Call call = operations.get(index).call();
    return accesses[index] != null
        || call.answer() == Call.Answer.REFUSED
        || model.isReadOnly(call);
  }

  /** Returns the value that an operation leaves behind, or null if it changes nothing. */
  private @Nullable Json left(int index) {
    RegisterAccess access = accesses[index];
    return access == null || access.leaves() == null || access.leaves().equals(access.needs())
        ? null
        : access.leaves();
  }

  private boolean isSeen(int index) {
    Json left = left(index);
    if (left == null) {
      return false;
    }
    Operation write = operations.get(index);
    Observers ofValue = needing.get(left);
    return (ofValue != null && ofValue.anySees(write)) || refusals.anySees(write);
  }

  /** Returns the kept operations that could have seen the effect of {@code index}. */
  private IntStream witnesses(int index) {
    Json left = left(index);
    if (left == null) {
      return IntStream.empty();
    }
    Operation write = operations.get(index);
    Observers ofValue = needing.get(left);
    return IntStream.concat(
        ofValue == null ? IntStream.empty() : ofValue.thatSee(write), refusals.thatSee(write));
  }

  /** Kept operations that would notice a value, by completion. */
  private final class Observers {

    private final List<int[]> entries = new ArrayList<>();
    private int[] completions = new int[0];

    /** For each entry the least of its own moment and those of all that complete later. */
    private int[] leastBlindBefore = new int[0];

    void add(int operation, int blindBefore) {
      entries.add(new int[] {operation, blindBefore});
    }

    void sort() {
      entries.sort(Comparator.comparingInt(entry -> operations.get(entry[0]).completion()));
      int size = entries.size();
      completions = new int[size];
      leastBlindBefore = new int[size];
      for (int i = size - 1; i >= 0; i--) {
        completions[i] = operations.get(entries.get(i)[0]).completion();
        int own = entries.get(i)[1];
        leastBlindBefore[i] = i == size - 1 ? own : Math.min(own, leastBlindBefore[i + 1]);
      }
    }

    /** Tells whether one completed after {@code write} was invoked and is not blind to it. */
    boolean anySees(Operation write) {
      int from = firstAfter(write.invocation());
      return from < completions.length && leastBlindBefore[from] <= write.completion();
    }

    IntStream thatSee(Operation write) {
      return IntStream.range(firstAfter(write.invocation()), completions.length)
          .filter(i -> entries.get(i)[1] <= write.completion())
          .map(i -> entries.get(i)[0])
          .filter(o -> !operations.get(o).equals(write));
    }

    private int firstAfter(int event) {
      int low = 0;
      int high = completions.length;
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (completions[middle] < event) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      return low;
    }
  }
}

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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decides which operations may be left out of evidence.
 *
 * <p>What never changes the state may always go. A write {@code w} to a register may go if no
 * operation {@code o} that is kept could have seen its effect: {@code o} does not {@linkplain
 * RegisterAccess#notices notice} its value, or completed before {@code w} was invoked, or a write
 * that is kept came between them ({@code w} completed before it was invoked, and it completed
 * before {@code o} was invoked). Then in any order of all operations whatever {@code o} sees was
 * left by a kept operation, and the order is still one without {@code w}. Writes to other objects
 * stay.
 */
final class Removal {

  private final Model<?> model;
  private final List<Operation> operations;
  private final @Nullable RegisterAccess[] accesses;

  /** Completions of the definite writes that are kept, ascending. */
  private int[] writeCompletions = new int[0];

  /** For each of them the latest invocation of it and those before. */
  private int[] latestInvocations = new int[0];

  private final Map<Json, List<Integer>> needing = new HashMap<>();
  private final List<Integer> refusals = new ArrayList<>();

  Removal(Model<?> model, List<Operation> operations) {
    this.model = model;
    this.operations = operations;
    accesses = new @Nullable RegisterAccess[operations.size()];
    for (int i = 0; i < accesses.length; i++) {
      accesses[i] = model.access(operations.get(i).call());
    }
  }

  /** Clears bits of {@code removed} until all that are left may go together. */
  void restrict(BitSet removed) {
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
    refusals.clear();
    List<Operation> writes = new ArrayList<>();
    for (int i = removed.nextClearBit(0); i < operations.size(); i = removed.nextClearBit(i + 1)) {
      Operation operation = operations.get(i);
      RegisterAccess access = accesses[i];
      if (access == null) {
        continue;
      }
      if (access.needs() != null) {
        needing.computeIfAbsent(access.needs(), _ -> new ArrayList<>()).add(i);
      }
      if (access.refutes() != null) {
        refusals.add(i);
      }
      if (access.leaves() != null && !operation.isOpenEnded()) {
        writes.add(operation);
      }
    }
    writes.sort(Comparator.comparingInt(Operation::completion));
    writeCompletions = writes.stream().mapToInt(Operation::completion).toArray();
    latestInvocations = writes.stream().mapToInt(Operation::invocation).toArray();
    Arrays.parallelPrefix(latestInvocations, Math::max);
  }

  private boolean mayGo(int index) {
    return isRemovable(index) && witnesses(index).findAny().isEmpty();
  }

  private boolean isRemovable(int index) {
    Call call = operations.get(index).call();
    return accesses[index] != null
        || call.answer() == Call.Answer.REFUSED
        || model.isReadOnly(call);
  }

  /** Returns the kept operations that could have seen the effect of {@code index}. */
  private IntStream witnesses(int index) {
    RegisterAccess access = accesses[index];
    Json left = access == null ? null : access.leaves();
    if (left == null) {
      return IntStream.empty();
    }
    Operation write = operations.get(index);
    return Stream.concat(
            needing.getOrDefault(left, List.of()).stream(),
            refusals.stream().filter(refusal -> notices(refusal, left)))
        .mapToInt(Integer::intValue)
        .filter(o -> o != index && maySee(operations.get(o), write));
  }

  private boolean notices(int index, Json value) {
    RegisterAccess access = accesses[index];
    return access != null && access.notices(value);
  }

  private boolean maySee(Operation observer, Operation write) {
    if (observer.precedes(write)) {
      return false;
    }
    int earlier = Arrays.binarySearch(writeCompletions, observer.invocation());
    int count = earlier >= 0 ? earlier : -earlier - 1;
    return count == 0 || write.completion() >= latestInvocations[count - 1];
  }
}

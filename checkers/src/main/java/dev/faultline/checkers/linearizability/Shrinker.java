package dev.faultline.checkers.linearizability;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Shrinks operations that have no order to few that still have none (ddmin: Zeller &amp;
 * Hildebrandt, "Simplifying and Isolating Failure-Inducing Input", 2002).
 *
 * <p>Not every subset without an order is evidence: without the write, any read of its value is
 * inexplicable. A removal is only tried if {@link Removal} allows it, that is, if any order of all
 * operations would stay one without those removed. What is left then refutes the whole history.
 */
final class Shrinker {

  private final Model<?> model;
  private final Limits limits;
  private long states;

  Shrinker(Model<?> model, Limits limits) {
    this.model = model;
    this.limits = limits;
  }

  /** How many configurations the searches on the way visited. */
  long states() {
    return states;
  }

  /**
   * Returns a small part of {@code operations} that has no order, given that {@code blocked} is the
   * first that cannot be placed. The last of it to complete is {@code blocked}, which is always
   * kept.
   */
  List<Operation> shrink(List<Operation> operations, Operation blocked) {
    List<Operation> kept = knownAt(operations, blocked);
    int chunks = 2;
    while (kept.size() > 2 && !limits.isTimeUp()) {
      List<Operation> smaller = withoutSomeChunk(kept, blocked, Math.min(chunks, kept.size()));
      if (smaller.size() < kept.size()) {
        kept = smaller;
        chunks = Math.max(chunks - 1, 2);
      } else if (chunks >= kept.size()) {
        break;
      } else {
        chunks *= 2;
      }
    }
    return kept;
  }

  /** Returns what was known when {@code blocked} completed: nothing later is needed to refute. */
  private List<Operation> knownAt(List<Operation> operations, Operation blocked) {
    List<Operation> known = new ArrayList<>();
    for (Operation operation : operations) {
      if (operation.invocation() < blocked.completion()) {
        Operation then = operation.knownBefore(blocked.completion() + 1);
        if (!then.isOpenEnded() || !model.isReadOnly(then.call())) {
          known.add(then);
        }
      }
    }
    return known;
  }

  private List<Operation> withoutSomeChunk(List<Operation> kept, Operation blocked, int chunks) {
    List<Operation> result = kept;
    for (int chunk = 0; chunk < chunks && !limits.isTimeUp(); chunk++) {
      int from = (int) ((long) kept.size() * chunk / chunks);
      int to = (int) ((long) kept.size() * (chunk + 1) / chunks);
      BitSet removed = new BitSet(kept.size());
      removed.set(from, to);
      removed.clear(kept.indexOf(blocked));
      new Removal(model, kept).restrict(removed);
      if (!removed.isEmpty()) {
        List<Operation> smaller = without(kept, removed);
        if (hasNoOrder(smaller)) {
          return smaller;
        }
      }
    }
    return result;
  }

  private static List<Operation> without(List<Operation> operations, BitSet removed) {
    List<Operation> rest = new ArrayList<>(operations.size() - removed.cardinality());
    for (int i = removed.nextClearBit(0); i < operations.size(); i = removed.nextClearBit(i + 1)) {
      rest.add(operations.get(i));
    }
    return rest;
  }

  private boolean hasNoOrder(List<Operation> operations) {
    SearchResult result = Search.run(model, operations, limits, Reductions.ALL);
    states += result.states();
    return result instanceof SearchResult.Blocked;
  }
}

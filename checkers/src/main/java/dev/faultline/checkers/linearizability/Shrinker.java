package dev.faultline.checkers.linearizability;

import dev.faultline.checkers.json.Json;
import dev.faultline.checkers.linearizability.LatestOperations.Latest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Shrinks operations that have no order to few that still have none (ddmin: Zeller &amp;
 * Hildebrandt, "Simplifying and Isolating Failure-Inducing Input", 2002).
 *
 * <p>Not every subset without an order is evidence: without the write, any read of its value is
 * inexplicable. A removal is only tried if {@link Removal} allows it, that is, if any order of all
 * operations would stay one without those removed. What is left then refutes the whole history.
 */
final class Shrinker {

  /** How many of the latest operations are tried first, and how many times more after each. */
  private static final int FEW = 16;

  private static final int MORE = 8;

  private final Model<?> model;
  private final Limits limits;
  private final List<Operation> window;
  private final int blocked;
  private final Removal removal;

  /** What is left out so far; always a set that may go together, whose rest has no order. */
  private BitSet removed = new BitSet();

  private long states;

  /**
   * Prepares to shrink.
   *
   * @param latest operations that have no order, as they were known when {@code blocked} completed
   * @param blocked the first of them that cannot be placed
   */
  private Shrinker(Model<?> model, Latest latest, Operation blocked, Limits limits) {
    this.model = model;
    this.limits = limits;
    window = latest.operations();
    this.blocked = window.indexOf(blocked);
    removal = new Removal(model, window, latest.since());
  }

  /** A small part of some operations that has no order, and what it cost to find it. */
  record Shrunk(List<Operation> kept, long states) {}

  /**
   * Shrinks {@code operations}, which have no order and of which {@code blocked} is the first that
   * cannot be placed.
   *
   * @throws BudgetSpentException if the time is up before anything can be left out
   */
  static Shrunk shrink(
      Model<?> model, List<Operation> operations, Operation blocked, Limits limits) {
    List<Operation> known = knownAt(model, operations, blocked, limits);
    if (isInexplicable(model, known, blocked)) {
      return new Shrunk(List.of(blocked), 0);
    }
    Set<Operation> witness = witness(model, known);
    if (!witness.isEmpty()) {
      // What is blocked may only have ruled out the last excuse for the others.
      return new Shrunk(
          known.stream().filter(o -> o.equals(blocked) || witness.contains(o)).toList(), 0);
    }
    return model.access(blocked.call()) == null
        ? shrinkOther(model, operations, known, blocked, limits)
        : shrinkRegister(model, known, blocked, limits);
  }

  private static Shrunk shrinkRegister(
      Model<?> model, List<Operation> known, Operation blocked, Limits limits) {
    Latest all = new Latest(known, 0);
    long states = 0;
    Relaxed<?> relaxed = new Relaxed<>(model, blocked.call());
    LatestOperations latest = new LatestOperations(relaxed, known, blocked);
    for (int count = FEW; count < known.size() && !limits.isTimeUp(); count *= MORE) {
      Shrinker shrinker = new Shrinker(relaxed, latest.last(count), blocked, limits);
      if (shrinker.blocked >= 0 && shrinker.isBlockedAsItIs()) {
        return new Shrunk(shrinker.shrink(), states + shrinker.states);
      }
      states += shrinker.states;
    }
    Shrinker shrinker = new Shrinker(relaxed, all, blocked, limits);
    if (shrinker.leavesOutAllButLatest() || shrinker.isBlocked(new BitSet())) {
      return new Shrunk(shrinker.shrink(), states + shrinker.states);
    }
    states += shrinker.states;
    List<Operation> related = new RelatedOperations(model, known).of(blocked);
    shrinker = new Shrinker(model, new Latest(related, 0), blocked, limits);
    if (related.size() < known.size() && shrinker.isBlocked(new BitSet())) {
      return new Shrunk(shrinker.shrink(), states + shrinker.states);
    }
    states += shrinker.states;
    Shrinker strict = new Shrinker(model, all, blocked, limits);
    boolean _ = strict.leavesOutAllButLatest();
    return new Shrunk(strict.shrink(), states + strict.states);
  }

  private static Shrunk shrinkOther(
      Model<?> model,
      List<Operation> operations,
      List<Operation> known,
      Operation blocked,
      Limits limits) {
    Shrinker shrinker = new Shrinker(model, new Latest(known, 0), blocked, limits);
    long states = 0;
    if (!shrinker.leavesOutAllButLatest() && !shrinker.isBlocked(new BitSet())) {
      // The search knows all answers. Here one of those that came later is part of the evidence.
      states = shrinker.states;
      List<Operation> answered =
          operations.stream().filter(o -> o.invocation() < blocked.completion()).toList();
      shrinker = new Shrinker(model, new Latest(answered, 0), blocked, limits);
      boolean _ = shrinker.leavesOutAllButLatest();
    }
    return new Shrunk(shrinker.shrink(), states + shrinker.states);
  }

  /** Returns a small part of the operations that has no order; {@code blocked} is always kept. */
  private List<Operation> shrink() {
    int chunks = 2;
    while (keptCount() > 2 && !limits.isTimeUp()) {
      if (leavesOutSomeChunk(Math.min(chunks, keptCount()))) {
        chunks = Math.max(chunks - 1, 2);
      } else if (chunks >= keptCount()) {
        break;
      } else {
        chunks *= 2;
      }
    }
    leaveOutEntangled();
    return rest(removed);
  }

  /** Returns what the object's own algorithm names as contradicting each other; none if nothing. */
  private static Set<Operation> witness(Model<?> model, List<Operation> known) {
    return model instanceof Specialised object
            && object.specialist().decide(Operations.of(model, known))
                instanceof Specialist.Contradiction(List<Integer> witness)
        ? witness.stream().map(known::get).collect(Collectors.toSet())
        : Set.of();
  }

  /** Tells whether nobody leaves the value that {@code blocked} saw. */
  private static boolean isInexplicable(
      Model<?> model, List<Operation> operations, Operation blocked) {
    RegisterAccess access = model.access(blocked.call());
    Json seen = access == null ? null : access.needs();
    return seen != null
        && !seen.equals(model.initial())
        && operations.stream()
            .map(operation -> model.access(operation.call()))
            .noneMatch(other -> other != null && seen.equals(other.leaves()));
  }

  /** Returns what was known when {@code blocked} completed: nothing later is needed to refute. */
  private static List<Operation> knownAt(
      Model<?> model, List<Operation> operations, Operation blocked, Limits limits) {
    List<Operation> known = new ArrayList<>();
    int steps = 0;
    for (Operation operation : operations) {
      limits.look(steps++);
      if (operation.completion() <= blocked.completion()) {
        known.add(operation);
      } else if (operation.invocation() < blocked.completion()
          && operation.call().answer() != Call.Answer.REFUSED
          && !model.isReadOnly(operation.call())) {
        known.add(operation.knownAt(blocked.completion()));
      }
    }
    return known;
  }

  /**
   * Tries whether {@code blocked} with what it could have seen is enough, as it often is; else with
   * the last few operations before it, the last few more, and so on.
   */
  private boolean leavesOutAllButLatest() {
    for (int latest = 0; latest < window.size() && !limits.isTimeUp(); latest = 4 * latest + 4) {
      BitSet earlier = new BitSet(window.size());
      earlier.set(0, window.size() - latest);
      if (leavesOut(earlier)) {
        return true;
      }
    }
    return false;
  }

  private boolean leavesOutSomeChunk(int chunks) {
    int[] kept = IntStream.range(0, window.size()).filter(i -> !removed.get(i)).toArray();
    for (int chunk = 0; chunk < chunks && !limits.isTimeUp(); chunk++) {
      int from = (int) ((long) kept.length * chunk / chunks);
      int to = (int) ((long) kept.length * (chunk + 1) / chunks);
      BitSet more = new BitSet(window.size());
      Arrays.stream(kept, from, to).forEach(more::set);
      if (leavesOut(more)) {
        return true;
      }
    }
    return false;
  }

  /** Removes groups that no chunk held whole, such as two compare-and-sets that see each other. */
  private void leaveOutEntangled() {
    int i = removed.nextClearBit(0);
    while (i < window.size() && !limits.isTimeUp()) {
      BitSet more = removal.withWitnesses(i, removed, blocked);
      i = !more.isEmpty() && leavesOut(more) ? 0 : i + 1;
      i = removed.nextClearBit(i);
    }
  }

  /**
   * Leaves out {@code more}, or as much of it as may go, if the rest still has no order; true if
   * fewer operations are kept than before.
   */
  private boolean leavesOut(BitSet more) {
    more.or(removed);
    more.clear(blocked);
    if (!removal.restrict(more) || more.cardinality() <= removed.cardinality()) {
      return false;
    }
    if (!isBlocked(more)) {
      return false;
    }
    removed = more;
    return true;
  }

  /** Tells whether the window, which is a part of the history, has no order and refutes it. */
  private boolean isBlockedAsItIs() {
    BitSet nothing = new BitSet();
    return removal.restrict(nothing) && isBlocked(nothing);
  }

  /** Tells whether what is left certainly has no order. */
  private boolean isBlocked(BitSet without) {
    SearchResult result = Search.run(model, rest(without), limits, Reductions.ALL);
    states += result.states();
    return result instanceof SearchResult.Blocked;
  }

  private List<Operation> rest(BitSet without) {
    List<Operation> rest = new ArrayList<>(window.size() - without.cardinality());
    for (int i = without.nextClearBit(0); i < window.size(); i = without.nextClearBit(i + 1)) {
      rest.add(window.get(i));
    }
    return rest;
  }

  private int keptCount() {
    return window.size() - removed.cardinality();
  }
}

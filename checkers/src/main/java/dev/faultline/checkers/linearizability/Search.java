package dev.faultline.checkers.linearizability;

import java.util.Arrays;
import java.util.List;

/**
 * Searches an order for the operations of one key: depth-first, just in time, with a memo of every
 * configuration met (the package's essay has the algorithm and its sources).
 *
 * <p>A configuration is {@code words}: position and state in the first, then a bit for each slot
 * whose operation is placed already, then a bit for each operation without completion that was
 * used.
 */
final class Search<S> {

  private static final int TIME_CHECK_MASK = 1024 - 1;
  private static final int WORD_BITS = 6;

  /** Sorts candidates that do not place the blocked operation behind all that do. */
  private static final long DETOUR = 1L << 62;

  private final Limits limits;
  private final Reductions reductions;
  private final Transitions<S> transitions;
  private final Timeline timeline;
  private final InFlight inFlight;
  private final int slotWords;
  private final int width;
  private final ConfigurationSet memo;
  private final ConfigurationStack stack;
  private final long[] current;
  private final long[] child;
  private final long[] candidates;

  private int candidateCount;
  private int furthest;
  private long states;
  private long peakBytes;

  private Search(Model<S> model, List<Operation> operations, Limits limits, Reductions reductions) {
    this.limits = limits;
    this.reductions = reductions;
    transitions = new Transitions<>(model);
    timeline = new Timeline(operations, model, transitions);
    inFlight = new InFlight(timeline);
    slotWords = words(timeline.slots);
    width = 1 + slotWords + words(timeline.openEnded.length);
    memo = new ConfigurationSet(width);
    stack = new ConfigurationStack(width);
    current = new long[width];
    child = new long[width];
    candidates = new long[timeline.slots + timeline.openEnded.length];
  }

  /** Searches an order of {@code operations}, which are of one key and by invocation. */
  static <S> SearchResult run(
      Model<S> model, List<Operation> operations, Limits limits, Reductions reductions) {
    List<Operation> relevant =
        reductions.leaveOutUnobserved() ? Unobserved.leaveOut(model, operations) : operations;
    return new Search<>(model, relevant, limits, reductions).run();
  }

  private SearchResult run() {
    if (arrives(0, 0)) {
      return new SearchResult.Linearizable(states, bytes());
    }
    while (!stack.isEmpty()) {
      states++;
      if ((states & TIME_CHECK_MASK) == 0 && limits.isTimeUp()) {
        return gaveUp(false);
      }
      stack.pop(current);
      int position = (int) (current[0] >>> Integer.SIZE);
      int state = (int) current[0];
      inFlight.moveTo(position);
      collectCandidates(position, state);
      for (int i = candidateCount - 1; i >= 0; i--) {
        int operation = (int) candidates[i];
        place(operation, transitions.step(state, timeline.calls[operation]));
        if (memo.isFull(memoryLeft(stack.bytes())) || stack.isFull(memoryLeft(memo.bytes()))) {
          return gaveUp(true);
        }
        if (arrives(position, (int) child[0])) {
          return new SearchResult.Linearizable(states, bytes());
        }
      }
    }
    Operation blocked = timeline.operations.get(timeline.operationAt(furthest));
    return new SearchResult.Blocked(blocked, states, bytes());
  }

  /** Puts into {@link #candidates} what may come next, best first. */
  private void collectCandidates(int position, int state) {
    candidateCount = 0;
    int blocked = timeline.operationAt(position);
    for (int slot = 0; slot < timeline.slots; slot++) {
      int operation = inFlight.operation(slot);
      if (operation >= 0
          && !isPlaced(current, slot)
          && !(reductions.readsAtOnce() && timeline.readOnly[operation])
          && !(reductions.identicalInOrder() && isIdenticalDueEarlier(operation))) {
        consider(operation, state, blocked);
      }
    }
    for (int bit = 0; bit < timeline.openEnded.length; bit++) {
      int operation = timeline.openEnded[bit];
      if (timeline.invokedAt[operation] < position
          && !isUsed(current, bit)
          && !(reductions.identicalInOrder() && isIdenticalUnusedBefore(bit))) {
        consider(operation, state, blocked);
      }
    }
    Arrays.sort(candidates, 0, candidateCount);
  }

  private void consider(int operation, int state, int blocked) {
    int call = timeline.calls[operation];
    int next = transitions.step(state, call);
    if (next == Transitions.IMPOSSIBLE || (next == state && timeline.isOpenEnded(operation))) {
      // What need not happen, and would change nothing, is better left unused.
      return;
    }
    boolean placesBlocked =
        operation == blocked
            || (timeline.readOnly[blocked]
                && transitions.step(next, timeline.calls[blocked]) != Transitions.IMPOSSIBLE);
    candidates[candidateCount++] =
        (placesBlocked ? 0 : DETOUR)
            | (long) (timeline.completedAt[operation] >>> 1) << Integer.SIZE
            | operation;
  }

  private boolean isIdenticalDueEarlier(int operation) {
    for (int slot = 0; slot < timeline.slots; slot++) {
      int other = inFlight.operation(slot);
      if (other >= 0
          && timeline.calls[other] == timeline.calls[operation]
          && timeline.completedAt[other] < timeline.completedAt[operation]
          && !isPlaced(current, slot)) {
        return true;
      }
    }
    return false;
  }

  /** Identical operations without completion are used by invocation, that is in order of bits. */
  private boolean isIdenticalUnusedBefore(int bit) {
    return bit > 0
        && timeline.calls[timeline.openEnded[bit - 1]] == timeline.calls[timeline.openEnded[bit]]
        && !isUsed(current, bit - 1);
  }

  /** Makes {@link #child} the current configuration with {@code operation} placed. */
  private void place(int operation, int nextState) {
    System.arraycopy(current, 0, child, 0, width);
    if (timeline.isOpenEnded(operation)) {
      int bit = timeline.bits[operation];
      child[1 + slotWords + (bit >> WORD_BITS)] |= 1L << bit;
    } else {
      setPlaced(timeline.bits[operation]);
    }
    if (reductions.readsAtOnce()) {
      for (int slot = 0; slot < timeline.slots; slot++) {
        int other = inFlight.operation(slot);
        if (other >= 0 && timeline.readOnly[other]) {
          placeIfItFits(other, nextState);
        }
      }
    }
    child[0] = nextState;
  }

  /**
   * Walks {@link #child} from {@code position} to the next completion that is not placed and keeps
   * it there for later; true if there is none, and every operation has its place.
   */
  private boolean arrives(int position, int state) {
    int at = position;
    while (at < timeline.size()) {
      int operation = timeline.operationAt(at);
      if (timeline.isCompletion(at)) {
        if (!isPlaced(child, timeline.bits[operation])) {
          keep(at, state);
          return false;
        }
        int slot = timeline.bits[operation];
        child[1 + (slot >> WORD_BITS)] &= ~(1L << slot);
      } else if (reductions.readsAtOnce()
          && timeline.readOnly[operation]
          && !timeline.isOpenEnded(operation)) {
        placeIfItFits(operation, state);
      }
      at++;
    }
    return true;
  }

  private void keep(int position, int state) {
    furthest = Math.max(furthest, position);
    child[0] = (long) position << Integer.SIZE | state;
    if (memo.add(child)) {
      stack.push(child);
    }
  }

  private void placeIfItFits(int operation, int state) {
    if (transitions.step(state, timeline.calls[operation]) != Transitions.IMPOSSIBLE) {
      setPlaced(timeline.bits[operation]);
    }
  }

  private void setPlaced(int slot) {
    child[1 + (slot >> WORD_BITS)] |= 1L << slot;
  }

  private static boolean isPlaced(long[] configuration, int slot) {
    return (configuration[1 + (slot >> WORD_BITS)] & 1L << slot) != 0;
  }

  private boolean isUsed(long[] configuration, int bit) {
    return (configuration[1 + slotWords + (bit >> WORD_BITS)] & 1L << bit) != 0;
  }

  private SearchResult gaveUp(boolean outOfMemory) {
    Operation reached = timeline.operations.get(timeline.operationAt(furthest));
    return new SearchResult.GaveUp(
        outOfMemory, reached, timeline.completionsBefore(furthest), states, bytes());
  }

  private long memoryLeft(long othersBytes) {
    return limits.memoryBytes() - othersBytes - transitions.bytes();
  }

  private long bytes() {
    peakBytes = Math.max(peakBytes, memo.bytes() + stack.bytes() + transitions.bytes());
    return peakBytes;
  }

  private static int words(int bits) {
    return (bits + Long.SIZE - 1) >> WORD_BITS;
  }
}

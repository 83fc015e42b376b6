package dev.faultline.checkers.linearizability;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What can happen up to the completion of one operation.
 *
 * <p>In each configuration the operation has its place already, or is placed now, perhaps after
 * others that are in flight. Nothing is placed earlier than it must be (just-in-time linearization:
 * Lowe 2017), except what costs nothing: see {@link Reductions}.
 *
 * <p><b>Why an arrival proves an order.</b> Every configuration that is not joined is real ({@link
 * Layout}). Leaving out some of what could be placed, for whatever reason, makes no other one.
 *
 * <p><b>Why dying proves that there is none.</b> It has to be shown that a configuration with any
 * way to go on, real or joined, has a successor with one. Take, of all its ways to go on in which
 * blind operations may also be hidden directly before one that overwrites them, one that places the
 * fewest visibly, and in it what comes up to the placement of the operation that completes. Its
 * first step is tried, or another one that is as good:
 *
 * <ul>
 *   <li><em>Unchanging at once.</em> What does not change the state is owed in no configuration,
 *       since its obligation is dropped on invocation and on arrival in a state. If it hides
 *       nothing that is owed, it can be left out of the way, which then was not the shortest. An
 *       overwriting one that hides something is tried, whether it is going to complete or not.
 *   <li><em>Absorption.</em> To drop obligations only adds ways to go on.
 *   <li><em>Equal calls.</em> Let the way begin with an operation while one of equal call is due
 *       earlier and was tried. If it is used later on, the two trade places: the one due later also
 *       meets the other's deadline. If it is not used, it takes the place, and the other one is not
 *       used, which may be only if that one is not owed; if both are owed, the first case applies.
 *   <li><em>Domination, joining.</em> The better or joined configuration has all ways of the other,
 *       except that operations which only observe may be missing from them: no longer ones.
 *   <li><em>Goals.</em> See {@link Goals}.
 * </ul>
 *
 * <p>The way that is left after a step is shorter, so that the operation gets its place at last.
 */
final class Expansion {

  /** How many configurations on the way to one completion are followed, for each of the width. */
  private static final int DETOURS = 4;

  /** Where only those of equal state are joined, there may be too many states. */
  private static final int MOST_JOINED = 256;

  private final Timeline timeline;
  private final StateSpace space;
  private final Layout layout;
  private final InFlight inFlight;
  private final Pass.Policy policy;
  private final Reductions reductions;
  private final Meter meter;
  private final @Nullable Goals goals;
  private final @Nullable Trail trail;

  private Frontier closure;
  private final long[] current;
  private final long[] child;
  private final long[] passed;
  private long[] tried = new long[16];
  private long attempt;

  private int width;
  private boolean counting = true;
  private boolean overflowed;
  private boolean exact = true;

  private int word;
  private long bit;

  Expansion(
      Timeline timeline,
      Layout layout,
      InFlight inFlight,
      Pass.Policy policy,
      Reductions reductions,
      Meter meter,
      @Nullable Trail trail) {
    this.trail = trail;
    this.timeline = timeline;
    this.space = timeline.operations.space();
    this.layout = layout;
    this.inFlight = inFlight;
    this.policy = policy;
    this.reductions = reductions;
    this.meter = meter;
    goals =
        reductions.goals() && space instanceof RegisterSpace register
            ? new Goals(register, timeline, inFlight)
            : null;
    closure = new Frontier(layout, reductions.dominance());
    current = new long[layout.stride];
    child = new long[layout.stride];
    passed = new long[layout.stride];
  }

  void setWidth(int width) {
    this.width = width;
  }

  void setCounting(boolean counting) {
    this.counting = counting;
  }

  /** Tells whether the last completion was followed through to every configuration. */
  boolean isExact() {
    return exact;
  }

  boolean isOverflowed() {
    return overflowed;
  }

  /** Gives back the memory that the last completions took. */
  void release() {
    closure = new Frontier(layout, reductions.dominance());
  }

  long bytes() {
    return closure.bytes();
  }

  /**
   * Puts into {@code after} every configuration that {@code operation} can have completed in.
   *
   * @return false if the budget is spent, or there are too many states to join
   */
  boolean complete(int operation, Frontier before, Frontier after) {
    int slot = timeline.places[operation];
    word = slot >> Layout.WORD_SHIFT;
    bit = 1L << slot;
    exact = true;
    overflowed = false;
    closure.clear();
    for (int i = 0; i < before.size(); i++) {
      if (before.isAlive(i)) {
        before.get(i, child);
        reach(after);
      }
    }
    for (int i = 0; i < closure.size(); i++) {
      if (closure.isAlive(i)) {
        if (!meter.tick() || overflowed) {
          return false;
        }
        closure.get(i, current);
        expand(operation, after);
      }
    }
    exact &= counting && after.isJoinFree() && closure.isJoinFree();
    return true;
  }

  /** Takes note of {@link #child}: it may be where the operation completes, or lead there. */
  private void reach(Frontier after) {
    boolean must = (child[layout.must + word] & bit) != 0;
    if (!must) {
      System.arraycopy(child, 0, passed, 0, layout.stride);
      passed[layout.may + word] &= ~bit;
      if (policy == Pass.Policy.DROP) {
        boolean _ = after.add(passed);
      } else {
        boolean _ = after.addOrJoin(passed, width);
      }
    }
    if (must || (child[layout.may + word] & bit) != 0) {
      follow();
    }
  }

  private void follow() {
    if (policy == Pass.Policy.JOIN) {
      overflowed |= closure.alive() > MOST_JOINED * width;
      boolean _ = closure.addOrJoin(child, width);
    } else if (closure.alive() < DETOURS * width) {
      boolean _ = closure.add(child);
    } else {
      exact = false;
    }
  }

  /** Places in {@link #current} whatever can happen next. */
  private void expand(int completing, Frontier after) {
    if (goals != null) {
      goals.aim(current, layout);
    }
    attempt++;
    int state = (int) current[0];
    for (int i = 0; i < inFlight.count(); i++) {
      int operation = inFlight.operation(i);
      int slot = timeline.places[operation];
      int at = slot >> Layout.WORD_SHIFT;
      long slotBit = 1L << slot;
      boolean must = (current[layout.must + at] & slotBit) != 0;
      if (!must && (current[layout.may + at] & slotBit) == 0) {
        continue;
      }
      int call = timeline.call(operation);
      int next = space.step(state, call);
      if (next == StateSpace.IMPOSSIBLE
          || (next == state && !changesAnything(call))
          || wasTried(call, must)
          || !(operation == completing || isOfUse(next, call, must))) {
        continue;
      }
      System.arraycopy(current, 0, child, 0, layout.stride);
      child[layout.may + at] &= ~slotBit;
      child[layout.must + at] &= ~slotBit;
      lay(operation, completing);
      arrive(next, call);
      reach(after);
    }
    useOpenEnded(state, completing, after);
  }

  private void useOpenEnded(int state, int completing, Frontier after) {
    for (int i = 0; i < timeline.classCalls.length; i++) {
      int call = timeline.classCalls[i];
      int used = counting ? layout.used(current, i) : 0;
      if (used >= inFlight.invoked(i)) {
        continue;
      }
      int next = space.step(state, call);
      if (next == StateSpace.IMPOSSIBLE
          || (next == state && !changesAnything(call))
          || !isOfUse(next, call, false)
          || wasTried(call, false)) {
        continue;
      }
      System.arraycopy(current, 0, child, 0, layout.stride);
      if (counting) {
        layout.use(child, i);
      }
      lay(Trail.memberOf(i), completing);
      arrive(next, call);
      reach(after);
    }
  }

  private void lay(int placed, int completing) {
    if (trail != null) {
      int before = (int) child[layout.width];
      child[layout.width] = trail.add(before, placed, timeline.completedAt[completing]);
    }
  }

  /** Makes {@code state} the state of {@link #child}, after {@code call}. */
  private void arrive(int state, int call) {
    child[0] = state;
    if (reductions.absorption() && space.overwrites(call)) {
      for (int i = 0; i < layout.slotWords; i++) {
        child[layout.must + i] &= ~inFlight.blind[i];
      }
    }
    if (reductions.unchangingAtOnce()) {
      int mask = inFlight.unchanging(state);
      for (int i = 0; i < layout.slotWords; i++) {
        child[layout.must + i] &= ~inFlight.mask(mask + i);
      }
    }
  }

  /**
   * Tells whether {@code call} is worth placing although it leaves the state as it is: an
   * overwriting one can still hide what is put directly before it.
   */
  private boolean changesAnything(int call) {
    if (!reductions.unchangingAtOnce()) {
      return true;
    }
    return reductions.absorption() && space.overwrites(call) && hasToBeHidden();
  }

  private boolean hasToBeHidden() {
    for (int i = 0; i < layout.slotWords; i++) {
      if ((current[layout.must + i] & inFlight.blind[i]) != 0) {
        return true;
      }
    }
    return false;
  }

  private boolean isOfUse(int next, int call, boolean must) {
    return goals == null || goals.isOfUse(next) || (must && !space.isBlind(call));
  }

  /**
   * Tells whether an operation with an equal call, due earlier, was tried in its stead. One that
   * need not be placed cannot stand in for one that must: the other would still be owed.
   */
  private boolean wasTried(int call, boolean must) {
    if (!reductions.classes()) {
      return false;
    }
    if (call >= tried.length) {
      tried = Arrays.copyOf(tried, Math.max(call + 1, 2 * tried.length));
    }
    long without = 2 * attempt;
    long with = without + 1;
    if (tried[call] == with || (tried[call] == without && !must)) {
      return true;
    }
    tried[call] = must ? with : without;
    return false;
  }
}

package dev.faultline.checkers.linearizability;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Searches an order for the operations of one key from both sides (the package's essay has the
 * algorithm and its sources).
 *
 * <p>One pass drops configurations when there are too many: if it arrives, there is an order. When
 * it dies, another pass comes after it that joins configurations instead: if that dies too, there
 * is none. If it does not, both go back, with more width, until one of them proves something, or
 * the budget is spent.
 */
final class Search {

  private static final int NARROW = 4;

  /** Each retry is eight times as wide as the one before. */
  private static final int WIDENING_BITS = 3;

  private static final int FIRST_JOINS = 4;

  /** How many events the first retry goes back; each further one goes back four times as far. */
  private static final int FIRST_REWIND = 64;

  private static final int FURTHER_BITS = 2;

  /** From how many events before a dead end the first attempt to refute it begins. */
  private static final int FIRST_LATE = 1024;

  /** With more states than this, those of all that was before are too many. */
  private static final int MOST_LATE_STATES = 256;

  private static final int MOST_BITS = 20;

  private final Timeline timeline;
  private final Meter meter;
  private final Layout layout;
  private final Reductions reductions;
  private final Pass proof;
  private final @Nullable Trail trail;
  private final Limits limits;
  private @Nullable Pass refutation;

  /** Refutes from what happened lately alone; null as long as there was no need to. */
  private @Nullable Pass late;

  private boolean overflowed;
  private boolean refutationTooLarge;

  /** The furthest completion that could not be passed; all before it have an order. */
  private int furthest;

  /** How often the proof went back from dead ends there. */
  private int retries;

  /** Until where it walks with the width of its last retry. */
  private int wideUntil;

  private Search(Operations operations, Limits limits, Reductions reductions, boolean withTrail) {
    this.reductions = reductions;
    timeline = new Timeline(operations, reductions.classes());
    trail = withTrail ? new Trail() : null;
    layout = new Layout(timeline, withTrail);
    this.limits = limits;
    meter = new Meter(limits, timeline.bytes());
    meter.watch(operations.space()::bytes);
    if (trail != null) {
      meter.watch(trail::bytes);
    }
    proof = new Pass(timeline, layout, Pass.Policy.DROP, reductions, meter, trail);
  }

  /** Searches an order of {@code operations}, which are of one key and by invocation. */
  static SearchResult run(
      Model<?> model, List<Operation> operations, Limits limits, Reductions reductions) {
    return run(Operations.of(model, operations), limits, reductions);
  }

  /** Searches an order of {@code operations}. */
  static SearchResult run(Operations operations, Limits limits, Reductions reductions) {
    return run(operations, limits, reductions, Helpers.NONE);
  }

  /** Searches an order of {@code operations} with more than one thread. */
  static SearchResult run(
      Operations operations, Limits limits, Reductions reductions, Helpers helpers) {
    try {
      Operations relevant =
          reductions.leaveOutUnobserved() ? Unobserved.leaveOut(operations) : operations;
      return new Search(relevant, limits, reductions, false).run(helpers);
    } catch (BudgetSpentException _) {
      // Not even the preparations were finished.
      return new SearchResult.GaveUp(false, 0, 0, operations.bytes());
    }
  }

  /**
   * Returns an order of {@code operations} as indexes of their invocations, without those that need
   * not have happened; none if there is none, or if the limits do not suffice to find one.
   */
  static Optional<int[]> order(Operations operations, Limits limits) {
    try {
      return orderOf(Unobserved.leaveOut(operations), limits);
    } catch (BudgetSpentException _) {
      return Optional.empty();
    }
  }

  private static Optional<int[]> orderOf(Operations relevant, Limits limits) {
    Search search = new Search(relevant, limits, Reductions.ALL, true);
    if (search.trail == null || !(search.run(Helpers.NONE) instanceof SearchResult.Linearizable)) {
      return Optional.empty();
    }
    int[] order = new Replay(search.timeline, search.trail).order(search.proof.anyTrail());
    return Optional.of(Arrays.stream(order).map(relevant::invocation).toArray());
  }

  private SearchResult run(Helpers helpers) {
    try (Scouts scouts = new Scouts(timeline, layout, reductions, meter, limits, helpers)) {
      return run(scouts);
    } catch (BudgetSpentException _) {
      meter.timeIsUp();
      return gaveUp();
    }
  }

  private SearchResult run(Scouts scouts) {
    proof.setWidth(NARROW);
    while (true) {
      boolean wide = proof.position() < wideUntil;
      int meeting = scouts.meetingPlace();
      Pass.Ending ending = proof.advance(wide ? Math.min(wideUntil, meeting) : meeting);
      if (ending == Pass.Ending.ARRIVED && proof.position() < timeline.size()) {
        if (proof.position() == meeting) {
          scouts.meet(proof);
        }
        if (proof.position() >= wideUntil) {
          proof.setWidth(NARROW);
        }
        continue;
      }
      if (ending == Pass.Ending.ARRIVED) {
        return new SearchResult.Linearizable(meter.states(), meter.peakBytes());
      }
      int dead = proof.position();
      if (ending == Pass.Ending.OUT_OF_MEMORY && scouts.dismiss()) {
        meter.forgiveMemory();
        proof.rewind(dead);
        continue;
      }
      if (ending != Pass.Ending.DEAD) {
        furthest = Math.max(furthest, dead);
        return ending == Pass.Ending.OUT_OF_MEMORY && mayGoOnAlone() ? refuteAlone() : gaveUp();
      }
      if (proof.isExact()) {
        return blocked(Math.max(furthest, dead));
      }
      retries = dead > furthest + FIRST_REWIND ? 1 : retries + 1;
      furthest = Math.max(furthest, dead);
      if (retries > 1 && !refutationTooLarge && refutes(retries - 2, furthest + 1)) {
        return blocked(furthest);
      }
      proveAloneIfOutOfMemory();
      if (meter.isSpent()) {
        return gaveUp();
      }
      goBack(scouts, dead);
    }
  }

  /** Goes back from a dead end, further and wider the more often; or to before a scout's guess. */
  private void goBack(Scouts scouts, int dead) {
    if (retries > 1 && scouts.takeBack(proof)) {
      proof.setWidth(NARROW);
      wideUntil = 0;
      retries = 0;
      return;
    }
    proof.rewind(dead - grown(FIRST_REWIND, FURTHER_BITS, retries - 1));
    scouts.wentBackTo(proof.position());
    proof.setWidth(grown(NARROW, WIDENING_BITS, retries));
    wideUntil = Math.min(furthest + FIRST_REWIND, timeline.size());
  }

  /** Goes on without the refutation if that does not fit: an order may be found all the same. */
  private void proveAloneIfOutOfMemory() {
    if (refutation != null && meter.outOfMemory() && !meter.outOfTime()) {
      refutation.release();
      refutationTooLarge = true;
      meter.forgiveMemory();
    }
  }

  /** A pass that joins can prove an order too, but not show it. */
  private boolean mayGoOnAlone() {
    return !refutationTooLarge && trail == null;
  }

  /**
   * Goes on without the proof, which does not fit: configurations that are joined take less, and
   * where they die there is no order, however far the proof came.
   */
  private SearchResult refuteAlone() {
    proof.release();
    for (int times = retries; WIDENING_BITS * times <= MOST_BITS; times++) {
      meter.forgiveMemory();
      boolean dead = refutesByAll(times, timeline.size());
      Pass joined = Objects.requireNonNull(refutation);
      if (dead) {
        return blocked(Math.max(furthest, joined.position()));
      }
      if (joined.position() == timeline.size() && joined.isExact()) {
        return new SearchResult.Linearizable(meter.states(), meter.peakBytes());
      }
      if (meter.isSpent()) {
        break;
      }
    }
    return new SearchResult.GaveUp(
        !meter.outOfTime(),
        timeline.completionsBefore(furthest),
        meter.states(),
        meter.peakBytes());
  }

  /** Tells whether there is certainly no order for what completed before {@code target}. */
  private boolean refutes(int times, int target) {
    return refutesByWhatIsLate(times, target) || refutesByAll(times, target);
  }

  /**
   * Looks only at what happened shortly before, whatever was before that: often this is enough to
   * refute, and it costs the same however long the history is.
   */
  private boolean refutesByWhatIsLate(int times, int target) {
    int from =
        (target - grown(FIRST_LATE, FURTHER_BITS, times))
            / Checkpoints.SPACING
            * Checkpoints.SPACING;
    if (from <= 0
        || !(timeline.operations.space() instanceof RegisterSpace register)
        || register.values() > MOST_LATE_STATES) {
      return false;
    }
    if (late == null) {
      late = new Pass(timeline, layout, Pass.Policy.JOIN, reductions, meter, null);
      late.setCounting(false);
    }
    late.setWidth(grown(FIRST_JOINS, WIDENING_BITS, times));
    late.beginWithBest(register, from);
    boolean dead = late.advance(target) == Pass.Ending.DEAD;
    late.release();
    if (meter.outOfMemory() && !meter.outOfTime()) {
      meter.forgiveMemory();
    }
    return dead;
  }

  private boolean refutesByAll(int times, int target) {
    boolean first = refutation == null;
    if (refutation == null) {
      refutation = new Pass(timeline, layout, Pass.Policy.JOIN, reductions, meter, null);
    }
    // Without a count of what was used, a register still has no more states than values.
    boolean finite = timeline.operations.space() instanceof RegisterSpace;
    refutation.setCounting(times > 1 || !finite || layout.width == layout.counts);
    refutation.setWidth(grown(FIRST_JOINS, WIDENING_BITS, times));
    if (!first && (times > 0 || overflowed)) {
      int from = Math.min(refutation.position(), target - 1);
      refutation.rewind(from - grown(FIRST_REWIND, FURTHER_BITS, times));
    }
    Pass.Ending ending = refutation.advance(target);
    overflowed = ending == Pass.Ending.OVERFLOWED;
    return ending == Pass.Ending.DEAD;
  }

  private static int grown(int first, int bits, int times) {
    return first << Math.min(bits * times, MOST_BITS);
  }

  private SearchResult blocked(int position) {
    return new SearchResult.Blocked(
        timeline.operations.completion(timeline.operationAt(position)),
        meter.states(),
        meter.peakBytes());
  }

  private SearchResult gaveUp() {
    return new SearchResult.GaveUp(
        meter.outOfMemory(),
        timeline.completionsBefore(furthest),
        meter.states(),
        meter.peakBytes());
  }
}

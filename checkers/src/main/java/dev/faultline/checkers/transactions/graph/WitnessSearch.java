package dev.faultline.checkers.transactions.graph;

import org.jspecify.annotations.Nullable;

/**
 * Finds a shortest cycle of a class: from each transaction that one can start at, breadth first
 * back to where it began, never further than the best cycle so far.
 *
 * <p>Once there is a cycle, only so many steps are spent on a shorter one: in a component of a
 * hundred thousand transactions, proving that none is shorter could take minutes.
 */
final class WitnessSearch {

  private static final int FEWEST_FOR_FILTER = 64;
  private static final int FEWEST_BUT_PAIRS = 3;
  private static final int STEPS_FOR_SHORTER = 20_000_000;

  /** Stands for an edge of real time, of which only the direct ones are stored. */
  private static final int IN_REAL_TIME = -1;

  /** Stands for no state where one might stand, and for all edges where one might. */
  private static final int NONE = -1;

  private final Component component;
  private final Rows rows;
  private final CycleClass wanted;
  private final Starts starts;
  private final Deadline deadline;

  /** When this search has to stop: perhaps before the deadline, for others to have time too. */
  private Deadline time;

  /** For each state, the edge by which it was reached, and from which state. */
  private final int[] edgeTo;

  private final int[] cameFrom;
  private final int[] seen;
  private final int[] seenJunction;
  private final int[] queue;
  private @Nullable Cycle best;
  private int stamp;
  private int filled;
  private long steps;

  /** From this place in the order of invocations on, all transactions have been reached. */
  private int swept;

  WitnessSearch(Component component, CycleClass wanted, int[] within, Deadline deadline) {
    this.component = component;
    this.rows = component.rows();
    this.wanted = wanted;
    this.starts = new Starts(component, wanted, within, deadline);
    this.deadline = deadline;
    this.time = deadline;
    int states = 2 * component.size();
    this.edgeTo = new int[states];
    this.cameFrom = new int[states];
    this.seen = new int[states];
    this.seenJunction = new int[component.junctions()];
    this.queue = new int[states];
  }

  /** Returns a cycle; null if there is none, or if time ran out before one was found. */
  @Nullable Cycle shortest() {
    try {
      int[] origins = starts.origins();
      Pairs pairs = new Pairs(component, wanted, starts, deadline);
      best = pairs.find(origins);
      if (best == null) {
        search(origins, pairs.isExhaustive() ? FEWEST_BUT_PAIRS : 2);
      }
    } catch (OutOfTimeException _) {
      // The best so far is a cycle, if perhaps not a shortest one.
    }
    return best == null ? null : best.joined();
  }

  /** Looks for the best cycle; there is none of fewer than {@code fewest}. */
  private void search(int[] origins, int fewest) {
    // Where the required edge may be on the way back too, sharing a component is proof enough.
    boolean isFiltered =
        origins.length >= FEWEST_FOR_FILTER
            && !wanted.apart()
            && (wanted.needs() & ~wanted.way()) != 0;
    // What cannot be filtered in time leaves time for simpler classes.
    time = isFiltered ? deadline.half() : deadline;
    Reachability filter = isFiltered ? new Reachability(component, wanted, starts, time) : null;
    for (int first = 0; first < origins.length; first += Long.SIZE) {
      int last = Math.min(origins.length, first + Long.SIZE);
      long closing = -1;
      if (filter != null) {
        closing = filter.closing(origins, first, last);
        steps += filter.steps();
      }
      for (int i = first; i < last; i++) {
        if ((closing & 1L << i) != 0) {
          int limit = best == null ? component.size() * 2 : best.length() - 1;
          Cycle found = from(origins[i], limit);
          best = found == null ? best : found;
          boolean isGood = best != null && (best.length() <= fewest || steps > STEPS_FOR_SHORTER);
          if (isGood || time.isOver()) {
            return;
          }
        }
      }
      if (last < origins.length && time.isOver()) {
        return;
      }
    }
  }

  private @Nullable Cycle from(int origin, int limit) {
    Cycle found = from(origin, NONE, limit);
    if (found == null || found.isSimple()) {
      return found;
    }
    Cycle simple = null;
    for (int edge = rows.start(origin); edge < rows.end(origin); edge++) {
      if (starts.canStart(origin, edge)) {
        Cycle other = from(origin, edge, simple == null ? limit : simple.length() - 1);
        simple = other != null && other.isSimple() ? other : simple;
      }
    }
    return simple;
  }

  /** Looks for a cycle that starts with {@code startEdge}, or with any edge of {@code origin}. */
  private @Nullable Cycle from(int origin, int startEdge, int limit) {
    stamp++;
    filled = 0;
    swept = component.places();
    for (int edge = rows.start(origin); edge < rows.end(origin); edge++) {
      if (startEdge == NONE ? starts.canStart(origin, edge) : edge == startEdge) {
        int by = edge;
        starts.visit(
            origin, edge, target -> reach(2 * target + (wanted.apart() ? 1 : 0), NONE, by));
      }
    }
    int goal = 2 * origin;
    int length = 1; // Of the cycle, if the next edge closes it: the edges walked, and that one.
    int levelEnd = filled;
    for (int head = 0; head < filled && length < limit; head++) {
      expand(queue[head]);
      if (seen[goal] == stamp) {
        return cycle(origin, goal);
      }
      if (head + 1 == levelEnd) {
        levelEnd = filled;
        length++;
      }
    }
    return null;
  }

  private void expand(int state) {
    int node = state >> 1;
    boolean mayOverwrite = wanted.apart() && (state & 1) == 0;
    for (int edge = rows.start(node); edge < rows.end(node); edge++) {
      int target = rows.target(edge);
      int kinds = rows.kinds(edge);
      steps++;
      time.check();
      if (component.isJunction(target)) {
        if (mayOverwrite || wanted.isOnWay(Dependency.RW)) {
          cross(target, state, edge);
        }
        continue;
      }
      if (wanted.isOnWay(kinds)) {
        reach(2 * target, state, edge);
      }
      if (mayOverwrite && (kinds & Dependency.RW) != 0) {
        reach(2 * target + 1, state, edge);
      }
    }
    if (wanted.isOnWay(Dependency.REALTIME)) {
      sweep(state);
    }
  }

  /** Reaches all that is beyond a junction, once in a search. */
  private void cross(int junction, int state, int by) {
    int place = junction - component.size();
    if (seenJunction[place] == stamp) {
      return;
    }
    seenJunction[place] = stamp;
    for (int edge = rows.start(junction); edge < rows.end(junction); edge++) {
      steps++;
      if (rows.target(edge) != state >> 1) {
        reach(2 * rows.target(edge) + (wanted.apart() ? 1 : 0), state, by);
      }
    }
  }

  /**
   * Reaches all that follows in real time, not only what follows directly: each transaction once in
   * a search, for what follows one is the rest of the order of invocations.
   */
  private void sweep(int state) {
    int from = component.laterFrom(state >> 1);
    for (int place = from; place < swept; place++) {
      steps++;
      reach(2 * component.byInvocation(place), state, IN_REAL_TIME);
    }
    swept = Math.min(swept, from);
  }

  private void reach(int next, int from, int edge) {
    time.check();
    if (seen[next] != stamp) {
      seen[next] = stamp;
      cameFrom[next] = from;
      edgeTo[next] = edge;
      queue[filled++] = next;
    }
  }

  private Cycle cycle(int origin, int goal) {
    int length = 0;
    for (int state = goal; state != NONE; state = cameFrom[state]) {
      length++;
    }
    int[] nodes = new int[length];
    int[] kinds = new int[length];
    nodes[0] = component.transaction(origin);
    int state = goal;
    for (int place = length - 1; place > 0; place--) {
      kinds[place] = kind(state);
      state = cameFrom[state];
      nodes[place] = component.transaction(state >> 1);
    }
    kinds[0] = wanted.startKind(rows.kinds(edgeTo[state]));
    return new Cycle(wanted.anomaly(), nodes, kinds);
  }

  private int kind(int state) {
    int edge = edgeTo[state];
    if (edge == IN_REAL_TIME) {
      return Dependency.REALTIME;
    }
    boolean isAntiDependency = (state & 1) == 1;
    return isAntiDependency ? Dependency.RW : wanted.wayKind(rows.kinds(edge));
  }
}

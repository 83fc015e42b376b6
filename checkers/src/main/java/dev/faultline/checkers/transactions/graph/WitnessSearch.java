package dev.faultline.checkers.transactions.graph;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the shortest cycle of a class: from each edge that can start one, breadth first back to
 * where it began, never further than the best cycle so far.
 */
final class WitnessSearch {

  private static final int FEWEST_FOR_FILTER = 64;
  private static final int SHORTEST = 2;

  /** Stands for an edge of real time, of which only the direct ones are stored. */
  private static final int IN_REAL_TIME = -1;

  private final Component component;
  private final Rows rows;
  private final CycleClass wanted;
  private final Deadline deadline;
  private final int[] within;

  /** For each state, the edge by which it was reached, and from which state. */
  private final int[] edgeTo;

  private final int[] cameFrom;
  private final int[] seen;
  private final int[] queue;
  private int stamp;

  /** From this place in the order of invocations on, all transactions have been reached. */
  private int swept;

  WitnessSearch(Component component, CycleClass wanted, int[] within, Deadline deadline) {
    this.component = component;
    this.rows = component.rows();
    this.wanted = wanted;
    this.within = within;
    this.deadline = deadline;
    int states = 2 * component.size();
    this.edgeTo = new int[states];
    this.cameFrom = new int[states];
    this.seen = new int[states];
    this.queue = new int[states];
  }

  /**
   * Returns a shortest cycle, the first in the order of transactions; null if there is none, or if
   * time ran out.
   */
  @Nullable Cycle shortest() {
    int[][] starts = starts();
    int[] candidates =
        starts[0].length < FEWEST_FOR_FILTER || wanted.apart()
            ? IntStream.range(0, starts[0].length).toArray()
            : new Reachability(component, wanted).closing(starts[0], starts[1], deadline);
    Cycle best = null;
    for (int candidate : candidates) {
      int limit = best == null ? component.size() * 2 : best.length() - 1;
      Cycle found = from(starts[0][candidate], starts[2][candidate], limit);
      if (found != null && found.isSimple()) {
        best = found;
      }
      if (deadline.isOver() || (best != null && best.length() == SHORTEST)) {
        break;
      }
    }
    return best == null ? null : best.joined();
  }

  /** Returns the edges that can start a cycle: where from, where to, and their numbers. */
  private int[][] starts() {
    int[][] starts = new int[3][16];
    int count = 0;
    for (int node = 0; node < component.size(); node++) {
      for (int edge = rows.start(node); edge < rows.end(node); edge++) {
        if (wanted.canStart(rows.kinds(edge)) && mayClose(node, rows.target(edge))) {
          if (count == starts[0].length) {
            for (int i = 0; i < starts.length; i++) {
              starts[i] = Arrays.copyOf(starts[i], count * 2);
            }
          }
          starts[0][count] = node;
          starts[1][count] = rows.target(edge);
          starts[2][count++] = edge;
        }
      }
    }
    for (int i = 0; i < starts.length; i++) {
      starts[i] = Arrays.copyOf(starts[i], count);
    }
    return starts;
  }

  /** Tells whether beginning and end of an edge are in one of the components looked at. */
  private boolean mayClose(int from, int to) {
    return within.length == component.size()
        ? within[from] == within[to]
        : within[2 * from] == within[2 * to + 1];
  }

  private @Nullable Cycle from(int origin, int startEdge, int limit) {
    stamp++;
    swept = component.places();
    int start = 2 * rows.target(startEdge) + (wanted.apart() ? 1 : 0);
    int goal = 2 * origin;
    queue[0] = start;
    seen[start] = stamp;
    int filled = 1;
    int length = 1; // Of the cycle, if the next edge closes it: the edges walked, and that one.
    int levelEnd = 1;
    for (int head = 0; head < filled && length < limit && !deadline.isOver(); head++) {
      filled = expand(queue[head], filled);
      if (seen[goal] == stamp) {
        return cycle(origin, startEdge, start, goal);
      }
      if (head + 1 == levelEnd) {
        levelEnd = filled;
        length++;
      }
    }
    return null;
  }

  private int expand(int state, int filled) {
    int end = filled;
    int node = state >> 1;
    for (int edge = rows.start(node); edge < rows.end(node); edge++) {
      int kinds = rows.kinds(edge);
      if (wanted.isOnWay(kinds)) {
        end = reach(2 * rows.target(edge), state, edge, end);
      }
      if (wanted.apart() && (state & 1) == 0 && (kinds & Dependency.RW) != 0) {
        end = reach(2 * rows.target(edge) + 1, state, edge, end);
      }
    }
    return (wanted.way() & Dependency.REALTIME) == 0 ? end : sweep(state, end);
  }

  /**
   * Reaches all that follows in real time, not only what follows directly: each transaction once in
   * a search, for what follows one is the rest of the order of invocations.
   */
  private int sweep(int state, int filled) {
    int end = filled;
    int from = component.laterFrom(state >> 1);
    for (int place = from; place < swept; place++) {
      end = reach(2 * component.byInvocation(place), state, IN_REAL_TIME, end);
    }
    swept = Math.min(swept, from);
    return end;
  }

  private int reach(int next, int state, int edge, int filled) {
    if (seen[next] == stamp) {
      return filled;
    }
    seen[next] = stamp;
    cameFrom[next] = state;
    edgeTo[next] = edge;
    queue[filled] = next;
    return filled + 1;
  }

  private Cycle cycle(int origin, int startEdge, int start, int goal) {
    int hops = 0;
    for (int state = goal; state != start; state = cameFrom[state]) {
      hops++;
    }
    int[] nodes = new int[hops + 1];
    int[] kinds = new int[hops + 1];
    nodes[0] = component.transaction(origin);
    kinds[0] = wanted.startKind(rows.kinds(startEdge));
    int state = goal;
    for (int place = hops; place > 0; place--) {
      int edge = edgeTo[state];
      boolean antiDependency = (state & 1) == 1;
      if (edge == IN_REAL_TIME) {
        kinds[place] = Dependency.REALTIME;
      } else {
        kinds[place] = antiDependency ? Dependency.RW : wanted.wayKind(rows.kinds(edge));
      }
      state = cameFrom[state];
      nodes[place] = component.transaction(state >> 1);
    }
    return new Cycle(wanted.anomaly(), nodes, kinds);
  }
}

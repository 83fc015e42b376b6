package dev.faultline.checkers.transactions.graph;

import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Looks for cycles of two transactions: no cycle is shorter, and each edge is tried in all but
 * constant time. What a broken database shows is nearly always one of these.
 */
final class Pairs {

  private final Component component;
  private final Rows rows;
  private final CycleClass wanted;
  private final Starts starts;
  private final Deadline deadline;
  private final BitSet tried = new BitSet();

  /** For each junction, where it leads to, what was over first before all others. */
  private final Map<Integer, int[]> byEnd = new HashMap<>();

  Pairs(Component component, CycleClass wanted, Starts starts, Deadline deadline) {
    this.component = component;
    this.rows = component.rows();
    this.wanted = wanted;
    this.starts = starts;
    this.deadline = deadline;
  }

  /** Tells whether there is no cycle of two unless {@link #find} finds one. */
  boolean isExhaustive() {
    return component.junctions() == 0 || !wanted.isOnWay(Dependency.RW);
  }

  /** Returns a cycle of two that begins at one of {@code origins}, or null. */
  @Nullable Cycle find(int[] origins) {
    for (int origin : origins) {
      for (int edge = rows.start(origin); edge < rows.end(origin); edge++) {
        if (starts.canStart(origin, edge)) {
          int target = rows.target(edge);
          Cycle found =
              component.isJunction(target) ? over(target, origin) : with(origin, edge, target);
          if (found != null) {
            return found;
          }
        }
      }
    }
    return null;
  }

  private @Nullable Cycle with(int origin, int edge, int target) {
    int kind = wanted.startKind(rows.kinds(edge));
    int back = rows.find(target, origin);
    if (back >= 0 && wanted.isOnWay(rows.kinds(back))) {
      return pair(origin, target, kind, wanted.wayKind(rows.kinds(back)));
    }
    return wanted.isOnWay(Dependency.REALTIME) && component.isBefore(target, origin)
        ? pair(origin, target, kind, Dependency.REALTIME)
        : null;
  }

  private @Nullable Cycle over(int junction, int origin) {
    if (!tried.get(junction)) {
      tried.set(junction);
      Cycle found = back(junction);
      if (found != null) {
        return found;
      }
    }
    if (wanted.isOnWay(Dependency.REALTIME)) {
      for (int target : byEnd.computeIfAbsent(junction, this::sortByEnd)) {
        deadline.check();
        if (!component.isBefore(target, origin)) {
          break;
        }
        if (starts.canStartTo(origin, target)) {
          return pair(origin, target, Dependency.RW, Dependency.REALTIME);
        }
      }
    }
    return null;
  }

  /** Looks for edges from what is beyond a junction to what is before it. */
  private @Nullable Cycle back(int junction) {
    for (int beyond = rows.start(junction); beyond < rows.end(junction); beyond++) {
      int target = rows.target(beyond);
      for (int edge = rows.start(target); edge < rows.end(target); edge++) {
        deadline.check();
        int origin = rows.target(edge);
        if (!component.isJunction(origin)
            && wanted.isOnWay(rows.kinds(edge))
            && rows.find(origin, junction) >= 0
            && starts.canStartTo(origin, target)) {
          return pair(origin, target, Dependency.RW, wanted.wayKind(rows.kinds(edge)));
        }
      }
    }
    return null;
  }

  private int[] sortByEnd(int junction) {
    return IntStream.range(rows.start(junction), rows.end(junction))
        .map(rows::target)
        .boxed()
        .sorted(Comparator.comparingInt(component::laterFrom))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private Cycle pair(int origin, int target, int there, int back) {
    int[] nodes = {component.transaction(origin), component.transaction(target)};
    return new Cycle(wanted.anomaly(), nodes, new int[] {there, back});
  }
}

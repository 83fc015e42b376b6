package dev.faultline.checkers.transactions.graph;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * One strong component by itself, its transactions numbered from 0, and after them the junctions
 * between them.
 */
final class Component {

  private final int[] members;
  private final Rows rows;
  private final Deadline deadline;

  /** The transactions in the order of their invocations. */
  private final int[] byInvocation;

  /** For each transaction, where in that order those begin that follow it in real time. */
  private final int[] laterFrom;

  /** For each transaction, its own place in that order, or -1. */
  private final int[] placeOf;

  private Component(int[] members, Rows rows, RealTimeOrder realTime, Deadline deadline) {
    this.members = members;
    this.rows = rows;
    this.deadline = deadline;
    int[] places =
        Arrays.stream(members)
            .map(realTime::placeOf)
            .filter(place -> place >= 0)
            .sorted()
            .toArray();
    this.byInvocation =
        Arrays.stream(places)
            .peek(_ -> deadline.check())
            .map(place -> Arrays.binarySearch(members, realTime.at(place)))
            .toArray();
    this.placeOf = new int[members.length];
    Arrays.fill(placeOf, -1);
    for (int place = 0; place < byInvocation.length; place++) {
      placeOf[byInvocation[place]] = place;
    }
    this.laterFrom = new int[members.length];
    for (int local = 0; local < members.length; local++) {
      deadline.check();
      int from = realTime.laterFrom(members[local]);
      int found = Arrays.binarySearch(places, from);
      laterFrom[local] = from == Integer.MAX_VALUE ? places.length : Math.max(found, -found - 1);
    }
  }

  /** Cuts a few {@code members}, in ascending order, out of {@code graph}. */
  static Component of(DependencyGraph graph, int[] members) {
    return of(graph, members, Deadline.never());
  }

  /**
   * Cuts {@code members}, in ascending order, out of {@code graph}.
   *
   * @throws OutOfTimeException if {@code deadline} comes first; so do the methods that look at more
   *     than one transaction
   */
  static Component of(DependencyGraph graph, int[] members, Deadline deadline) {
    DependencyGraph.Builder inner = new DependencyGraph.Builder(members.length, deadline);
    Map<Integer, Integer> junctions = new HashMap<>();
    for (int local = 0; local < members.length; local++) {
      int from = local;
      graph.visit(
          members[local],
          (_, to, kinds) -> {
            deadline.check();
            int target =
                graph.isJunction(to)
                    ? junctions.computeIfAbsent(to, _ -> inner.junction())
                    : Arrays.binarySearch(members, to);
            if (target >= 0) {
              inner.add(from, target, kinds);
            }
          });
    }
    junctions.forEach((outside, inside) ->
        graph.visit(
            outside,
            (_, to, kinds) -> {
              deadline.check();
              int target = Arrays.binarySearch(members, to);
              if (target >= 0) {
                inner.add(inside, target, kinds);
              }
            }));
    return new Component(members, inner.rows(), graph.realTime(), deadline);
  }

  /** Returns how many transactions there are. */
  int size() {
    return members.length;
  }

  /** Returns how many junctions there are. */
  int junctions() {
    return rows.nodes() - members.length;
  }

  boolean isJunction(int node) {
    return node >= members.length;
  }

  int transaction(int local) {
    return members[local];
  }

  /** Returns how many transactions have a place in the order of invocations. */
  int places() {
    return byInvocation.length;
  }

  /** Returns the transaction that was invoked as the {@code place}th. */
  int byInvocation(int place) {
    return byInvocation[place];
  }

  /** Returns from which place on all transactions follow {@code local} in real time. */
  int laterFrom(int local) {
    return laterFrom[local];
  }

  /** Tells whether {@code first} was over before {@code second} began. */
  boolean isBefore(int first, int second) {
    return placeOf[second] >= laterFrom[first];
  }

  Rows rows() {
    return rows;
  }

  /** Returns the components that remain of the edges on {@code way} and those that can start. */
  int[] within(CycleClass wanted) {
    int kinds = wanted.way() | wanted.needs();
    return StrongComponents.of(
        new Digraph() {
          @Override
          public int nodes() {
            return rows.nodes();
          }

          @Override
          public int places(int node) {
            return rows.end(node) - rows.start(node);
          }

          @Override
          public int successor(int node, int place) {
            int edge = rows.start(node) + place;
            return (rows.kinds(edge) & kinds) == 0 ? -1 : rows.target(edge);
          }
        },
        deadline);
  }

  /**
   * Returns the components of walks without neighbouring anti-dependencies: node {@code 2 n} stands
   * for {@code n} reached otherwise, {@code 2 n + 1} for {@code n} reached by an anti-dependency. A
   * junction is always reached by one, and always left by the other half of it.
   */
  int[] withinApart(int way) {
    return StrongComponents.of(
        new Digraph() {
          @Override
          public int nodes() {
            return 2 * rows.nodes();
          }

          @Override
          public int places(int node) {
            return 2 * (rows.end(node >> 1) - rows.start(node >> 1));
          }

          @Override
          public int successor(int node, int place) {
            int edge = rows.start(node >> 1) + (place >> 1);
            if ((place & 1) == 0) {
              return (rows.kinds(edge) & way) == 0 ? -1 : 2 * rows.target(edge);
            }
            boolean isFree = isJunction(node >> 1) == ((node & 1) == 1);
            boolean mayFollow = isFree && (rows.kinds(edge) & Dependency.RW) != 0;
            return mayFollow ? 2 * rows.target(edge) + 1 : -1;
          }
        },
        deadline);
  }
}

package dev.faultline.checkers.transactions.graph;

import java.util.Arrays;
import java.util.Random;
import java.util.function.IntUnaryOperator;

/**
 * A random graph twice: as the search takes it, with junctions and the direct successors of real
 * time, and as a table of the kinds of every edge that they stand for.
 */
final class RandomGraph {

  /** Stands for no way where the length of one might stand. */
  static final int NO_WAY = 1_000;

  private final Random random;
  private final int nodes;
  private final int[][] kinds;
  private final DependencyGraph.Builder builder;
  private RealTimeOrder realTime;

  RandomGraph(Random random, int nodes) {
    this.random = random;
    this.nodes = nodes;
    this.kinds = new int[nodes][nodes];
    this.builder = new DependencyGraph.Builder(nodes);
    this.realTime = RealTimeOrder.none(nodes);
  }

  /** Adds up to {@code count} edges of one of {@code choices}. */
  RandomGraph edges(int count, int... choices) {
    for (int i = 0; i < count; i++) {
      add(random.nextInt(nodes), random.nextInt(nodes), choices[random.nextInt(choices.length)]);
    }
    return this;
  }

  /** Adds up to {@code count} edges of one of {@code choices} that go to larger numbers only. */
  RandomGraph forwardEdges(int count, int... choices) {
    for (int i = 0; i < count; i++) {
      int from = random.nextInt(nodes);
      int to = random.nextInt(nodes);
      add(Math.min(from, to), Math.max(from, to), choices[random.nextInt(choices.length)]);
    }
    return this;
  }

  RandomGraph edge(int from, int to, int kind) {
    add(from, to, kind);
    return this;
  }

  private void add(int from, int to, int kind) {
    if (from != to) {
      kinds[from][to] |= kind;
      builder.add(from, to, kind);
    }
  }

  /** Joins a few by a junction: each of the first has to come before each of the second. */
  RandomGraph crowd(int size) {
    int[] readers = random.ints(size, 0, nodes).distinct().toArray();
    int[] writers = random.ints(size, 0, nodes).distinct().toArray();
    builder.addAll(readers, writers);
    for (int reader : readers) {
      for (int writer : writers) {
        kinds[reader][writer] |= reader == writer ? 0 : Dependency.RW;
      }
    }
    return this;
  }

  /** Lets each transaction last for up to {@code longest} of the others. */
  RandomGraph inRealTime(int longest) {
    int[] invocations = new int[nodes];
    int[] completions = new int[nodes];
    for (int node = 0; node < nodes; node++) {
      invocations[node] = random.nextInt(8) == 0 ? -1 : 2 * random.nextInt(2 * nodes);
      completions[node] =
          random.nextInt(8) == 0
              ? Integer.MAX_VALUE
              : Math.max(0, invocations[node]) + 1 + 2 * random.nextInt(longest);
    }
    realTime = RealTimeOrder.of(invocations, completions);
    for (int from = 0; from < nodes; from++) {
      for (int to = 0; to < nodes; to++) {
        boolean isBefore = invocations[to] >= 0 && completions[from] < invocations[to];
        kinds[from][to] |= from != to && isBefore ? Dependency.REALTIME : 0;
      }
    }
    return this;
  }

  int nodes() {
    return nodes;
  }

  /** Returns all kinds of the edge between two transactions. */
  int kinds(int from, int to) {
    return kinds[from][to];
  }

  DependencyGraph graph() {
    return builder.build(realTime);
  }

  /** Over every edge that can start, the shortest way back by the edges that may be on it. */
  int shortest(CycleClass wanted) {
    return shortest(wanted, kinds);
  }

  /** The same over a table of the kinds of every edge. */
  static int shortest(CycleClass wanted, int[][] kinds) {
    int nodes = kinds.length;
    int[][] way = new int[nodes][nodes];
    for (int from = 0; from < nodes; from++) {
      int row = from;
      IntUnaryOperator length = to -> wanted.isOnWay(kinds[row][to]) ? 1 : NO_WAY;
      Arrays.setAll(way[from], length);
    }
    for (int via = 0; via < nodes; via++) {
      for (int from = 0; from < nodes; from++) {
        for (int to = 0; to < nodes; to++) {
          way[from][to] = Math.min(way[from][to], way[from][via] + way[via][to]);
        }
      }
    }
    int shortest = NO_WAY;
    for (int from = 0; from < nodes; from++) {
      for (int to = 0; to < nodes; to++) {
        if (wanted.canStart(kinds[from][to])) {
          shortest = Math.min(shortest, 1 + way[to][from]);
        }
      }
    }
    return shortest;
  }

  /** Returns the length of the shortest cycle without neighbouring anti-dependencies. */
  int shortestApart(CycleClass wanted) {
    int shortest = NO_WAY;
    for (int origin = 0; origin < nodes; origin++) {
      for (int to = 0; to < nodes; to++) {
        if (wanted.canStart(kinds[origin][to])) {
          boolean[] visited = new boolean[nodes];
          visited[to] = true;
          shortest = Math.min(shortest, 1 + apart(wanted, to, true, origin, visited, shortest - 2));
        }
      }
    }
    return shortest;
  }

  /** Tries every simple way from {@code node} to {@code goal} of at most {@code limit} edges. */
  private int apart(
      CycleClass wanted, int node, boolean overwrote, int goal, boolean[] visited, int limit) {
    int shortest = NO_WAY;
    for (int to = 0; to < nodes && limit > 0; to++) {
      boolean isWeak = wanted.isOnWay(kinds[node][to]);
      boolean isOver = !overwrote && (kinds[node][to] & Dependency.RW) != 0;
      if (to == goal) {
        shortest = isWeak ? 1 : shortest;
      } else if (!visited[to] && (isWeak || isOver)) {
        visited[to] = true;
        // Reached by a weak edge, more is allowed than by an anti-dependency.
        int rest = apart(wanted, to, !isWeak, goal, visited, Math.min(limit, shortest - 1) - 1);
        shortest = Math.min(shortest, 1 + rest);
        visited[to] = false;
      }
    }
    return shortest;
  }
}

package dev.faultline.checkers.transactions.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Graphs in rows, their components, and the order of real time beside them. */
class GraphTest {

  private final Random random = new Random(1);

  @Test
  void parallelEdgesAreOneOfSeveralKinds() {
    DependencyGraph.Builder builder = new DependencyGraph.Builder(4);
    builder.add(2, 1, Dependency.WW);
    builder.add(0, 3, Dependency.RW);
    builder.add(2, 1, Dependency.WR);
    builder.add(2, 0, Dependency.RW);
    builder.add(2, 1, Dependency.WW);
    builder.add(1, 1, Dependency.WW);
    DependencyGraph graph = builder.build(RealTimeOrder.none(4));
    assertThat(edges(graph)).containsExactly("0-4->3", "2-4->0", "2-3->1");
    assertThat(graph.edges()).isEqualTo(3);
    assertThat(graph.nodes()).isEqualTo(4);
    assertThat(graph.isEmpty()).isFalse();
    assertThat(new DependencyGraph.Builder(4).build(RealTimeOrder.none(4)).isEmpty()).isTrue();
  }

  @Test
  void manyEdgesFindRoom() {
    DependencyGraph.Builder builder = new DependencyGraph.Builder(3_000);
    for (int node = 0; node < 2_999; node++) {
      builder.add(node + 1, node, 1 << node % 5);
    }
    DependencyGraph graph = builder.build(RealTimeOrder.none(3_000));
    assertThat(graph.edges()).isEqualTo(2_999);
    for (int node = 0; node < 2_999; node++) {
      int to = node;
      graph.visit(
          node + 1,
          (_, target, kinds) -> {
            assertThat(target).isEqualTo(to);
            assertThat(kinds).isEqualTo(1 << to % 5);
          });
    }
  }

  @Test
  void componentsAreThoseThatReachOneAnother() {
    for (int i = 0; i < 300; i++) {
      int nodes = 1 + random.nextInt(8);
      DependencyGraph.Builder builder = new DependencyGraph.Builder(nodes);
      boolean[][] reaches = new boolean[nodes][nodes];
      for (int edge = random.nextInt(12); edge > 0; edge--) {
        int from = random.nextInt(nodes);
        int to = random.nextInt(nodes);
        builder.add(from, to, Dependency.WW);
        reaches[from][to] = true;
      }
      close(reaches);
      DependencyGraph graph = builder.build(RealTimeOrder.none(nodes));
      List<List<Integer>> expected = new ArrayList<>();
      for (int node = 0; node < nodes; node++) {
        int from = node;
        List<Integer> mutual =
            IntStream.range(0, nodes)
                .filter(to -> to == from || (reaches[from][to] && reaches[to][from]))
                .boxed()
                .toList();
        if (mutual.size() > 1 && mutual.getFirst() == node) {
          expected.add(mutual);
        }
      }
      assertThat(graph.components().stream().map(GraphTest::boxed)).isEqualTo(expected);
      int[] numbers = StrongComponents.of(graph);
      for (int from = 0; from < nodes; from++) {
        for (int to = 0; to < nodes; to++) {
          if (reaches[from][to] && !reaches[to][from]) {
            assertThat(numbers[from]).as("reverse topological order").isGreaterThan(numbers[to]);
          }
        }
      }
    }
  }

  @Test
  void aLongPathIsNotTooDeep() {
    DependencyGraph.Builder builder = new DependencyGraph.Builder(50_000);
    for (int node = 1; node < 50_000; node++) {
      builder.add(node - 1, node, Dependency.WW);
    }
    builder.add(49_999, 0, Dependency.RW);
    List<int[]> components = builder.build(RealTimeOrder.none(50_000)).components();
    assertThat(components).hasSize(1);
    assertThat(components.getFirst()).hasSize(50_000);
  }

  @Test
  void realTimeIsItsTransitiveReduction() {
    for (int i = 0; i < 300; i++) {
      int count = 1 + random.nextInt(7);
      int[] invocations = new int[count];
      int[] completions = new int[count];
      boolean[][] before = intervals(invocations, completions);
      RealTimeOrder order = RealTimeOrder.of(invocations, completions);
      boolean[][] reached = new boolean[count][count];
      for (int from = 0; from < count; from++) {
        for (int place = 0; place < order.count(from); place++) {
          int to = order.successor(from, place);
          reached[from][to] = true;
          for (int between = 0; between < count; between++) {
            assertThat(before[from][between] && before[between][to]).as("direct").isFalse();
          }
        }
      }
      close(reached);
      assertThat(reached).isDeepEqualTo(before);
      for (int from = 0; from < count; from++) {
        int first = order.laterFrom(from);
        int after = from;
        long later = IntStream.range(0, count).filter(to -> before[after][to]).count();
        if (later == 0) {
          assertThat(first).isEqualTo(Integer.MAX_VALUE);
        } else {
          assertThat(order.placeOf(order.at(first))).isEqualTo(first);
          assertThat(before[from][order.at(first)]).isTrue();
          assertThat(first > 0 && before[from][order.at(first - 1)]).isFalse();
        }
      }
    }
  }

  @Test
  void realTimeStandsBesideTheOtherEdges() {
    DependencyGraph.Builder builder = new DependencyGraph.Builder(3);
    builder.add(0, 2, Dependency.WW);
    DependencyGraph graph =
        builder.build(RealTimeOrder.of(new int[] {0, 2, 4}, new int[] {1, 3, 5}));
    assertThat(edges(graph)).containsExactly("0-1->2", "0-16->1", "1-16->2");
    assertThat(graph.places(0)).isEqualTo(2);
    assertThat(graph.successor(0, 0)).isEqualTo(2);
    assertThat(graph.successor(0, 1)).isEqualTo(1);
    DependencyGraph onlyTime =
        new DependencyGraph.Builder(2).build(RealTimeOrder.of(new int[] {0, 2}, new int[] {1, 3}));
    assertThat(onlyTime.isEmpty()).isFalse();
    assertThat(onlyTime.edges()).isZero();
  }

  @Test
  void eachKindHasItsWord() {
    Map<Integer, String> words = new TreeMap<>();
    for (int kind = 1; kind <= 16; kind *= 2) {
      words.put(kind, Dependency.word(kind));
    }
    assertThat(words.values()).containsExactly("ww", "wr", "rw", "process", "realtime");
  }

  /** Draws intervals of distinct ends, some open; returns which is before which. */
  private boolean[][] intervals(int[] invocations, int[] completions) {
    int count = invocations.length;
    List<Integer> moments = new ArrayList<>(IntStream.range(0, 2 * count).boxed().toList());
    Collections.shuffle(moments, random);
    for (int t = 0; t < count; t++) {
      int one = moments.get(2 * t);
      int other = moments.get(2 * t + 1);
      invocations[t] = random.nextInt(8) == 0 ? -1 : Math.min(one, other);
      completions[t] = random.nextInt(5) == 0 ? Integer.MAX_VALUE : Math.max(one, other);
    }
    boolean[][] before = new boolean[count][count];
    for (int from = 0; from < count; from++) {
      for (int to = 0; to < count; to++) {
        before[from][to] = invocations[to] >= 0 && completions[from] < invocations[to];
      }
    }
    return before;
  }

  private static void close(boolean[][] reaches) {
    for (int via = 0; via < reaches.length; via++) {
      for (boolean[] row : reaches) {
        for (int to = 0; to < reaches.length; to++) {
          row[to] |= row[via] && reaches[via][to];
        }
      }
    }
  }

  private static List<String> edges(DependencyGraph graph) {
    List<String> edges = new ArrayList<>();
    for (int node = 0; node < graph.nodes(); node++) {
      graph.visit(node, (from, to, kinds) -> edges.add(from + "-" + kinds + "->" + to));
    }
    return edges;
  }

  private static List<Integer> boxed(int[] values) {
    return Arrays.stream(values).boxed().toList();
  }
}

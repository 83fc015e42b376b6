package dev.faultline.checkers.transactions.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checkers.transactions.graph.CycleClass.Form;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A witness is a cycle of its class, and there is no shorter one. */
class WitnessSearchTest {

  private final Random random = new Random(1);

  @Test
  void noCycleOfTheClassIsShorter() {
    int found = 0;
    for (int i = 0; i < 400; i++) {
      int[][] kinds = randomKinds(2 + random.nextInt(5), 2 + random.nextInt(12));
      Form form = random.nextBoolean() ? Form.DATA : Form.PROCESS_ORDER;
      for (CycleClass wanted :
          List.of(
              CycleClass.writes(form),
              CycleClass.reads(form),
              CycleClass.single(form),
              CycleClass.any(form))) {
        int shortest = RandomGraph.NO_WAY;
        for (int[] members : graph(kinds).components()) {
          Cycle cycle = witness(graph(kinds), members, wanted);
          if (cycle != null) {
            assertIsOf(wanted, cycle, kinds);
            shortest = Math.min(shortest, cycle.length());
          }
        }
        if (form == Form.DATA) {
          assertThat(shortest).isEqualTo(RandomGraph.shortest(wanted, kinds));
        } else {
          // Neighbouring steps of a process are told as one.
          assertThat(shortest < RandomGraph.NO_WAY)
              .isEqualTo(RandomGraph.shortest(wanted, kinds) < RandomGraph.NO_WAY);
        }
        found += shortest < RandomGraph.NO_WAY ? 1 : 0;
      }
    }
    assertThat(found).isBetween(200, 1_400);
  }

  @Test
  void noTwoAntiDependenciesAreNeighboursWhereTheyMustNotBe() {
    int found = 0;
    for (int i = 0; i < 400; i++) {
      int[][] kinds = randomKinds(4 + random.nextInt(3), 8 + random.nextInt(8));
      for (int[] members : graph(kinds).components()) {
        Cycle cycle = witness(graph(kinds), members, CycleClass.nonadjacent(Form.DATA));
        if (cycle != null) {
          found++;
          assertIsOf(CycleClass.nonadjacent(Form.DATA), cycle, kinds);
          for (int place = 0; place < cycle.length(); place++) {
            int next = cycle.kind((place + 1) % cycle.length());
            assertThat(cycle.kind(place) & next & Dependency.RW).isZero();
          }
        }
      }
    }
    assertThat(found).isGreaterThan(40);
  }

  /** More edges can start a cycle than are tried one by one. */
  @Test
  void amongManyThatCannotCloseTheOneThatCanIsFound() {
    int nodes = 200;
    DependencyGraph.Builder builder = new DependencyGraph.Builder(nodes);
    for (int node = 1; node < nodes; node++) {
      builder.add(node - 1, node, Dependency.RW);
    }
    builder.add(nodes - 1, 0, Dependency.RW);
    builder.add(71, 70, Dependency.WR);
    builder.add(170, 160, Dependency.WW);
    DependencyGraph graph = builder.build(RealTimeOrder.none(nodes));
    int[] members = IntStream.range(0, nodes).toArray();
    assertThat(witness(graph, members, CycleClass.single(Form.DATA)))
        .hasToString("G-single-item: 70 -rw-> 71 -wr-> 70");
    assertThat(witness(graph, members, CycleClass.writes(Form.DATA))).isNull();
    assertThat(witness(graph, members, CycleClass.any(Form.DATA)))
        .hasToString("G2-item: 70 -rw-> 71 -wr-> 70");
  }

  @Test
  void realTimeLeadsOverWhatLiesBetweenInOneStep() {
    int nodes = 9;
    DependencyGraph.Builder builder = new DependencyGraph.Builder(nodes);
    builder.add(8, 0, Dependency.RW);
    int[] invocations = IntStream.range(0, nodes).map(node -> 2 * node).toArray();
    int[] completions = IntStream.range(0, nodes).map(node -> 2 * node + 1).toArray();
    DependencyGraph graph = builder.build(RealTimeOrder.of(invocations, completions));
    assertThat(graph.components()).hasSize(1);
    assertThat(witness(graph, graph.components().getFirst(), CycleClass.single(Form.REAL_TIME)))
        .hasToString("G-single-item-realtime: 8 -rw-> 0 -realtime-> 8");
  }

  private static @Nullable Cycle witness(DependencyGraph graph, int[] members, CycleClass wanted) {
    Component component = Component.of(graph, members);
    int[] within = wanted.apart() ? component.withinApart(wanted.way()) : component.within(wanted);
    return new WitnessSearch(component, wanted, within, new Deadline(Long.MAX_VALUE / 2))
        .shortest();
  }

  private static void assertIsOf(CycleClass wanted, Cycle cycle, int[][] kinds) {
    assertThat(cycle.isSimple()).isTrue();
    assertThat(cycle.anomaly()).isEqualTo(wanted.anomaly());
    for (int place = 0; place < cycle.length(); place++) {
      int kind = cycle.kind(place);
      if (kind != Dependency.PROCESS) {
        assertThat(kinds[cycle.node(place)][cycle.node(place + 1)] & kind)
            .as(cycle::toString)
            .isEqualTo(kind);
      }
      int allowed = wanted.way() | wanted.needs();
      assertThat(kind & allowed).isEqualTo(kind);
    }
    assertThat(
            IntStream.range(0, cycle.length()).anyMatch(i -> (cycle.kind(i) & wanted.needs()) != 0))
        .isTrue();
  }

  private int[][] randomKinds(int nodes, int edges) {
    int[] choices = {
      Dependency.WW, Dependency.WR, Dependency.RW, Dependency.RW, Dependency.PROCESS
    };
    int[][] kinds = new int[nodes][nodes];
    for (int edge = 0; edge < edges; edge++) {
      int from = random.nextInt(nodes);
      int to = random.nextInt(nodes);
      if (from != to) {
        kinds[from][to] |= choices[random.nextInt(choices.length)];
      }
    }
    return kinds;
  }

  private static DependencyGraph graph(int[][] kinds) {
    DependencyGraph.Builder builder = new DependencyGraph.Builder(kinds.length);
    for (int from = 0; from < kinds.length; from++) {
      for (int to = 0; to < kinds.length; to++) {
        if (kinds[from][to] != 0) {
          builder.add(from, to, kinds[from][to]);
        }
      }
    }
    return builder.build(RealTimeOrder.none(kinds.length));
  }
}

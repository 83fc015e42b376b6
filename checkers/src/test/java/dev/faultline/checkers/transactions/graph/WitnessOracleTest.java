package dev.faultline.checkers.transactions.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checkers.transactions.graph.CycleClass.Form;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Witnesses in graphs with junctions and real time, against the plainest search over all edges that
 * these stand for.
 */
class WitnessOracleTest {

  private static final int[] ANY = {
    Dependency.WW, Dependency.WR, Dependency.RW, Dependency.RW, Dependency.RW
  };
  private static final List<CycleClass> DATA =
      List.of(
          CycleClass.writes(Form.DATA),
          CycleClass.reads(Form.DATA),
          CycleClass.single(Form.DATA),
          CycleClass.any(Form.DATA));
  private static final List<CycleClass> REAL_TIME =
      List.of(CycleClass.single(Form.REAL_TIME), CycleClass.any(Form.REAL_TIME));

  private int found;

  @Test
  void noCycleIsShorterWhereJunctionsJoinMany() {
    for (int seed = 0; seed < 400; seed++) {
      Random random = new Random(seed);
      RandomGraph graph =
          new RandomGraph(random, 2 + random.nextInt(6)).edges(random.nextInt(9), ANY);
      for (int crowds = 1 + random.nextInt(2); crowds > 0; crowds--) {
        graph.crowd(1 + random.nextInt(4));
      }
      DATA.forEach(wanted -> assertShortest(graph, wanted));
    }
    assertThat(found).isBetween(300, 1_300);
  }

  @Test
  void noCycleIsShorterInRealTime() {
    for (int seed = 0; seed < 400; seed++) {
      Random random = new Random(seed);
      RandomGraph graph =
          new RandomGraph(random, 2 + random.nextInt(7)).edges(1 + random.nextInt(5), ANY);
      if (random.nextBoolean()) {
        graph.crowd(1 + random.nextInt(3));
      }
      graph.inRealTime(1 + random.nextInt(6));
      REAL_TIME.forEach(wanted -> assertShortest(graph, wanted));
    }
    assertThat(found).isBetween(150, 700);
  }

  /**
   * Where many anti-dependencies could begin a cycle, 64 at a time are looked at for a way back.
   */
  @Test
  void noCycleIsShorterAmongManyThatCannotClose() {
    for (int seed = 0; seed < 24; seed++) {
      Random random = new Random(seed);
      int nodes = 70 + random.nextInt(80);
      RandomGraph graph = new RandomGraph(random, nodes);
      graph
          .forwardEdges(3 * nodes / 2, Dependency.WW, Dependency.WR)
          .forwardEdges(2 * nodes, Dependency.RW)
          .edges(12, Dependency.RW);
      if (random.nextBoolean()) {
        graph.crowd(5);
      }
      assertShortest(graph, CycleClass.single(Form.DATA));
    }
    assertThat(found).isBetween(6, 20);
  }

  @Test
  void theOnlyCycleAmongManyIsFoundWhereverItIs() {
    int nodes = 150;
    for (int place = 0; place + 3 < nodes; place += 7) {
      RandomGraph graph = new RandomGraph(new Random(place), nodes);
      for (int node = 0; node < nodes; node++) {
        graph.edge(node, (node + 1) % nodes, Dependency.RW);
      }
      graph.edge(place + 2, place, Dependency.WR);
      graph.edge(place + 1, place + 2, Dependency.WW);
      assertThat(witness(graph, CycleClass.any(Form.DATA))).isNotNull();
      assertThat(witness(graph, CycleClass.single(Form.DATA)))
          .hasToString(
              "G-single-item: %d -rw-> %d -ww-> %d -wr-> %d"
                  .formatted(place, place + 1, place + 2, place));
    }
  }

  @Test
  void antiDependenciesThatAreNotNeighboursAreFoundIfThereAreAny() {
    for (int seed = 0; seed < 600; seed++) {
      Random random = new Random(seed);
      RandomGraph graph =
          new RandomGraph(random, 3 + random.nextInt(5)).edges(3 + random.nextInt(10), ANY);
      if (random.nextInt(3) == 0) {
        graph.crowd(1 + random.nextInt(3));
      }
      Form form = Form.DATA;
      if (random.nextInt(3) == 0) {
        graph.inRealTime(1 + random.nextInt(6));
        form = Form.REAL_TIME;
      }
      CycleClass wanted = CycleClass.nonadjacent(form);
      Cycle cycle = witness(graph, wanted);
      if (cycle != null) {
        assertIs(graph, wanted, cycle);
        for (int place = 0; place < cycle.length(); place++) {
          int next = cycle.kind((place + 1) % cycle.length());
          assertThat(cycle.kind(place) & next & Dependency.RW).isZero();
        }
        assertThat(cycle.length()).as("seed " + seed).isEqualTo(graph.shortestApart(wanted));
        found++;
      } else if (witness(graph, CycleClass.single(form)) == null) {
        assertThat(graph.shortestApart(wanted)).as("seed " + seed).isEqualTo(RandomGraph.NO_WAY);
      }
    }
    assertThat(found).isGreaterThan(100);
  }

  private void assertShortest(RandomGraph graph, CycleClass wanted) {
    Cycle cycle = witness(graph, wanted);
    int shortest = RandomGraph.NO_WAY;
    if (cycle != null) {
      assertIs(graph, wanted, cycle);
      shortest = cycle.length();
      found++;
    }
    assertThat(shortest)
        .as(wanted.anomaly().word())
        .isEqualTo(Math.min(RandomGraph.NO_WAY, graph.shortest(wanted)));
  }

  /** Every edge is there, of a kind that may be where it is. */
  private static void assertIs(RandomGraph graph, CycleClass wanted, Cycle cycle) {
    assertThat(cycle.isSimple()).isTrue();
    assertThat(cycle.anomaly()).isEqualTo(wanted.anomaly());
    int needed = 0;
    for (int place = 0; place < cycle.length(); place++) {
      int kind = cycle.kind(place);
      assertThat(Integer.bitCount(kind)).isEqualTo(1);
      assertThat(graph.kinds(cycle.node(place), cycle.node(place + 1)) & kind)
          .as(cycle::toString)
          .isEqualTo(kind);
      assertThat(kind & (wanted.way() | wanted.needs())).isEqualTo(kind);
      needed += wanted.canStart(kind) ? 1 : 0;
    }
    assertThat(needed).isPositive();
  }

  /** Returns the shortest witness of all components. */
  private static @Nullable Cycle witness(RandomGraph random, CycleClass wanted) {
    DependencyGraph graph = random.graph();
    Cycle best = null;
    for (int[] members : graph.components()) {
      Component component = Component.of(graph, members);
      int[] within = within(component, wanted);
      Cycle cycle =
          new WitnessSearch(component, wanted, within, new Deadline(Long.MAX_VALUE / 2)).shortest();
      best = cycle != null && (best == null || cycle.length() < best.length()) ? cycle : best;
    }
    return best;
  }

  /** Narrows the search as {@link CycleSearch} does: one anti-dependency has no neighbour. */
  private static int[] within(Component component, CycleClass wanted) {
    int[] apart = component.withinApart(wanted.way());
    boolean isSingle = wanted.needs() == Dependency.RW && !wanted.isOnWay(Dependency.RW);
    return wanted.apart() || isSingle ? apart : component.within(wanted);
  }
}

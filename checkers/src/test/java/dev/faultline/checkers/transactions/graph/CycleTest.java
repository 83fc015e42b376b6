package dev.faultline.checkers.transactions.graph;

import static dev.faultline.checkers.transactions.graph.Dependency.PROCESS;
import static dev.faultline.checkers.transactions.graph.Dependency.REALTIME;
import static dev.faultline.checkers.transactions.graph.Dependency.RW;
import static dev.faultline.checkers.transactions.graph.Dependency.WW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checkers.transactions.models.Anomaly;
import org.junit.jupiter.api.Test;

/** How cycles are told. */
class CycleTest {

  @Test
  void oneGoesAround() {
    Cycle cycle = cycle(new int[] {5, 6, 7}, RW, WW, REALTIME);
    assertThat(cycle.length()).isEqualTo(3);
    assertThat(cycle.node(1)).isEqualTo(6);
    assertThat(cycle.node(3)).isEqualTo(5);
    assertThat(cycle.kind(2)).isEqualTo(REALTIME);
    assertThat(cycle.isSimple()).isTrue();
    assertThat(cycle(new int[] {5, 6, 5}, RW, WW, WW).isSimple()).isFalse();
    assertThat(cycle).hasToString("G2-item: 5 -rw-> 6 -ww-> 7 -realtime-> 5");
  }

  @Test
  void neighbouringStepsInTimeAreOne() {
    assertThat(cycle(new int[] {1, 2, 3, 4}, RW, REALTIME, REALTIME, REALTIME).joined())
        .hasToString("G2-item: 1 -rw-> 2 -realtime-> 1");
    assertThat(cycle(new int[] {1, 2, 3}, PROCESS, PROCESS, RW).joined())
        .hasToString("G2-item: 1 -process-> 3 -rw-> 1");
    assertThat(cycle(new int[] {1, 2, 3, 4}, REALTIME, RW, WW, REALTIME).joined())
        .as("across the seam")
        .hasToString("G2-item: 2 -rw-> 3 -ww-> 4 -realtime-> 2");
    assertThat(cycle(new int[] {1, 2, 3}, WW, WW, RW).joined())
        .as("steps of data are not")
        .hasToString("G2-item: 1 -ww-> 2 -ww-> 3 -rw-> 1");
    assertThat(cycle(new int[] {1, 2, 3}, RW, REALTIME, PROCESS).joined().length()).isEqualTo(3);
  }

  private static Cycle cycle(int[] nodes, int... kinds) {
    return new Cycle(Anomaly.G2_ITEM, nodes, kinds);
  }
}

package dev.faultline.checkers.transactions.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.checkers.transactions.models.ModelLattice;
import java.util.List;
import java.util.Random;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

/** Whatever is under way when time is up stops soon, and says so. */
class DeadlineTest {

  /** Between two looks at the clock so many small steps are taken, and a few more. */
  private static final int MOST_STEPS = 1 << 12;

  /** Who is told by one deadline may ask another, that of the whole, once more. */
  private static final int LAST_LOOKS = 2;

  /** A clock by which time is up at the {@code last} look. */
  private static final class Looks implements LongSupplier {

    private static final int NEVER = Integer.MAX_VALUE;

    private final int last;
    private int looks;

    Looks(int last) {
      this.last = last;
    }

    @Override
    public long getAsLong() {
      looks++;
      return looks >= last ? 1_000 : -1_000;
    }
  }

  @Test
  void onceOverItStaysSo() {
    long[] now = {-1};
    Deadline deadline = new Deadline(0, () -> now[0]);
    assertThat(deadline.isOver()).isFalse();
    assertThat(deadline.struck()).isFalse();
    now[0] = 1;
    assertThat(deadline.struck()).as("nobody has been stopped yet").isFalse();
    assertThat(deadline.isOver()).isTrue();
    now[0] = -1;
    assertThat(deadline.isOver()).isTrue();
    assertThat(deadline.struck()).isTrue();
    assertThatThrownBy(() -> steps(deadline, MOST_STEPS)).isInstanceOf(OutOfTimeException.class);
  }

  @Test
  void halfOfItEndsHalfWayAndStrikesTheWhole() {
    long[] now = {0};
    Deadline whole = new Deadline(100, () -> now[0]);
    Deadline half = whole.half();
    now[0] = 50;
    assertThat(half.isOver()).isFalse();
    now[0] = 51;
    assertThat(half.isOver()).isTrue();
    assertThat(whole.isOver()).isFalse();
    assertThat(whole.struck()).isTrue();
  }

  @Test
  void looksAtTheClockNowAndThen() {
    Looks clock = new Looks(Looks.NEVER);
    steps(new Deadline(0, clock), 100 * MOST_STEPS);
    assertThat(clock.looks).isBetween(100, 1_000);
    steps(Deadline.never(), 100 * MOST_STEPS);
  }

  @Test
  void tarjanStops() {
    int nodes = 50 * MOST_STEPS;
    int[] visited = {0};
    Digraph path =
        new Digraph() {
          @Override
          public int nodes() {
            return nodes;
          }

          @Override
          public int places(int node) {
            return 1;
          }

          @Override
          public int successor(int node, int place) {
            visited[0]++;
            return (node + 1) % nodes;
          }
        };
    Deadline deadline = new Deadline(0, new Looks(3));
    assertThatThrownBy(() -> StrongComponents.of(path, deadline))
        .isInstanceOf(OutOfTimeException.class);
    assertThat(visited[0]).isLessThan(3 * MOST_STEPS);
    assertThat(deadline.struck()).isTrue();
  }

  /**
   * Lets time be up at one look after another: what is found until then is there, and nobody goes
   * on; and the looks are so many that none of the work goes without.
   */
  @Test
  void aSearchStopsWhereverItIs() {
    Random random = new Random(1);
    for (int nodes : new int[] {1_000, 2_000}) {
      DependencyGraph graph = oneComponent(nodes, random);
      int[] members = graph.components().getFirst();
      Looks endless = new Looks(Looks.NEVER);
      assertThat(search(graph, members, new Deadline(0, endless))).isNotEmpty();
      int edges = 3 * nodes;
      assertThat(endless.looks).isGreaterThan(10 * edges / MOST_STEPS);
      for (int last = 1; last < endless.looks; last += 1 + last / 4) {
        Looks clock = new Looks(last);
        Deadline deadline = new Deadline(0, clock);
        List<Cycle> found = search(graph, members, deadline);
        assertThat(deadline.struck()).isTrue();
        assertThat(clock.looks).isBetween(last, last + LAST_LOOKS);
        assertThat(found).allSatisfy(cycle -> assertIsThere(graph, cycle));
      }
    }
  }

  @Test
  void buildingStops() {
    DependencyGraph.Builder builder = new DependencyGraph.Builder(2, new Deadline(0, new Looks(4)));
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 100 * MOST_STEPS; i++) {
                builder.add(0, 1, Dependency.WW);
              }
            })
        .isInstanceOf(OutOfTimeException.class);
  }

  private static void steps(Deadline deadline, int count) {
    for (int i = 0; i < count; i++) {
      deadline.check();
    }
  }

  private static List<Cycle> search(DependencyGraph graph, int[] members, Deadline deadline) {
    return new CycleSearch(
            graph, new ModelLattice(), Dependency.REALTIME | Dependency.PROCESS, deadline)
        .search(members);
  }

  private static void assertIsThere(DependencyGraph graph, Cycle cycle) {
    assertThat(cycle.isSimple()).isTrue();
    for (int place = 0; place < cycle.length(); place++) {
      int to = cycle.node(place + 1);
      int kind = cycle.kind(place);
      int[] seen = {0};
      if (kind != Dependency.PROCESS) { // Neighbouring steps of a process are told as one.
        graph.visit(cycle.node(place), (_, target, kinds) -> seen[0] |= target == to ? kinds : 0);
        assertThat(seen[0] & kind).as(cycle::toString).isEqualTo(kind);
      }
    }
  }

  /** A long circle of anti-dependencies, with a few edges of other kinds across it. */
  private static DependencyGraph oneComponent(int nodes, Random random) {
    DependencyGraph.Builder builder = new DependencyGraph.Builder(nodes);
    int[] kinds = {Dependency.RW, Dependency.WR, Dependency.WW, Dependency.PROCESS};
    for (int node = 0; node < nodes; node++) {
      builder.add(node, (node + 1) % nodes, Dependency.RW);
      int later = Math.min(nodes - 1, node + 1 + random.nextInt(40));
      builder.add(node, later, kinds[random.nextInt(kinds.length)]);
      builder.add(node, later, Dependency.RW);
    }
    return builder.build(RealTimeOrder.none(nodes));
  }
}

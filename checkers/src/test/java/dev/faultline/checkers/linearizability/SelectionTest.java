package dev.faultline.checkers.linearizability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.checkers.linearizability.Configurations.Plain;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which configurations are kept when there are too many. */
class SelectionTest {

  private final Configurations shape = new Configurations(4, 2);
  private final Meter meter = new Meter(Limits.NONE, 0);

  @Test
  void firstTheBestOfEachStateThenTheSecondBest() {
    Frontier frontier = new Frontier(shape.layout, false);
    List<Plain> offered =
        List.of(
            owing(0, 0, 1, 2, 3),
            owing(0, 0),
            owing(1, 0, 1, 2),
            owing(0, 1, 2),
            owing(2, 3),
            owing(1, 0, 1, 2, 3));
    offered.forEach(plain -> {
      boolean _ = frontier.add(shape.packed(plain));
    });
    InFlight inFlight = new InFlight(shape.timeline, shape.layout.slotWords);
    inFlight.moveTo(shape.timeline.size());
    Selection selection = new Selection(shape.layout, frontier, inFlight, meter);
    assertThat(selection.best(1)).containsAnyOf(1, 4).hasSize(1);
    assertThat(selection.best(3)).containsExactly(1, 4, 2);
    assertThat(selection.best(4)).containsExactly(1, 4, 2, 3);
    assertThat(selection.best(6)).containsExactly(1, 4, 2, 3, 5, 0);
    assertThat(selection.best(100)).hasSize(6);
  }

  @Test
  void whatWasSupersededIsNotChosen() {
    Frontier frontier = new Frontier(shape.layout, true);
    boolean _ = frontier.add(shape.packed(owing(0, 0, 1)));
    boolean _ = frontier.add(shape.packed(owing(0, 0)));
    boolean _ = frontier.add(shape.packed(owing(0, 1)));
    InFlight inFlight = new InFlight(shape.timeline, shape.layout.slotWords);
    assertThat(new Selection(shape.layout, frontier, inFlight, meter).best(9))
        .containsExactly(1, 2);
  }

  @Test
  void choosesOfVeryManyAsOfFew() {
    Random random = new Random(1);
    Frontier frontier = new Frontier(shape.layout, false);
    List<Plain> offered = new ArrayList<>();
    for (int state = 0; state < 6_000; state++) {
      for (int owed = 0; owed < 4; owed++) {
        Plain plain =
            new Plain(
                state,
                Set.of(),
                random.nextBoolean() ? Set.of(owed) : Set.of(owed, (owed + 1) % 4),
                List.of(0));
        if (frontier.add(shape.packed(plain))) {
          offered.add(plain);
        }
      }
    }
    assertThat(offered).hasSizeGreaterThan(1 << 14);
    InFlight inFlight = new InFlight(shape.timeline, shape.layout.slotWords);
    inFlight.moveTo(shape.timeline.size());
    int[] all = new Selection(shape.layout, frontier, inFlight, meter).best(offered.size());
    assertThat(IntStream.of(all).boxed()).doesNotHaveDuplicates().hasSize(offered.size());
    int[] taken = new int[6_000];
    int[] lastOwed = new int[6_000];
    int lastRank = 0;
    for (int index : all) {
      Plain plain = offered.get(index);
      int rank = ++taken[plain.state()];
      assertThat(rank).isGreaterThanOrEqualTo(lastRank);
      assertThat(plain.must().size()).isGreaterThanOrEqualTo(lastOwed[plain.state()]);
      lastOwed[plain.state()] = plain.must().size();
      lastRank = rank;
    }
  }

  @Test
  void looksAtTheClockWhileItChooses() {
    Frontier frontier = new Frontier(shape.layout, false);
    for (int state = 0; state < 20_000; state++) {
      boolean _ = frontier.add(shape.packed(owing(state, 0)));
    }
    InFlight inFlight = new InFlight(shape.timeline, shape.layout.slotWords);
    AtomicInteger looks = new AtomicInteger();
    Limits counting = new Limits(1, 1 << 20, () -> Math.min(0, looks.getAndIncrement()));
    int[] _ = new Selection(shape.layout, frontier, inFlight, new Meter(counting, 0)).best(20_000);
    int all = looks.get();
    assertThat(all).isGreaterThan(4 * 20_000 / 2_048);
    for (int stop = 0; stop < all; stop++) {
      AtomicInteger left = new AtomicInteger(stop);
      Limits limits = new Limits(1, 1 << 20, () -> left.getAndDecrement() > 0 ? 0 : 1);
      Selection selection = new Selection(shape.layout, frontier, inFlight, new Meter(limits, 0));
      assertThatThrownBy(() -> selection.best(20_000)).isInstanceOf(BudgetSpentException.class);
    }
  }

  private static Plain owing(int state, Integer... slots) {
    return new Plain(state, Set.of(), Set.of(slots), List.of(0));
  }
}

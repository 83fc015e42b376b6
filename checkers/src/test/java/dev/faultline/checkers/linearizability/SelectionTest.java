package dev.faultline.checkers.linearizability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checkers.linearizability.Configurations.Plain;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which configurations are kept when there are too many. */
class SelectionTest {

  private final Configurations shape = new Configurations(4, 2);

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
    Selection selection = new Selection(shape.layout, frontier, inFlight);
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
    assertThat(new Selection(shape.layout, frontier, inFlight).best(9)).containsExactly(1, 2);
  }

  private static Plain owing(int state, Integer... slots) {
    return new Plain(state, Set.of(), Set.of(slots), List.of(0));
  }
}

package dev.faultline.checkers.linearizability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checkers.Script;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How operations lie on a timeline: their events in order, and a slot or a class for each. */
class TimelineTest {

  /**
   * <pre>
   * p0  |- write 1 -|
   * p1     |- write 2 ------------------|
   * p2  ------ write 7, no answer
   * p3                 |- write 3 -|
   * p4                                     write 7, no answer
   * p5                                     write 8, no answer
   * </pre>
   */
  private static final Script SCRIPT =
      new Script()
          .invoke(0, "write", "1")
          .invoke(1, "write", "2")
          .invoke(2, "write", "7")
          .ok(0)
          .invoke(3, "write", "3")
          .ok(3)
          .ok(1)
          .invoke(4, "write", "7")
          .invoke(5, "write", "8")
          .info(2);

  private static final Operations OPERATIONS = OneKey.encoded(SCRIPT);

  private final Timeline timeline = new Timeline(OPERATIONS, true);

  @Test
  void invocationsAndCompletionsComeInTheOrderOfTheHistory() {
    assertThat(events()).isEqualTo("+0 +1 +2 -0 +3 -3 -1 +4 +5");
    assertThat(timeline.call(1)).isEqualTo(OPERATIONS.call(1)).isNotEqualTo(timeline.call(0));
    assertThat(timeline.completedAt)
        .containsExactly(3, 6, Operation.NEVER, 5, Operation.NEVER, Operation.NEVER);
    assertThat(IntStream.range(0, 6).filter(timeline::isOpenEnded)).containsExactly(2, 4, 5);
    assertThat(IntStream.range(0, 10).map(timeline::completionsBefore))
        .containsExactly(0, 0, 0, 0, 1, 1, 2, 3, 3, 3);
  }

  @Test
  void aSlotIsUsedAgainOnceItsOperationCompleted() {
    assertThat(timeline.slots).isEqualTo(2);
    assertThat(timeline.places[0]).isNotEqualTo(timeline.places[1]);
    assertThat(timeline.places[3]).isEqualTo(timeline.places[0]);
  }

  @Test
  void thereAreAsManySlotsAsOperationsWereEverInFlight() {
    Script script = new Script();
    for (int round = 0; round < 3; round++) {
      for (int process = 0; process < 100; process++) {
        script.invoke(process, "write", "1");
      }
      for (int process = 0; process < 100; process++) {
        script.ok(process);
      }
    }
    Timeline crowded = new Timeline(OneKey.encoded(script), true);
    assertThat(crowded.slots).isEqualTo(100);
    for (int round = 0; round < 3; round++) {
      assertThat(crowded.places)
          .satisfies(places -> assertThat(IntStream.of(places).distinct()).hasSize(100));
    }
  }

  @Test
  void equalCallsWithoutCompletionAreOneClass() {
    assertThat(timeline.classSizes).containsExactly(2, 1);
    assertThat(timeline.places[2]).isEqualTo(timeline.places[4]).isZero();
    assertThat(timeline.places[5]).isEqualTo(1);
    assertThat(timeline.classCalls).containsExactly(OPERATIONS.call(2), OPERATIONS.call(5));
  }

  @Test
  void orAClassEach() {
    Timeline apart = new Timeline(OPERATIONS, false);
    assertThat(apart.classSizes).containsExactly(1, 1, 1);
    assertThat(apart.classCalls)
        .containsExactly(OPERATIONS.call(2), OPERATIONS.call(4), OPERATIONS.call(5));
    assertThat(apart.places[4]).isEqualTo(1);
  }

  @Test
  void itsColumnsAreCounted() {
    // Six operations in three columns, two columns of the timeline's own, and nine events.
    assertThat(timeline.bytes()).isEqualTo(4 * (6 * 3 + 6 * 2 + 9));
  }

  private String events() {
    StringBuilder events = new StringBuilder();
    for (int position = 0; position < timeline.size(); position++) {
      events
          .append(timeline.isCompletion(position) ? " -" : " +")
          .append(timeline.operationAt(position));
    }
    return events.toString().strip();
  }
}

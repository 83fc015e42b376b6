package dev.faultline.checkers.linearizability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checkers.Script;
import dev.faultline.checkers.history.History;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is in flight depends on the position alone, from whichever side it was reached. */
class InFlightTest {

  private final Random random = new Random(1);

  @Test
  void thoseDueFirstAreInFront() {
    Script script =
        new Script()
            .invoke(0, "write", "1")
            .invoke(1, "write", "2")
            .invoke(2, "write", "3")
            .ok(1)
            .ok(2)
            .ok(0);
    InFlight inFlight = new InFlight(new Timeline(OneKey.encoded(script), true), 1);
    inFlight.moveTo(3);
    assertThat(inFlight(inFlight)).containsExactly(1, 2, 0);
    inFlight.moveTo(4);
    assertThat(inFlight(inFlight)).containsExactly(2, 0);
    inFlight.moveTo(6);
    assertThat(inFlight(inFlight)).isEmpty();
    inFlight.moveTo(2);
    assertThat(inFlight(inFlight)).containsExactly(1, 0);
  }

  @Test
  void movedForthAndBackItIsWhatTheHistoryTells() {
    for (int i = 0; i < 12; i++) {
      History history = new RandomHistories(random, 200, 4, 0, 0.2, true).next(300);
      List<Operation> operations =
          KeyHistory.of(history, OneKey.model("cas-register"), KeyIndex.of(history).invocations(0))
              .operations();
      Timeline timeline =
          new Timeline(Operations.of(OneKey.model("cas-register"), operations), true);
      int words = new Layout(timeline, false).slotWords;
      InFlight inFlight = new InFlight(timeline, words);
      for (int move = 0; move < 60; move++) {
        int position = random.nextInt(timeline.size() + 1);
        inFlight.moveTo(position);
        assertIsAsAt(position, timeline, inFlight);
      }
    }
  }

  private static void assertIsAsAt(int position, Timeline timeline, InFlight inFlight) {
    StateSpace space = timeline.operations.space();
    List<Integer> expected = new ArrayList<>();
    int[] invoked = new int[timeline.classCalls.length];
    for (int at = 0; at < position; at++) {
      int operation = timeline.operationAt(at);
      if (timeline.isOpenEnded(operation)) {
        invoked[timeline.places[operation]]++;
      } else if (timeline.isCompletion(at)) {
        expected.remove(Integer.valueOf(operation));
      } else {
        expected.add(operation);
      }
    }
    expected.sort(Comparator.comparingInt(operation -> timeline.completedAt[operation]));
    assertThat(inFlight(inFlight)).isEqualTo(expected);
    for (int i = 0; i < invoked.length; i++) {
      assertThat(inFlight.invoked(i)).isEqualTo(invoked[i]);
    }
    assertThat(slots(inFlight.blind))
        .containsExactlyInAnyOrderElementsOf(
            expected.stream()
                .filter(operation -> space.overwrites(timeline.call(operation)))
                .map(operation -> timeline.places[operation])
                .toList());
    // Twice, because the answers for a state are remembered.
    for (int state = 0; state < 8; state++) {
      int asked = state % 4;
      int from = inFlight.unchanging(asked);
      long[] mask = new long[inFlight.blind.length];
      for (int word = 0; word < mask.length; word++) {
        mask[word] = inFlight.mask(from + word);
      }
      assertThat(slots(mask))
          .containsExactlyInAnyOrderElementsOf(
              expected.stream()
                  .filter(operation -> space.step(asked, timeline.call(operation)) == asked)
                  .map(operation -> timeline.places[operation])
                  .toList());
    }
  }

  private static List<Integer> inFlight(InFlight inFlight) {
    List<Integer> operations = new ArrayList<>();
    for (int i = 0; i < inFlight.count(); i++) {
      operations.add(inFlight.operation(i));
    }
    return operations;
  }

  private static List<Integer> slots(long[] words) {
    List<Integer> slots = new ArrayList<>();
    for (int slot = 0; slot < words.length * Long.SIZE; slot++) {
      if ((words[slot / Long.SIZE] & 1L << slot % Long.SIZE) != 0) {
        slots.add(slot);
      }
    }
    return slots;
  }
}

package dev.faultline.checkers.linearizability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checkers.Script;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Only values that somebody must still find are worth going to. */
class GoalsTest {

  @Test
  void aValueThatAnOwedOperationNeeds() {
    Script script = new Script().did(0, "write", "1").invoke(1, "read", "null");
    script.invoke(2, "write", "3").ok(2).ok(1, "2");
    assertThat(ofUse(script, 4, 1)).containsExactly("2");
    assertThat(ofUse(script, 4)).isEmpty();
  }

  @Test
  void andWhatLostCompareAndSetsLeadThereFrom() {
    Script script = new Script();
    script.invoke(3, "cas", "[3,2]").invoke(4, "cas", "[4,3]").invoke(5, "cas", "[6,5]");
    script.invoke(6, "write", "7").invoke(1, "read", "null");
    script.invoke(8, "cas", "[9,3]").ok(1, "2");
    assertThat(ofUse(script, 5, 4))
        .as("the last is not yet invoked")
        .containsExactly("2", "3", "4");
    assertThat(ofUse(script, 6, 4)).containsExactly("2", "3", "4", "9");
  }

  @Test
  void andAnythingIfARefusalMustStillFindAnotherValue() {
    Script script =
        new Script().invoke(1, "cas", "[1,2]").did(0, "write", "1").did(0, "write", "4");
    script.fail(1, "compare-failed");
    assertThat(ofUse(script, 3, 0)).hasSize(10);
    assertThat(ofUse(script, 3)).isEmpty();
  }

  @Test
  void slotsBeyondTheFirstWordCountAsWell() {
    Script script = new Script();
    for (int i = 0; i < 70; i++) {
      script.invoke(i, "read", "null");
    }
    for (int i = 0; i < 70; i++) {
      script.ok(i, Integer.toString(i));
    }
    assertThat(ofUse(script, 70, 3, 68)).containsExactly("3", "68");
  }

  /**
   * Returns the values of use at {@code position} to a configuration that owes {@code operations}.
   */
  private static List<String> ofUse(Script script, int position, int... operations) {
    Operations encoded = OneKey.encoded(script);
    RegisterSpace space = (RegisterSpace) encoded.space();
    Map<String, Integer> numbers = new LinkedHashMap<>();
    for (String value : List.of("null", "1", "2", "3", "4", "5", "6", "7", "9", "68")) {
      numbers.put(value, space.needs(space.number(Told.call("read -> " + value))));
    }
    Timeline timeline = new Timeline(encoded, true);
    Layout layout = new Layout(timeline, false);
    InFlight inFlight = new InFlight(timeline, layout.slotWords);
    inFlight.moveTo(position);
    Goals goals = new Goals(space, timeline, inFlight);
    long[] configuration = new long[layout.stride];
    for (int operation : operations) {
      int slot = timeline.places[operation];
      configuration[layout.must + slot / Long.SIZE] |= 1L << slot;
    }
    goals.aim(configuration, layout);
    return numbers.keySet().stream()
        .filter(value -> goals.isOfUse(Objects.requireNonNull(numbers.get(value))))
        .toList();
  }
}

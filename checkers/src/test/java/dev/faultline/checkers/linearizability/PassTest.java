package dev.faultline.checkers.linearizability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checkers.Script;
import dev.faultline.checkers.history.History;
import dev.faultline.checkers.linearizability.Pass.Ending;
import dev.faultline.checkers.linearizability.Pass.Policy;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What may be believed of a walk whose frontier was not wide enough. */
class PassTest {

  private static final int WIDE = 1 << 20;
  private static final long LATER = System.nanoTime() + Duration.ofHours(1).toNanos();

  private final Random random = new Random(1);

  @Test
  void droppingNeverFindsAnOrderThatIsNotThereAndJoiningNeverMissesOneThatIs() {
    int orders = 0;
    int missed = 0;
    int refuted = 0;
    for (int i = 0; i < 1_500; i++) {
      History history = new RandomHistories(random, 4, 3, 0.25, 0.2, true).next(8);
      boolean expected = BruteForce.isLinearizable(history);
      orders += expected ? 1 : 0;
      Pass dropping = pass(operations(history), Policy.DROP, 1);
      Ending dropped = dropping.advance(size(history));
      Pass joining = pass(operations(history), Policy.JOIN, 1);
      joining.setCounting(random.nextBoolean());
      Ending joined = joining.advance(size(history));
      if (expected) {
        assertThat(joined).isEqualTo(Ending.ARRIVED);
        missed += dropped == Ending.DEAD ? 1 : 0;
        assertThat(dropped == Ending.DEAD && dropping.isExact()).isFalse();
      } else {
        assertThat(dropped).isEqualTo(Ending.DEAD);
        refuted += joined == Ending.DEAD ? 1 : 0;
      }
    }
    assertThat(orders).isBetween(300, 1_200);
    assertThat(missed).as("a width of one is not enough").isPositive();
    assertThat(refuted).isGreaterThan((1_500 - orders) / 2);
  }

  @Test
  void aWalkThatWasWideEnoughIsExact() {
    for (int i = 0; i < 500; i++) {
      History history = new RandomHistories(random, 4, 3, 0.1, 0.2, true).next(8);
      for (Policy policy : Policy.values()) {
        Pass pass = pass(operations(history), policy, WIDE);
        Ending ending = pass.advance(size(history));
        assertThat(ending)
            .isEqualTo(BruteForce.isLinearizable(history) ? Ending.ARRIVED : Ending.DEAD);
        assertThat(pass.isExact()).isTrue();
      }
    }
  }

  @Test
  void withoutCountingNothingIsExact() {
    Pass pass = pass(OneKey.encoded(new Script().did(0, "write", "1")), Policy.JOIN, WIDE);
    pass.setCounting(false);
    assertThat(pass.advance(2)).isEqualTo(Ending.ARRIVED);
    assertThat(pass.isExact()).isFalse();
  }

  @Test
  void withoutCountingALostWriteMayHappenTwice() {
    Script script = new Script().invoke(0, "write", "1").info(0);
    script.did(1, "read", "1").did(1, "write", "2").did(1, "read", "1");
    assertThat(pass(OneKey.encoded(script), Policy.JOIN, 4).advance(7)).isEqualTo(Ending.DEAD);
    Pass generous = pass(OneKey.encoded(script), Policy.JOIN, 4);
    generous.setCounting(false);
    assertThat(generous.advance(7)).isEqualTo(Ending.ARRIVED);
  }

  @Test
  void longHistoriesThatHaveAnOrderAreNeverRefuted() {
    for (int processes : List.of(6, 100)) {
      for (int i = 0; i < 6; i++) {
        History history = new RandomHistories(random, processes, 4, 0, 0.1, true).next(150);
        Operations operations = operations(history);
        for (int width : List.of(1, 3)) {
          Pass joining = pass(operations, Policy.JOIN, width);
          joining.setCounting(width == 3);
          assertThat(joining.advance(size(history))).isNotEqualTo(Ending.DEAD);
        }
      }
    }
  }

  @Test
  void goesBackToACheckpointAndComesTheSameWayAgain() {
    for (int i = 0; i < 10; i++) {
      History history = new RandomHistories(random, 5, 4, 0.01, 0.03, true).next(150);
      Operations operations = operations(history);
      for (Policy policy : Policy.values()) {
        Pass straight = pass(operations, policy, 8);
        Ending expected = straight.advance(size(history));
        Pass pass = pass(operations, policy, 8);
        Ending ending = pass.advance(size(history));
        for (int target : List.of(200, 70, 0, -5, 130)) {
          pass.rewind(Math.min(target, pass.position()));
          assertThat(pass.position())
              .isEqualTo(Math.clamp(target, 0, straight.position()) / 64 * 64);
          ending = pass.advance(size(history));
          assertThat(ending).isEqualTo(expected);
          assertThat(pass.position()).isEqualTo(straight.position());
          assertThat(pass.isExact()).isEqualTo(straight.isExact());
        }
      }
    }
  }

  @Test
  void exactnessComesBackWithTheCheckpoint() {
    Script script = new Script();
    for (int i = 0; i < 40; i++) {
      script.did(0, "write", Integer.toString(i));
    }
    // Three values, of which a narrow walk keeps one.
    script.invoke(1, "write", "100").invoke(2, "write", "101").invoke(3, "write", "102");
    script.invoke(4, "read", "null").invoke(5, "read", "null");
    script.ok(1).ok(2).ok(3).ok(4, "100").ok(5, "101").did(6, "read", "102");
    Operations operations = OneKey.encoded(script);
    Pass pass = pass(operations, Policy.DROP, 1);
    Ending _ = pass.advance(92);
    assertThat(pass.isExact()).isFalse();
    pass.rewind(80);
    assertThat(pass.isExact()).isTrue();
    pass.setWidth(WIDE);
    assertThat(pass.advance(92)).isEqualTo(Ending.ARRIVED);
    assertThat(pass.isExact()).isTrue();
  }

  @Test
  void standsAtTheCompletionThatCouldNotBePassed() {
    Script script = new Script().did(0, "write", "1").did(0, "read", "2").did(0, "write", "2");
    Pass pass = pass(OneKey.encoded(script), Policy.DROP, WIDE);
    assertThat(pass.advance(6)).isEqualTo(Ending.DEAD);
    assertThat(pass.position()).isEqualTo(3);
  }

  @Test
  void saysWhatRanOut() {
    Script script = new Script().did(0, "write", "1").did(0, "read", "1");
    assertThat(limited(script, new Limits(System.nanoTime(), 1 << 20)).advance(4))
        .isEqualTo(Ending.OUT_OF_TIME);
    assertThat(limited(script, new Limits(LATER, 100)).advance(4)).isEqualTo(Ending.OUT_OF_MEMORY);
    Script nothingToDo = new Script().did(0, "read", "null");
    assertThat(limited(nothingToDo, new Limits(System.nanoTime(), 1 << 20)).advance(2))
        .isEqualTo(Ending.OUT_OF_TIME);
  }

  @Test
  void tooManyStatesToJoinOverflow() {
    Script script = new Script();
    for (int i = 0; i < 9; i++) {
      script.invoke(i, "enqueue", Integer.toString(i));
    }
    for (int i = 0; i < 9; i++) {
      script.ok(8 - i);
    }
    Operations operations = OneKey.encoded("queue", script);
    assertThat(pass(operations, Policy.JOIN, 1).advance(18)).isEqualTo(Ending.OVERFLOWED);
    assertThat(pass(operations, Policy.DROP, 1).advance(18)).isEqualTo(Ending.ARRIVED);
  }

  @Test
  void operationsBeyondTheFirstWordOfSlotsAreUsedOnceEach() {
    for (String last : List.of("69", "67")) {
      Script script = new Script();
      for (int i = 0; i < 70; i++) {
        script.invoke(i, "write", Integer.toString(i));
      }
      script.did(80, "read", "67").did(80, "read", "1").did(80, "read", last);
      for (int i = 0; i < 70; i++) {
        script.ok(i);
      }
      Operations operations = OneKey.encoded(script);
      for (Policy policy : Policy.values()) {
        assertThat(pass(operations, policy, WIDE).advance(146))
            .isEqualTo(last.equals("69") ? Ending.ARRIVED : Ending.DEAD);
      }
    }
  }

  @Test
  void checkpointsAreCountedOnce() {
    Script script = new Script();
    for (int i = 0; i < 1_000; i++) {
      script.did(0, "write", Integer.toString(i));
    }
    Timeline timeline = new Timeline(OneKey.encoded(script), true);
    Layout layout = new Layout(timeline, false);
    Meter meter = new Meter(new Limits(LATER, 1 << 30), 0);
    Pass pass = new Pass(timeline, layout, Policy.DROP, Reductions.ALL, meter, null);
    pass.setWidth(1);
    long before = meter.peakBytes();
    assertThat(before).isEqualTo(3 * new Frontier(layout, true).bytes());
    assertThat(pass.advance(2_000)).isEqualTo(Ending.ARRIVED);
    long checkpoints = 2_000 / 64 + 1;
    assertThat(meter.peakBytes()).isEqualTo(before + checkpoints * layout.stride * Long.BYTES);
    pass.rewind(0);
    assertThat(pass.advance(2_000)).isEqualTo(Ending.ARRIVED);
    assertThat(meter.peakBytes()).isEqualTo(before + checkpoints * layout.stride * Long.BYTES);
  }

  private static Pass limited(Script script, Limits limits) {
    Timeline timeline = new Timeline(OneKey.encoded(script), true);
    Pass pass =
        new Pass(
            timeline,
            new Layout(timeline, false),
            Policy.DROP,
            Reductions.ALL,
            new Meter(limits, 0),
            null);
    pass.setWidth(1);
    return pass;
  }

  private static Pass pass(Operations operations, Policy policy, int width) {
    Timeline timeline = new Timeline(operations, true);
    Pass pass =
        new Pass(
            timeline,
            new Layout(timeline, false),
            policy,
            Reductions.ALL,
            new Meter(new Limits(LATER, 1 << 30), 0),
            null);
    pass.setWidth(width);
    return pass;
  }

  private static Operations operations(History history) {
    Model<?> model = OneKey.model("cas-register");
    int[] invocations = KeyIndex.of(history).invocations(0);
    return Operations.of(model, KeyHistory.of(history, model, invocations).operations());
  }

  private static int size(History history) {
    return new Timeline(operations(history), true).size();
  }
}

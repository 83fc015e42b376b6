package dev.faultline.checkers.linearizability;

import static dev.faultline.checkers.linearizability.Zones.Answer.LINEARIZABLE;
import static dev.faultline.checkers.linearizability.Zones.Answer.NOT_LINEARIZABLE;
import static dev.faultline.checkers.linearizability.Zones.Answer.UNDECIDED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checkers.Script;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Registers whose values are written once are decided by their zones. */
class ZonesTest {

  private final Script script = new Script();

  @Test
  void agreesWithAllPermutationsAndAlwaysHasAnAnswerWithoutRefusals() {
    Random random = new Random(1);
    UniqueValues histories = new UniqueValues(random, false);
    int valid = 0;
    for (int i = 0; i < 3_000; i++) {
      List<Operation> operations = histories.next(2 + random.nextInt(6));
      boolean expected = Permutations.anyFits(OneKey.model("cas-register"), operations);
      valid += expected ? 1 : 0;
      assertThat(decide(operations))
          .as(operations::toString)
          .isEqualTo(expected ? LINEARIZABLE : NOT_LINEARIZABLE);
    }
    assertThat(valid).isBetween(600, 2_400);
  }

  @Test
  void isNeverWrongWithRefusals() {
    Random random = new Random(2);
    UniqueValues histories = new UniqueValues(random, true);
    int decided = 0;
    for (int i = 0; i < 3_000; i++) {
      List<Operation> operations = histories.next(2 + random.nextInt(6));
      boolean expected = Permutations.anyFits(OneKey.model("cas-register"), operations);
      Zones.Answer answer = decide(operations);
      decided += answer == UNDECIDED ? 0 : 1;
      assertThat(answer)
          .as(operations::toString)
          .isIn(expected ? LINEARIZABLE : NOT_LINEARIZABLE, UNDECIDED);
    }
    assertThat(decided).isGreaterThan(2_000);
  }

  @Test
  void nothingNeedHaveHappened() {
    script.invoke(0, "write", "1").info(0);
    assertDecided(LINEARIZABLE);
  }

  @Test
  void theInitialValueIsThereAtFirst() {
    script.did(0, "read", "null").did(0, "write", "1");
    assertDecided(LINEARIZABLE);
  }

  @Test
  void andNotLater() {
    script.did(0, "write", "1").did(0, "read", "null");
    assertDecided(NOT_LINEARIZABLE);
  }

  @Test
  void unlessSomebodyWritesItAgain() {
    script.did(0, "write", "1").did(0, "write", "null").did(0, "read", "null");
    assertDecided(UNDECIDED);
  }

  @Test
  void aValueThatWasWrittenTwiceIsOfNoConcernIfNobodySawIt() {
    script.did(0, "write", "1").did(0, "write", "1").did(0, "write", "2").did(0, "read", "2");
    assertDecided(LINEARIZABLE);
  }

  @Test
  void butIsIfSomebodyDid() {
    script.did(0, "write", "1").did(0, "write", "1").did(0, "read", "1");
    assertDecided(UNDECIDED);
  }

  @Test
  void aReadMayNotComeBeforeItsWrite() {
    script.did(0, "read", "1").did(0, "write", "1");
    assertDecided(NOT_LINEARIZABLE);
  }

  @Test
  void noBlockMayStandInTheMiddleOfAnother() {
    script.did(0, "write", "1").did(0, "write", "2").did(0, "read", "1");
    assertDecided(NOT_LINEARIZABLE);
  }

  @Test
  void overlappingBlocksFindAnOrder() {
    script.invoke(0, "write", "1").invoke(1, "write", "2").ok(0).ok(1);
    script.did(2, "read", "2").did(2, "read", "2");
    assertDecided(LINEARIZABLE);
  }

  @Test
  void twoCompareAndSetsCannotFindTheSameValue() {
    script.invoke(0, "cas", "[null,1]").invoke(1, "cas", "[null,2]").ok(0).ok(1);
    assertDecided(NOT_LINEARIZABLE);
  }

  @Test
  void compareAndSetsInACircleFoundWhatNobodyWrote() {
    script.invoke(0, "cas", "[1,2]").invoke(1, "cas", "[2,1]").ok(0).ok(1);
    assertDecided(NOT_LINEARIZABLE);
  }

  @Test
  void theOrderOfAChainIsGiven() {
    script.did(0, "cas", "[1,2]").did(1, "cas", "[null,1]");
    assertDecided(NOT_LINEARIZABLE);
  }

  @Test
  void nothingComesBetweenTheLinksOfAChain() {
    script.did(0, "write", "1").did(1, "write", "9").did(2, "cas", "[1,2]");
    assertDecided(NOT_LINEARIZABLE);
  }

  @Test
  void aLostWriteHappenedIfItsValueWasFoundThroughOtherLostOnes() {
    script.invoke(0, "write", "1").info(0).invoke(1, "cas", "[1,2]").info(1);
    script.did(2, "cas", "[2,3]").did(2, "read", "3");
    assertDecided(LINEARIZABLE);
  }

  @Test
  void andThenItMayNotBeSeenBeforeItWasInvoked() {
    script.invoke(1, "cas", "[1,2]").info(1).did(2, "cas", "[2,3]");
    script.invoke(0, "write", "1").info(0);
    assertDecided(NOT_LINEARIZABLE);
  }

  @Test
  void aRefusalFitsWhereAnotherValueIsThere() {
    script.did(0, "write", "1");
    refused(2, "[2,9]").did(0, "write", "2");
    assertDecided(LINEARIZABLE);
  }

  @Test
  void aRefusalOfAValueThatNobodyWroteAlwaysFits() {
    refused(2, "[7,9]").did(0, "write", "1");
    assertDecided(LINEARIZABLE);
  }

  @Test
  void aRefusalOfALostWriteThatNobodySawAlwaysFits() {
    script.invoke(0, "write", "1").info(0);
    refused(2, "[1,9]");
    assertDecided(LINEARIZABLE);
  }

  @Test
  void aRefusalWhileTheValueWasThereIsNotForThisAlgorithm() {
    script.did(0, "write", "1");
    refused(2, "[1,9]").did(0, "write", "2");
    assertDecided(UNDECIDED);
  }

  @Test
  void aRefusalThatBeganBeforeTheValueWasThereFits() {
    script.invoke(2, "cas", "[1,9]").did(0, "write", "1").fail(2, "compare-failed");
    assertDecided(LINEARIZABLE);
  }

  @Test
  void aRefusalThatEndsAfterTheValueWasThereFits() {
    script.did(0, "write", "1").invoke(2, "cas", "[1,9]").did(0, "write", "2");
    script.fail(2, "compare-failed");
    assertDecided(LINEARIZABLE);
  }

  @Test
  void aRefusalOfAValueThatWasWrittenTwiceIsNotForThisAlgorithm() {
    script.did(0, "write", "1").did(0, "write", "1").did(0, "write", "2");
    refused(2, "[1,9]");
    assertDecided(UNDECIDED);
  }

  @Test
  void aRefusalOfTheInitialValueFitsOnceItIsGone() {
    script.did(0, "write", "1");
    refused(2, "[null,9]");
    assertDecided(LINEARIZABLE);
  }

  @Test
  void andNotBefore() {
    refused(2, "[null,9]").did(0, "write", "1");
    assertDecided(UNDECIDED);
  }

  @Test
  void otherObjectsAreNotForThisAlgorithm() {
    script.did(0, "enqueue", "1");
    assertThat(Zones.decide(OneKey.encoded("queue", script))).isEqualTo(UNDECIDED);
  }

  private Script refused(int process, String pair) {
    return script.invoke(process, "cas", pair).fail(process, "compare-failed");
  }

  private void assertDecided(Zones.Answer expected) {
    assertThat(decide(OneKey.operations(script))).isEqualTo(expected);
  }

  private static Zones.Answer decide(List<Operation> operations) {
    return Zones.decide(Operations.of(OneKey.model("cas-register"), operations));
  }
}

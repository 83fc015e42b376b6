package dev.faultline.checkers.linearizability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checkers.Script;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * Queues and stacks into which values are put once: what has an order, and what shows it has none.
 */
class RowOrdersTest {

  private final Script script = new Script();

  @Nested
  class AStack {

    @Test
    void isRefutedByTheFewestValues() {
      put(1).put(2).put(3).take("1").take("2").take("3");
      assertThat(stack()).isEqualTo("[0, 4, 6, 10]");
    }

    @Test
    void isRefutedByValuesThatStayLongest() {
      put(1).put(2).put(3).take("1").take("3").take("2");
      assertThat(stack()).isEqualTo("[0, 2, 6, 10]");
    }

    @Test
    void isRefutedByAChainOfStays() {
      put(1).put(2).take("1").put(3).take("2").put(4).take("3").take("4");
      assertThat(stack()).isEqualTo("[0, 2, 4, 6, 8, 10, 12, 14]");
    }

    @Test
    void mayBeTakenFromWhileItIsPutInto() {
      script.invoke(0, "put", "1").invoke(1, "put", "2").ok(1).ok(0);
      assertThat(stack()).isEqualTo("ordered");
      take("1").take("2");
      assertThat(stack()).isEqualTo("ordered");
    }

    @Test
    void keepsWhatNobodyTakes() {
      put(1).put(2);
      assertThat(stack()).isEqualTo("ordered");
      put(3).lost(5).put(4);
      assertThat(stack()).isEqualTo("ordered");
    }

    @Test
    void hasAtTheBottomWhatIsTakenLastWhicheverPutBeganOrEndedFirst() {
      script.invoke(0, "put", "1").invoke(1, "put", "2").ok(0).ok(1);
      take("1").take("2");
      script.invoke(0, "put", "3").invoke(1, "put", "4").ok(1).ok(0);
      take("4").take("3");
      assertThat(stack()).isEqualTo("ordered");
    }

    @Test
    void holdsWhatLiesUnderAValueThatComesAndGoes() {
      invoke(3).put(1).put(2).take("1").answer(3, "2");
      assertThat(stack()).isEqualTo("ordered");
    }

    @Test
    void isRefutedByValuesAboveOneThatRefutesNothing() {
      put(9).put(1).put(2).take("1").take("2").take("9");
      assertThat(stack()).isEqualTo("[2, 4, 6, 8]");
    }

    @Test
    void isRefutedWithoutTheLostTakeWhereAllWereTaken() {
      put(1).put(2).lost(5).take("1").take("2");
      assertThat(stack()).isEqualTo("[0, 2, 6, 8]");
    }

    @Test
    void mayHaveLostWhatWasOnTop() {
      put(1).put(2).lost(5).take("1");
      assertThat(stack()).isEqualTo("ordered");
    }

    @Test
    void cannotHaveLostWhatWasOnTopOnlyLater() {
      put(1).put(2).take("1").lost(5);
      assertThat(stack()).isEqualTo("[0, 2, 4, 6]");
    }

    @Test
    void losesOneValueForEachTakeWithoutAnswer() {
      put(1).put(2).put(3).lost(5).take("1");
      assertThat(stack()).isEqualTo("undecided");
      put(4).put(5).lost(6).lost(7).take("4");
      assertThat(stack()).isEqualTo("undecided");
    }

    @Test
    void mayBeEmptyAfterALostTake() {
      put(1).lost(5).take("null");
      assertThat(stack()).isEqualTo("ordered");
      put(2).take("null");
      assertThat(stack()).isEqualTo("undecided");
    }

    @Test
    void isNotEmptyBeforeTheLostTake() {
      put(1).take("null").lost(5);
      assertThat(stack()).isEqualTo("[0, 2, 4]");
    }

    @Test
    void isEmptyWhereOneStayEndsBeforeTheNext() {
      put(1).invoke(3).take("1").put(2).answer(3, "null").take("2");
      assertThat(stack()).isEqualTo("ordered");
    }
  }

  @Nested
  class AQueue {

    @Test
    void isRefutedByTwoValuesOfMany() {
      put(1).put(2).put(3).take("1").take("3").take("2");
      assertThat(queue()).isEqualTo("[2, 4, 8, 10]");
    }

    @Test
    void mayHaveLostWhatWasInFront() {
      put(1).put(2).lost(5).take("2");
      assertThat(queue()).isEqualTo("ordered");
    }

    @Test
    void cannotHaveLostWhatWasInFrontOnlyLater() {
      put(1).put(2).take("2").lost(5);
      assertThat(queue()).isEqualTo("[0, 2, 4]");
    }

    @Test
    void losesOneValueForEachTakeWithoutAnswer() {
      put(1).put(2).put(3).lost(5).take("3");
      assertThat(queue()).isEqualTo("[0, 2, 4, 6, 8]");
    }

    @Test
    void mayBeEmptyAfterALostTake() {
      put(1).lost(5).take("null");
      assertThat(queue()).isEqualTo("ordered");
      put(2).take("null");
      assertThat(queue()).isEqualTo("[0, 2, 4, 6, 8]");
    }

    @Test
    void isNotEmptyBeforeTheLostTake() {
      put(1).take("null").lost(5);
      assertThat(queue()).isEqualTo("[0, 2]");
    }

    @Test
    void isEmptyWhereOneStayEndsBeforeTheNext() {
      put(1).invoke(3).take("1").put(2).answer(3, "null").take("2");
      assertThat(queue()).isEqualTo("ordered");
    }

    @Test
    void isNotEmptyWhileWhatIsTakenLaterIsInsideWhateverWasLost() {
      put(1).lost(5).take("null").take("1");
      assertThat(queue()).isEqualTo("[0, 4, 6]");
    }

    @Test
    void swapsTwoValuesWhateverWasLost() {
      put(1).put(2).lost(5).take("2").put(3).put(4).take("4").take("3");
      assertThat(queue()).isEqualTo("[8, 10, 12, 14]");
    }

    @Test
    void losesValuesInTheOrderInWhichTheyMustBeGone() {
      // 3 must be gone before 4 is taken, and 1, whose put overlaps both, only before 2 is.
      script.invoke(7, "put", "1");
      put(3).put(4);
      script.ok(7);
      put(2).lost(5).take("4").lost(6).take("2");
      assertThat(queue()).isEqualTo("ordered");
    }

    @Test
    void cannotLoseAValueAfterItMustBeGone() {
      put(1).put(2).put(3).put(4).lost(5).take("2").take("4").lost(6);
      assertThat(queue()).isEqualTo("[0, 2, 4, 6, 8, 10, 12]");
    }

    @Test
    void mayHaveLostAValueJustInTime() {
      put(1).put(2).invoke(1).lost(5).answer(1, "2");
      assertThat(queue()).isEqualTo("ordered");
    }

    @Test
    void isRefutedByEachLostTakeThatCameInTimeThoughTheyAreTooFew() {
      put(1).put(2).put(3).invoke(1).lost(5).answer(1, "3").lost(6);
      assertThat(queue()).isEqualTo("[0, 2, 4, 6, 7]");
    }

    @Test
    void mayHaveBeenEmptyBeforeWhatIsLostLater() {
      invoke(3).put(1).answer(3, "null").lost(5);
      assertThat(queue()).isEqualTo("ordered");
    }

    @Test
    void isEmptyAtTheBeginningWhateverIsLost() {
      take("null").put(1).put(2).lost(5).take("2");
      assertThat(queue()).isEqualTo("ordered");
    }

    @Test
    void swapsTwoValuesAfterItWasEmpty() {
      take("null").put(1).put(2).take("2").take("1");
      assertThat(queue()).isEqualTo("[2, 4, 6, 8]");
    }

    @Test
    void losesAValueThatNeedNotBeGoneIfItMayBeEmptyThen() {
      // 9 is put in after somebody found nothing, and so may stay; 1 must have been lost.
      script.invoke(7, "put", "9");
      put(7).invoke(3).put(1).take("7").lost(5).answer(3, "null");
      script.ok(7);
      assertThat(queue()).isEqualTo("ordered");
    }

    @Test
    void isNotDecidedWhereTheLostTakesAreTooFewToEmptyIt() {
      put(7).invoke(3).put(1).put(2).take("7").lost(5).answer(3, "null");
      assertThat(queue()).isEqualTo("undecided");
    }

    @Test
    void isNotDecidedWhereItIsFreeOfWhatWasTakenAtTheVeryEnd() {
      put(7).invoke(3).put(1).invoke(1).answer(3, "null").answer(1, "7").lost(5);
      assertThat(queue()).isEqualTo("undecided");
    }

    @Test
    void isNeverEmptyWhereOneStayBeginsBeforeTheOtherEnds() {
      put(1).invoke(3).put(2).take("1").answer(3, "null").take("2");
      assertThat(queue()).isEqualTo("[0, 2, 3, 5, 8]");
    }
  }

  private RowOrdersTest put(int value) {
    script.did(0, "put", "" + value);
    return this;
  }

  private RowOrdersTest take(String value) {
    return invoke(1).answer(1, value);
  }

  private RowOrdersTest lost(int process) {
    invoke(process);
    script.info(process);
    return this;
  }

  private RowOrdersTest invoke(int process) {
    script.invoke(process, "take", "null");
    return this;
  }

  private RowOrdersTest answer(int process, String value) {
    script.ok(process, value);
    return this;
  }

  private String stack() {
    return conclusion(new Sequence("stack", "put", "take", false));
  }

  private String queue() {
    return conclusion(new Sequence("queue", "put", "take", true));
  }

  private String conclusion(Sequence model) {
    return OneKey.conclusion(model, script);
  }
}

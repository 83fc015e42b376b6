package dev.faultline.checkers.linearizability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checkers.Script;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What a counter that never goes down can have shown, and which operations say that it did not. */
class CounterBoundsTest {

  private final Script script = new Script();

  @Nested
  class TooLittleIsLessThan {

    @Test
    void whatHadCertainlyBeenAdded() {
      script.did(0, "add", "2").did(0, "add", "0").invoke(3, "add", "5").invoke(1, "read", "null");
      script.ok(3).ok(1, "1");
      assertThat(conclusion()).as("not what was still being added").isEqualTo("[0, 5]");
    }

    @Test
    void whatWasSeenBeforeAndAddedSince() {
      script.did(0, "add", "2").invoke(1, "read", "null").invoke(3, "add", "7").ok(1, "2").ok(3);
      script.did(0, "add", "3").did(2, "read", "4");
      assertThat(conclusion()).as("not what was added meanwhile").isEqualTo("[2, 6, 8]");
    }

    @Test
    void whatWasSeenBeforeAndAddedBetween() {
      script.did(0, "add", "2").did(1, "read", "2").did(0, "add", "3").invoke(3, "add", "7");
      script.invoke(2, "read", "null").ok(3).ok(2, "4");
      assertThat(conclusion()).as("not what was still being added").isEqualTo("[2, 4, 7]");
    }

    @Test
    void allThatWasAddedThoughNotSinceItWasSeen() {
      script.did(0, "add", "2").invoke(1, "read", "null").invoke(3, "add", "7").ok(1, "2").ok(3);
      script.did(0, "add", "3").did(2, "read", "5");
      assertThat(conclusion()).isEqualTo("[0, 3, 6, 8]");
    }

    @Test
    void whatWasAddedThoughAnotherSawMoreMeanwhile() {
      script.did(0, "add", "2").invoke(1, "read", "null").invoke(2, "read", "null").ok(1, "2");
      script.ok(2, "1");
      assertThat(conclusion()).isEqualTo("[0, 3]");
    }

    @Test
    void whatWasSeenBefore() {
      script.invoke(0, "add", "9").did(1, "read", "5").did(2, "read", "5");
      assertThat(conclusion()).isEqualTo("undecided");
      script.invoke(3, "add-and-get", "2").ok(3, "6");
      assertThat(conclusion()).isEqualTo("[1, 5]");
    }

    @Test
    void theMostThatWasSeenBefore() {
      script.invoke(0, "add", "9").invoke(1, "read", "null").did(2, "read", "7").ok(1, "5");
      script.did(3, "read", "6");
      assertThat(conclusion()).isEqualTo("[2, 5]");
    }
  }

  @Nested
  class TooMuchIsMoreThan {

    @Test
    void whatCanHaveBeenAdded() {
      script.invoke(1, "read", "null").invoke(0, "add", "2").did(3, "add", "0").ok(1, "3");
      assertThat(conclusion()).as("also what was still being added").isEqualTo("[0, 1]");
    }

    @Test
    void whatWasSeenBeforeAndAddedSince() {
      script.did(0, "add", "2").invoke(1, "add-and-get", "1").ok(1, "3").invoke(3, "add", "4");
      script.did(2, "read", "9");
      assertThat(conclusion()).isEqualTo("[2, 4, 5]");
    }

    @Test
    void whatCanHaveBeenAddedAtTheLastMoment() {
      script.invoke(1, "read", "null").invoke(0, "add", "2").ok(1, "3").did(3, "add", "5");
      assertThat(conclusion()).as("not what was added later").isEqualTo("[0, 1]");
    }

    @Test
    void whatWasSeenBeforeAndAddedSinceUpToTheLastMoment() {
      script.did(1, "read", "0").invoke(2, "read", "null").invoke(3, "add", "1").ok(2, "9");
      assertThat(conclusion()).isEqualTo("[0, 2, 3]");
    }

    @Test
    void whatWasSeenInWhichOnesOwnAdditionIsCountedOnce() {
      script.did(0, "add", "2").invoke(1, "add-and-get", "1").ok(1, "3").did(2, "read", "4");
      assertThat(conclusion()).isEqualTo("[2, 4]");
    }

    @Test
    void whatWasSeenBeforeAndAddedMeanwhile() {
      script.invoke(0, "add", "2").invoke(1, "read", "null").ok(0).ok(1, "0");
      script.did(2, "read", "9").did(3, "add", "5");
      assertThat(conclusion()).isEqualTo("[0, 1, 4]");
    }

    @Test
    void allThatWasAddedThoughNotSinceItWasSeen() {
      script.invoke(0, "add", "2").invoke(1, "read", "null").ok(0).ok(1, "2");
      script.did(2, "read", "4");
      assertThat(conclusion()).as("who saw 2 may not have seen all of it").isEqualTo("[0, 4]");
    }
  }

  @Nested
  class NothingFollows {

    @Test
    void fromAllThatIsWithinTheBounds() {
      script.did(0, "add", "2").invoke(3, "add", "5").did(1, "read", "7").did(2, "read", "7");
      assertThat(conclusion()).isEqualTo("undecided");
    }

    @Test
    void fromALesserCountThatWasAskedForEarlier() {
      script.invoke(0, "add", "9").invoke(1, "read", "null").did(2, "read", "7");
      script.did(3, "read", "7").ok(1, "5");
      assertThat(conclusion()).isEqualTo("undecided");
    }

    @Test
    void butFromALesserCountThatWasAskedForLater() {
      script.invoke(0, "add", "9").invoke(1, "read", "null").did(2, "read", "7");
      script.did(3, "read", "6").ok(1, "7");
      assertThat(conclusion()).isEqualTo("[2, 4]");
    }

    @Test
    void whereSomethingWasTakenAway() {
      script.did(0, "add", "-1").did(0, "add", "3").did(1, "read", "1");
      assertThat(conclusion()).isEqualTo("undecided");
    }
  }

  @Nested
  class NumbersSoLargeThatTheirSumOverflows {

    private static final long MOST = Long.MAX_VALUE / 4;

    @Test
    void areLeftAlone() {
      script.did(0, "add", "" + MOST).did(0, "add", "1").did(1, "read", "0");
      assertThat(conclusion()).isEqualTo("undecided");
      Script twice = new Script().did(0, "add", "" + MOST).did(0, "add", "" + MOST);
      assertThat(conclusion(twice.did(1, "read", "0"))).isEqualTo("undecided");
    }

    @Test
    void areLeftAloneWhereTheyWereSeen() {
      assertThat(conclusion(new Script().did(1, "read", "" + (MOST + 1)))).isEqualTo("undecided");
      assertThat(conclusion(new Script().did(1, "read", "" + (-MOST - 1)))).isEqualTo("undecided");
      Script wrong = new Script().did(0, "add", "2").did(1, "read", "" + (MOST + 1));
      assertThat(conclusion(wrong.did(1, "read", "1")))
          .as("with all that is beside them")
          .isEqualTo("undecided");
    }

    @Test
    void areNotThoseJustBelow() {
      assertThat(conclusion(script.did(0, "add", "" + MOST).did(1, "read", "0")))
          .isEqualTo("[0, 2]");
      assertThat(conclusion(new Script().did(1, "read", "" + MOST))).isEqualTo("[0]");
      assertThat(conclusion(new Script().did(1, "read", "" + -MOST))).isEqualTo("[0]");
    }
  }

  private String conclusion() {
    return conclusion(script);
  }

  private static String conclusion(Script script) {
    return OneKey.conclusion(new Counter(), script);
  }
}

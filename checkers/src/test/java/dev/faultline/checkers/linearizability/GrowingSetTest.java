package dev.faultline.checkers.linearizability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checkers.Script;
import org.junit.jupiter.api.Test;

/** What the reads of a set that only grows say of when its elements were added. */
class GrowingSetTest {

  private final Script script = new Script();

  @Test
  void aReadOfOneElementTwiceContradictsItself() {
    script.did(0, "add", "1").did(1, "read", "[1,1]");
    assertThat(conclusion()).isEqualTo("[2]");
  }

  @Test
  void aReadOfWhatNobodyAddsContradictsItself() {
    script.did(0, "add", "1").did(1, "read", "[1,2]").did(1, "read", "[1]");
    assertThat(conclusion()).isEqualTo("[2]");
  }

  @Test
  void readsThatEachSawWhatTheOtherDidNotContradictEachOther() {
    script.invoke(0, "add", "1").invoke(2, "add", "2").invoke(3, "read", "null");
    script.did(1, "read", "[2]").ok(3, "[1]");
    assertThat(conclusion()).isEqualTo("[2, 3]");
  }

  @Test
  void readsOfTheSameMayComeInAnyOrder() {
    script.did(1, "read", "[]").invoke(0, "add", "1").did(1, "read", "[1]").did(2, "read", "[1]");
    assertThat(conclusion()).isEqualTo("ordered");
    script.did(2, "read", "[]");
    assertThat(conclusion()).isEqualTo("[3, 7]");
  }

  @Test
  void whatWasAddedBeforeAnotherIsSeenWithIt() {
    script.did(0, "add", "1").did(0, "add", "2").invoke(1, "read", "null").ok(1, "[2]");
    assertThat(conclusion()).isEqualTo("[0, 4]");
  }

  @Test
  void elementsOfOneStageMayBeAddedInAnyOrder() {
    script.invoke(0, "add", "1").did(2, "add", "2").did(1, "read", "[2,1]").ok(0);
    assertThat(conclusion()).isEqualTo("ordered");
  }

  @Test
  void whatWasAddedLaterWasNotSeenEarlier() {
    script.did(1, "read", "[1]").did(0, "add", "1");
    assertThat(conclusion()).isEqualTo("[0, 2]");
  }

  @Test
  void aReadSeparatesWhatItSawFromWhatItDidNot() {
    // The read came after 2 was added, which completed after 1 had been.
    script.did(0, "add", "1").did(0, "add", "2").did(3, "contains", "2").did(1, "read", "[2]");
    assertThat(conclusion()).isEqualTo("[0, 6]");
  }

  @Test
  void whatWasFoundIsNotMissedAfterwards() {
    script.invoke(0, "add", "1").invoke(1, "contains", "1").ok(1, "true");
    script.invoke(2, "contains", "1").ok(2, "false");
    assertThat(conclusion()).isEqualTo("[0, 1, 3]");
  }

  @Test
  void whatWasMissedMayBeAddedByTheSecondWhoDoes() {
    script.invoke(0, "add", "1").info(0).invoke(2, "contains", "1").ok(2, "false");
    script.did(3, "add", "1").invoke(2, "contains", "1").ok(2, "true");
    assertThat(conclusion()).isEqualTo("ordered");
  }

  @Test
  void anAddThatNobodySawNeedNotHaveHappened() {
    script.invoke(0, "add", "1").info(0).did(1, "read", "[]");
    assertThat(conclusion()).isEqualTo("ordered");
  }

  @Test
  void whatMayBeRemovedOrTellsIsNotDecided() {
    assertThat(conclusion(new Script().did(0, "add", "1").did(0, "remove", "1")))
        .isEqualTo("undecided");
    assertThat(conclusion(new Script().invoke(0, "add", "1").ok(0, "true"))).isEqualTo("undecided");
  }

  private String conclusion() {
    return conclusion(script);
  }

  private static String conclusion(Script script) {
    return OneKey.conclusion(OneKey.model("set"), script);
  }
}

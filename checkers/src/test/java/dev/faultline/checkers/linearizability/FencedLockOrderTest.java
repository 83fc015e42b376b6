package dev.faultline.checkers.linearizability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checkers.Script;
import org.junit.jupiter.api.Test;

/** What the tokens of a lock say of the order in which it was held. */
class FencedLockOrderTest {

  private final Script script = new Script();

  @Test
  void tokensTellTheOrderOfAcquisitionsThatOverlap() {
    script.invoke(0, "acquire", "null").invoke(1, "acquire", "null").ok(1, "4");
    script.did(1, "release", "4").ok(0, "5").did(0, "release", "5");
    assertThat(conclusion()).isEqualTo("ordered");
  }

  @Test
  void aReleaseThatNamesItsTokenComesAfterItsAcquisition() {
    script.invoke(0, "acquire", "null").ok(0, "4").invoke(1, "release", "5");
    script.did(0, "release", "4").invoke(2, "acquire", "null").ok(2, "5").ok(1);
    assertThat(conclusion()).isEqualTo("ordered");
  }

  @Test
  void ofReleasesThatNameNoneTheOneThatIsDueFirstIsFirst() {
    script.invoke(0, "acquire", "null").ok(0, "4").invoke(1, "release", "null");
    script.did(2, "release", "null").invoke(2, "acquire", "null").ok(2, "5").ok(1);
    assertThat(conclusion()).isEqualTo("ordered");
  }

  @Test
  void aLostAcquisitionThatWasReleasedIsLeftToTheSearch() {
    script.invoke(0, "acquire", "null").info(0).did(1, "release", "null");
    assertThat(conclusion()).isEqualTo("undecided");
  }

  @Test
  void oneTokenIsGivenOnce() {
    script.invoke(0, "acquire", "null").ok(0, "4").did(0, "release", "4");
    script.invoke(1, "acquire", "null").ok(1, "4");
    assertThat(conclusion()).isEqualTo("[0, 4]");
  }

  private String conclusion() {
    return OneKey.conclusion(OneKey.model("fenced-lock"), script);
  }
}

package dev.faultline.checkers.linearizability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checkers.Script;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Locks that hand out tokens: which orders are tried, and what refutes them all. */
class FencedLockOrderTest {

  private final Script script = new Script();

  @Nested
  class Acquisitions {

    @Test
    void areTriedByTokenEachWithARelease() {
      acquire("3").release("3").acquire("5").release("null").acquire("7");
      assertThat(conclusion()).isEqualTo("ordered");
    }

    @Test
    void areTriedByTokenInWhateverOrderTheyWereInvoked() {
      script.invoke(0, "acquire", "null").invoke(1, "release", "null").invoke(2, "acquire", "null");
      script.ok(0, "5").ok(1).ok(2, "3");
      assertThat(conclusion()).isEqualTo("ordered");
    }

    @Test
    void areRefutedByTokensThatGoBack() {
      acquire("5").release("null").acquire("3");
      assertThat(conclusion()).isEqualTo("[0, 4]");
    }

    @Test
    void areRefutedByALockThatIsHeldWhateverTheTokens() {
      acquire("3").acquire("4");
      assertThat(conclusion()).isEqualTo("[0, 2]");
    }

    @Test
    void withoutATokenAreNotTried() {
      acquire("null").release("null").acquire("3");
      assertThat(conclusion()).isEqualTo("undecided");
    }

    @Test
    void withoutAnAnswerAreNotTriedThoughTheyWereReleased() {
      script.invoke(5, "acquire", "null").info(5);
      release("null");
      assertThat(conclusion()).isEqualTo("undecided");
      acquire("5");
      assertThat(conclusion()).as("the release cannot follow this one").isEqualTo("undecided");
    }
  }

  @Nested
  class Releases {

    @Test
    void thatNameNoTokenAreTriedByCompletion() {
      acquire("3");
      script.invoke(5, "release", "null").invoke(6, "release", "null").ok(6);
      acquire("4");
      script.ok(5);
      assertThat(conclusion()).isEqualTo("ordered");
    }

    @Test
    void thatNameATokenFollowItsAcquisition() {
      acquire("3");
      script.invoke(5, "release", "4").invoke(6, "release", "null").invoke(7, "acquire", "null");
      script.ok(5).ok(7, "4").ok(6);
      assertThat(conclusion()).isEqualTo("ordered");
    }

    @Test
    void thatWereAnsweredAreTriedBeforeThoseThatWereNot() {
      acquire("3");
      script.invoke(5, "release", "3").info(5);
      release("3");
      script.invoke(6, "release", "3").info(6);
      assertThat(conclusion()).isEqualTo("ordered");
    }

    @Test
    void ofOneTokenCannotFollowAnother() {
      acquire("3");
      script.invoke(5, "release", "4").invoke(6, "release", "4").invoke(7, "acquire", "null");
      script.ok(5).ok(6).ok(7, "4");
      assertThat(conclusion()).isEqualTo("undecided");
    }
  }

  private FencedLockOrderTest acquire(String token) {
    script.invoke(0, "acquire", "null").ok(0, token);
    return this;
  }

  private FencedLockOrderTest release(String token) {
    script.did(0, "release", token);
    return this;
  }

  private String conclusion() {
    return OneKey.conclusion(new FencedLock(), script);
  }
}

package dev.faultline.checkers.linearizability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checkers.Budget;
import dev.faultline.checkers.CheckResult;
import dev.faultline.checkers.Finding;
import dev.faultline.checkers.Recording;
import dev.faultline.checkers.Script;
import dev.faultline.checkers.Verdict;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A sentence says nothing that the history does not show. */
class ExplanationTest {

  @Test
  void whatWasRemovedIsNotLost() {
    Script script = new Script().did(0, "add", "9").did(0, "remove", "9");
    script.invoke(1, "add", "1").did(2, "read", "[1]").ok(1, "false");
    Finding finding = violation("set", script);
    assertThat(finding.claim())
        .isEqualTo(
            "k: nothing explains that process 2 did read -> [1] at 0.006 s: these 4 operations"
                + " have no order in which each could happen");
    assertThat(finding.events()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
  }

  @Test
  void aCounterThatGoesDownHasNoLeastCount() {
    Script script = new Script().did(0, "add", "5").invoke(1, "add", "-3").info(1);
    Finding finding = violation("counter", script.did(2, "read", "1"));
    assertThat(finding.claim()).startsWith("k: nothing explains that process 2 did read -> 1 at");
  }

  @Test
  void whatWasPutInTwiceMayBeTakenTwice() {
    Script script = new Script().did(0, "enqueue", "1").did(0, "enqueue", "2");
    script.did(0, "enqueue", "1").invoke(1, "dequeue", "null").ok(1, "1");
    Finding finding = violation("queue", script.invoke(1, "dequeue", "null").ok(1, "1"));
    assertThat(finding.claim()).startsWith("k: nothing explains that process 1 did dequeue -> 1");
  }

  @Test
  void aQueueMayBeEmptyBeforeAnythingIsPutIn() {
    // The value was put in twice, so that no pattern of values put in once applies.
    Script script = new Script().invoke(1, "dequeue", "null").ok(1, "null");
    script.did(0, "enqueue", "1").did(0, "enqueue", "1").invoke(1, "dequeue", "null").ok(1, "1");
    Finding finding = violation("queue", script.invoke(1, "dequeue", "null").ok(1, "2"));
    assertThat(finding.claim()).startsWith("k: nothing explains that process 1 did dequeue -> 2");
  }

  @Test
  void aReleaseIsNoAcquisition() {
    Script script = new Script().invoke(0, "acquire", "null").info(0);
    script.invoke(1, "acquire", "null").info(1).invoke(2, "acquire", "null").info(2);
    script.invoke(3, "acquire", "null").ok(3, "1").did(3, "release", "7");
    Finding finding = violation("fenced-lock", script);
    assertThat(finding.claim()).doesNotContain("process 3 acquired the lock at 0.009 s");
  }

  @Test
  void whatIsBlockedByItselfIsSaidWithoutOthers() {
    Script script = new Script().invoke(0, "txn", "[[\"r\",\"x\",null]]");
    Finding finding = violation("multi-register", script.ok(0, "[[\"r\",\"x\",7]]"));
    assertThat(finding.claim())
        .isEqualTo(
            "k: nothing explains that process 0 did txn [[\"r\",\"x\",null]] -> [[\"r\",\"x\",7]]"
                + " at 0.001 s");
    assertThat(finding.events()).containsExactly(0, 1);
  }

  private static Finding violation(String model, Script script) {
    CheckResult result =
        new LinearizabilityChecker(OneKey.model(model))
            .check(
                new Recording(script.history(), null),
                new Budget(Duration.ofSeconds(10), 64 << 20));
    assertThat(result.verdict()).as(result::summary).isEqualTo(Verdict.invalid());
    return result.findings().getFirst();
  }
}

package dev.faultline.checkers.linearizability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checkers.Budget;
import dev.faultline.checkers.CheckResult;
import dev.faultline.checkers.Finding;
import dev.faultline.checkers.Recording;
import dev.faultline.checkers.Script;
import dev.faultline.checkers.Verdict;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Each way in which an object other than a register can be wrong, in the words for it. */
class ObjectAnomaliesTest {

  private final Script script = new Script();

  @Nested
  class ALock {

    @Test
    void isHeldTwiceThoughItWasReleasedOnce() {
      script.did(0, "acquire", "null").invoke(3, "release", "null").did(1, "acquire", "null");
      script.did(2, "acquire", "null").ok(3);
      assertThat(claim("mutex"))
          .isEqualTo(
              "k: process 2 acquired the lock at 0.006 s, though process 1 acquired the lock"
                  + " at 0.004 s: 3 acquisitions, and only 1 release that can have come between them");
    }

    @Test
    void isReleasedMoreOftenThanItWasAcquired() {
      script.did(0, "acquire", "null").invoke(1, "release", "null").did(0, "release", "null");
      script.ok(1);
      assertThat(claim("mutex"))
          .isEqualTo(
              "k: process 1 released the lock at 0.003 s, though nobody can have held it: 2"
                  + " releases, and only 0 acquisitions that can have come between them");
    }

    @Test
    void isHeldTwiceWithTokensThatGrow() {
      script.invoke(0, "acquire", "null").ok(0, "5").invoke(1, "acquire", "null").ok(1, "6");
      assertThat(claim("fenced-lock"))
          .isEqualTo(
              "k: process 1 acquired the lock with token 6 at 0.003 s, though process 0"
                  + " acquired the lock with token 5 at 0.001 s and nobody released it in between");
    }

    @Test
    void mayHandOutTokensToTwoAtOnceInEitherOrder() {
      script.invoke(0, "acquire", "null").invoke(1, "acquire", "null").ok(1, "4");
      script.did(1, "release", "4").ok(0, "5");
      assertThat(verdict("fenced-lock")).isEqualTo("VALID");
    }
  }

  @Nested
  class ACounter {

    @Test
    void isTooLowFromTheBeginning() {
      script.did(0, "add", "2").did(1, "read", "1");
      assertThat(claim("counter"))
          .isEqualTo("k: process 1 saw 1 at 0.003 s, though 2 had been added and acknowledged");
    }

    @Test
    void wasNeverBelowNothing() {
      script.did(1, "read", "-1");
      assertThat(claim("counter"))
          .isEqualTo("k: process 1 saw -1 at 0.001 s, though it began at 0 and never goes down");
    }

    @Test
    void goesDown() {
      script.invoke(0, "add", "3").did(1, "read", "3").did(2, "read", "2");
      assertThat(claim("counter"))
          .isEqualTo("k: process 2 saw 2 at 0.004 s, after process 1 had seen 3");
    }

    @Test
    void isTooHighSinceItWasSeen() {
      script.did(0, "add", "2").did(1, "read", "2").invoke(0, "add", "3").did(2, "read", "6");
      assertThat(claim("counter"))
          .isEqualTo(
              "k: process 2 saw 6 at 0.006 s, though at most 3 can have been added since"
                  + " process 1 saw 2 at 0.003 s");
    }

    @Test
    void isTooHighForWhatWasAddedInFlight() {
      script.invoke(0, "add", "2").info(0).did(3, "add-and-get", "4").did(2, "read", "9");
      assertThat(claim("counter"))
          .isEqualTo(
              "k: process 2 saw 9 at 0.005 s, though at most 2 can have been added since"
                  + " process 3 saw 4 at 0.003 s");
    }

    @Test
    void leavesOutWhatOneAddedItself() {
      script.did(0, "add", "2").invoke(1, "add-and-get", "3").ok(1, "4");
      assertThat(claim("counter"))
          .isEqualTo(
              "k: process 1 saw 4 after adding 3 at 0.003 s, though 2 had been added and"
                  + " acknowledged");
    }
  }

  @Nested
  class ASet {

    @Test
    void losesWhatWasFound() {
      script.invoke(0, "add", "1").invoke(1, "contains", "1").ok(1, "true");
      script.invoke(2, "contains", "1").ok(2, "false");
      assertThat(claim("set"))
          .isEqualTo("k: process 2 did not find 1 at 0.004 s, 1 ms after process 1 had found it");
    }

    @Test
    void hasWhatIsAddedLater() {
      script.did(1, "read", "[1]").did(0, "add", "1");
      assertThat(claim("set"))
          .isEqualTo("k: process 1 found 1 at 0.001 s, 1 ms before the add of it was invoked");
    }

    @Test
    void hasWhatNobodyAdds() {
      script.did(0, "add", "1").did(1, "read", "[1,2]");
      assertThat(claim("set")).isEqualTo("k: process 1 found 2 at 0.003 s, which nobody had added");
    }

    @Test
    void showsTwoReadersDifferentHalves() {
      script.invoke(0, "add", "1").invoke(1, "add", "2").invoke(2, "read", "null");
      script.invoke(3, "read", "null").ok(2, "[1]").ok(3, "[2]");
      assertThat(claim("set"))
          .isEqualTo(
              "k: process 2 found 1 and not 2 at 0.003 s, and process 3 the other way round at"
                  + " 0.004 s");
    }

    @Test
    void showsBesideWhatBothFindTwoReadersDifferentHalves() {
      script.did(0, "add", "9").invoke(0, "add", "1").invoke(1, "add", "2");
      script.invoke(2, "read", "null").invoke(3, "read", "null").ok(2, "[9,1]").ok(3, "[9,2]");
      assertThat(claim("set"))
          .isEqualTo(
              "k: process 2 found 1 and not 2 at 0.005 s, and process 3 the other way round at"
                  + " 0.006 s");
    }
  }

  @Nested
  class AQueue {

    @Test
    void givesWhatNobodyPutIn() {
      script.did(0, "enqueue", "4").invoke(1, "dequeue", "null").ok(1, "5");
      assertThat(claim("queue"))
          .isEqualTo("k: process 1 did dequeue 5 at 0.003 s, which nobody had put in");
    }

    @Test
    void givesWhatIsPutInLater() {
      script.invoke(1, "dequeue", "null").ok(1, "5").did(0, "enqueue", "5");
      assertThat(claim("queue"))
          .isEqualTo(
              "k: process 1 did dequeue 5 at 0.001 s, 1 ms before the enqueue of it was"
                  + " invoked");
    }

    @Test
    void givesWhatWasNotPutIn() {
      script.did(2, "enqueue", "4").invoke(0, "enqueue", "5").fail(0, "unavailable");
      script.invoke(1, "dequeue", "null").ok(1, "5");
      assertThat(claim("queue"))
          .isEqualTo(
              "k: process 1 did dequeue 5 at 0.005 s, the value of an enqueue by process 0"
                  + " that was reported as definitely failed (unavailable) at 0.004 s");
    }

    @Test
    void givesWhatWasNotPutInAmongOthersThatWereNot() {
      script.invoke(0, "enqueue", "4").fail(0, "unavailable").did(2, "enqueue", "6");
      script.invoke(0, "enqueue", "5").fail(0, "busy").invoke(1, "dequeue", "null").ok(1, "5");
      assertThat(claim("queue"))
          .isEqualTo(
              "k: process 1 did dequeue 5 at 0.007 s, the value of an enqueue by process 0"
                  + " that was reported as definitely failed (busy) at 0.006 s");
    }

    @Test
    void givesWhatSomebodyOnlyTriesToPutInLater() {
      script.invoke(1, "dequeue", "null").ok(1, "5").invoke(0, "enqueue", "5").fail(0, "busy");
      assertThat(claim("queue"))
          .isEqualTo("k: process 1 did dequeue 5 at 0.001 s, which nobody had put in");
    }

    @Test
    void givesOneAmongSeveralThatArePutInLater() {
      script.invoke(1, "dequeue", "null").ok(1, "5").did(0, "enqueue", "4").did(0, "enqueue", "5");
      assertThat(claim("queue"))
          .isEqualTo(
              "k: process 1 did dequeue 5 at 0.001 s, 3 ms before the enqueue of it was"
                  + " invoked");
    }

    @Test
    void isNeverEmptyThoughNothingStays() {
      script.did(0, "enqueue", "1").invoke(2, "dequeue", "null").did(0, "enqueue", "2");
      script.invoke(1, "dequeue", "null").ok(1, "1").ok(2, "null");
      assertThat(claim("queue"))
          .isEqualTo(
              "k: process 2 found the queue empty at 0.003 s, though it never was: 1, 2 were"
                  + " in it one after the other");
    }

    @Test
    void swapsWhatNobodyTookBefore() {
      script.did(0, "enqueue", "4").did(0, "enqueue", "5").invoke(1, "dequeue", "null");
      script.ok(1, "5").invoke(1, "dequeue", "null").ok(1, "4");
      assertThat(claim("queue"))
          .isEqualTo(
              "k: process 1 did dequeue 5 at 0.005 s, though 4, put in 1 ms before 5 was, was"
                  + " still in the queue");
    }
  }

  @Nested
  class AStack {

    @Test
    void takesFromBelowThoughTheTopIsTakenLater() {
      script.did(0, "push", "4").did(0, "push", "5").invoke(1, "pop", "null");
      script.ok(1, "4").invoke(1, "pop", "null").ok(1, "5");
      assertThat(claim("stack"))
          .isEqualTo(
              "k: process 1 did pop 4 at 0.005 s, though 5, put in 1 ms after 4 had been,"
                  + " still lay on it");
    }

    @Test
    void isEmptyAndIsNot() {
      script.did(0, "push", "4").invoke(1, "pop", "null").ok(1, "null");
      assertThat(claim("stack"))
          .isEqualTo(
              "k: process 1 found the stack empty at 0.003 s, though 4 was in it all the time");
    }
  }

  @Nested
  class AVersion {

    @Test
    void isGivenTwice() {
      script.invoke(0, "write", "1").ok(0, "[1,1]").invoke(1, "write", "2").ok(1, "[1,2]");
      assertThat(claim("versioned-register"))
          .isEqualTo(
              "k: process 1 did write 2 -> [1,2] at 0.003 s (version 1), and process 0 did"
                  + " write 1 -> [1,1] at 0.001 s (version 1): one version of two changes");
    }

    @Test
    void hasTwoValues() {
      script.invoke(0, "write", "1").invoke(3, "write", "2").did(1, "read", "[1,1]");
      script.did(2, "read", "[1,2]");
      assertThat(claim("versioned-register"))
          .isEqualTo(
              "k: process 2 did read -> [1,2] at 0.005 s (version 1), but process 1 did read"
                  + " -> [1,1] at 0.003 s (version 1), and nothing that changes it came between");
    }

    @Test
    void goesBack() {
      script.invoke(0, "write", "1").invoke(3, "write", "2").did(1, "read", "[2,1]");
      script.did(2, "read", "[1,2]");
      assertThat(claim("versioned-register"))
          .isEqualTo(
              "k: process 2 did read -> [1,2] at 0.005 s (version 1), 1 ms after process 1 did"
                  + " read -> [2,1] at 0.003 s (version 2)");
    }
  }

  @Nested
  class AConditionThatIsRefused {

    @Test
    void didHold() {
      script.invoke(0, "write", "1").ok(0, "[1,1]").invoke(1, "cas", "[1,2]");
      script.fail(1, "compare-failed");
      assertThat(claim("versioned-register"))
          .isEqualTo(
              "k: nothing explains that process 1 was refused cas [1,2] at 0.003 s: these 2"
                  + " operations have no order in which each could happen");
    }

    @Test
    void tellsNothingWhereThereIsNoCondition() {
      script.invoke(0, "write", "1").ok(0, "[1,1]").invoke(1, "write", "2");
      script.fail(1, "compare-failed").did(2, "read", "[1,1]");
      assertThat(verdict("versioned-register")).isEqualTo("VALID");
    }

    @Test
    void changesAVersionWhereItIsNot() {
      script.invoke(0, "write", "1").ok(0, "[1,1]").invoke(1, "cas", "[1,2]").ok(1, "[1,[1,2]]");
      assertThat(claim("versioned-register"))
          .isEqualTo(
              "k: process 1 did cas [1,2] -> [1,[1,2]] at 0.003 s (version 1), and process 0 did"
                  + " write 1 -> [1,1] at 0.001 s (version 1): one version of two changes");
    }
  }

  @Nested
  class ATokenOrRevision {

    @Test
    void isGivenBackByWhoNeverHadIt() {
      script.invoke(0, "acquire", "null").ok(0, "5").did(0, "release", "6");
      assertThat(claim("fenced-lock"))
          .isEqualTo(
              "k: nothing explains that process 0 did release 6 at 0.003 s: these 2 operations"
                  + " have no order in which each could happen");
    }

    @Test
    void isThatOfTwoTransactions() {
      String revision = "{\"revision\":2}";
      script.invoke(0, "txn", "[[\"put\",\"a\",1]]").ok(0, "[[\"put\",\"a\",1]]", revision);
      script.invoke(1, "txn", "[[\"put\",\"a\",2]]").ok(1, "[[\"put\",\"a\",2]]", revision);
      assertThat(claim("etcd-kv"))
          .isEqualTo(
              "k: process 1 did txn [[\"put\",\"a\",2]] -> [2,[[\"put\",\"a\",2]]] at 0.003 s (revision"
                  + " 2), and process 0 did txn [[\"put\",\"a\",1]] -> [2,[[\"put\",\"a\",1]]] at"
                  + " 0.001 s (revision 2): one revision of two changes");
    }
  }

  private String claim(String model) {
    return violation(model, script).claim();
  }

  private String verdict(String model) {
    return check(model, script).verdict().word();
  }

  private static Finding violation(String model, Script script) {
    CheckResult result = check(model, script);
    assertThat(result.verdict()).as(result::summary).isEqualTo(Verdict.invalid());
    return result.findings().getFirst();
  }

  private static CheckResult check(String model, Script script) {
    return new LinearizabilityChecker(OneKey.model(model))
        .check(new Recording(script.history(), null), new Budget(Duration.ofSeconds(10), 64 << 20));
  }
}

package dev.faultline.checkers.linearizability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checkers.Budget;
import dev.faultline.checkers.CheckResult;
import dev.faultline.checkers.Finding;
import dev.faultline.checkers.Recording;
import dev.faultline.checkers.Script;
import dev.faultline.checkers.Verdict;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Hand-written violations of objects other than registers: what is said, and what is shown. */
class ObjectFindingsTest {

  private static final Budget BUDGET = new Budget(Duration.ofSeconds(10), 64 << 20);

  @Test
  void queueSwapsTwoValues() {
    Finding finding =
        violation(
            "queue",
            new Script()
                .did(0, "enqueue", "4")
                .did(0, "enqueue", "5")
                .did(1, "enqueue", "7")
                .invoke(2, "dequeue", "null")
                .ok(2, "4")
                .invoke(2, "dequeue", "null")
                .ok(2, "7"));
    assertThat(finding.claim())
        .isEqualTo(
            "k: process 2 did dequeue 7 at 0.009 s, though 5, put in 1 ms before 7 was, was still"
                + " in the queue");
    assertThat(finding.events()).containsExactly(2, 3, 4, 5, 8, 9);
  }

  @Test
  void queueMaySwapWhatALostDequeueTookFirst() {
    Script script =
        new Script()
            .did(0, "enqueue", "5")
            .did(1, "enqueue", "7")
            .invoke(3, "dequeue", "null")
            .info(3)
            .invoke(2, "dequeue", "null")
            .ok(2, "7");
    assertThat(check("queue", script).verdict()).isEqualTo(Verdict.valid());
  }

  @Test
  void queueHandsOutAValueTwice() {
    Finding finding =
        violation(
            "queue",
            new Script()
                .did(0, "enqueue", "5")
                .invoke(1, "dequeue", "null")
                .ok(1, "5")
                .invoke(2, "dequeue", "null")
                .ok(2, "5"));
    assertThat(finding.claim()).contains("put in once and taken twice");
    assertThat(finding.events()).containsExactly(0, 1, 2, 3, 4, 5);
  }

  @Test
  void queueIsEmptyAndIsNot() {
    Finding finding =
        violation(
            "queue",
            new Script().did(0, "enqueue", "5").invoke(2, "dequeue", "null").ok(2, "null"));
    assertThat(finding.claim())
        .isEqualTo(
            "k: process 2 found the queue empty at 0.003 s, though 5 was in it all the time");
  }

  @Test
  void valueOfAnEnqueueThatFailed() {
    Finding finding =
        violation(
            "queue",
            new Script()
                .invoke(0, "enqueue", "5")
                .fail(0, "unavailable")
                .invoke(2, "dequeue", "null")
                .ok(2, "5"));
    assertThat(finding.claim()).contains("reported as definitely failed (unavailable)");
  }

  @Test
  void stackTakesFromBelow() {
    Finding finding =
        violation(
            "stack",
            new Script()
                .did(0, "push", "5")
                .did(1, "push", "7")
                .invoke(2, "pop", "null")
                .ok(2, "5"));
    assertThat(finding.claim())
        .isEqualTo(
            "k: process 2 did pop 5 at 0.005 s, though 7, put in 1 ms after 5 had been, still lay"
                + " on it");
  }

  @Test
  void lockIsHeldTwice() {
    Finding finding =
        violation(
            "mutex",
            new Script()
                .did(0, "acquire", "null")
                .did(0, "release", "null")
                .did(1, "acquire", "null")
                .did(2, "acquire", "null"));
    assertThat(finding.claim())
        .isEqualTo(
            "k: process 2 acquired the lock at 0.007 s, though process 1 acquired the lock at"
                + " 0.005 s and nobody released it in between");
    assertThat(finding.events()).containsExactly(4, 5, 6, 7);
  }

  @Test
  void lockIsReleasedByNobody() {
    Finding finding =
        violation(
            "mutex",
            new Script()
                .did(0, "acquire", "null")
                .did(0, "release", "null")
                .did(1, "release", "null"));
    assertThat(finding.claim()).contains("process 1 released the lock", "nobody can have held it");
  }

  @Test
  void tokenIsHandedOutTwice() {
    Finding finding =
        violation(
            "fenced-lock",
            new Script()
                .invoke(0, "acquire", "null")
                .ok(0, "5")
                .did(0, "release", "5")
                .invoke(1, "acquire", "null")
                .ok(1, "5"));
    assertThat(finding.claim()).contains("with token 5", "which process 0 had got at 0.001 s");
    assertThat(finding.events()).containsExactly(0, 1, 4, 5);
  }

  @Test
  void tokenGoesBack() {
    Finding finding =
        violation(
            "fenced-lock",
            new Script()
                .invoke(0, "acquire", "null")
                .ok(0, "5")
                .did(0, "release", "5")
                .invoke(1, "acquire", "null")
                .ok(1, "4"));
    assertThat(finding.claim()).contains("with token 4", "after token 5 had been handed out");
  }

  @Test
  void counterIsTooLow() {
    Finding finding =
        violation(
            "counter",
            new Script()
                .did(0, "add", "2")
                .did(1, "read", "2")
                .did(0, "add", "3")
                .did(1, "read", "2"));
    assertThat(finding.claim())
        .isEqualTo(
            "k: process 1 saw 2 at 0.007 s, though 3 had been added and acknowledged since"
                + " process 1 saw 2 at 0.003 s");
    assertThat(finding.events()).containsExactly(2, 3, 4, 5, 6, 7);
  }

  @Test
  void counterIsTooHigh() {
    Finding finding = violation("counter", new Script().did(0, "add", "2").did(1, "read", "7"));
    assertThat(finding.claim()).contains("saw 7", "at most 2 can have been added");
  }

  @Test
  void setLosesAnElement() {
    Finding finding =
        violation("set", new Script().did(0, "add", "1").did(0, "add", "2").did(1, "read", "[2]"));
    assertThat(finding.claim())
        .isEqualTo(
            "k: process 1 did not find 1 at 0.005 s, 3 ms after the add of it had been"
                + " acknowledged");
    assertThat(finding.events()).containsExactly(0, 1, 4, 5);
  }

  @Test
  void twoReadsOfASetContradictEachOther() {
    Finding finding =
        violation(
            "set",
            new Script()
                .invoke(0, "add", "1")
                .invoke(1, "add", "2")
                .did(2, "read", "[1]")
                .did(3, "read", "[2]"));
    assertThat(finding.claim()).contains("process 3 did not find 1", "process 2 had found it");
  }

  @Test
  void versionGoesBack() {
    Finding finding =
        violation(
            "versioned-register",
            new Script()
                .invoke(0, "write", "1")
                .ok(0, "[1,1]")
                .invoke(0, "write", "2")
                .ok(0, "[2,2]")
                .did(1, "read", "[1,1]"));
    assertThat(finding.claim()).contains("(version 1)", "1 ms after process 0", "(version 2)");
  }

  @Test
  void aTransactionIsRefusedWhoseConditionHolds() {
    Finding finding =
        violation(
            "etcd-kv",
            new Script()
                .did(0, "txn", "[[\"put\",\"a\",1]]")
                .invoke(1, "txn", "[[\"if-value\",\"a\",1],[\"put\",\"a\",2]]")
                .fail(1, "compare-failed"));
    assertThat(finding.claim())
        .startsWith("k: nothing explains that process 1 was refused txn [[\"if-value\",\"a\",1],[");
    assertThat(finding.events()).containsExactly(0, 1, 2, 3);
  }

  /** A lock of a user's, whose refusals tell that somebody else had it. */
  private record TryLock() implements Model<Boolean> {

    @Override
    public String name() {
      return "try-lock";
    }

    @Override
    public Boolean initial() {
      return false;
    }

    @Override
    public @Nullable Boolean step(Boolean held, Call call) {
      if (call.answer() == Call.Answer.REFUSED) {
        return held ? held : null;
      }
      boolean acquires = call.f().equals("acquire");
      return held == acquires ? null : (Boolean) acquires;
    }

    @Override
    public boolean observesRefusals(Call call) {
      return call.f().equals("acquire");
    }

    @Override
    public boolean isReadOnly(Call call) {
      return false;
    }

    @Override
    public @Nullable String problem(Call call) {
      return null;
    }
  }

  @Test
  void aLockIsRefusedThatNobodyHas() {
    Script script =
        new Script()
            .did(0, "acquire", "null")
            .did(0, "release", "null")
            .invoke(1, "acquire", "null")
            .fail(1, "compare-failed");
    CheckResult result =
        new LinearizabilityChecker(new TryLock())
            .check(new Recording(script.history(), null), BUDGET);
    assertThat(result.findings().getFirst().claim())
        .startsWith("k: nothing explains that process 1 was refused acquire at 0.005 s");
  }

  private static Finding violation(String model, Script script) {
    CheckResult result = check(model, script);
    assertThat(result.verdict()).as(result::summary).isEqualTo(Verdict.invalid());
    return result.findings().getFirst();
  }

  private static CheckResult check(String model, Script script) {
    return new LinearizabilityChecker(Models.named(model).orElseThrow())
        .check(new Recording(script.history(), null), BUDGET);
  }
}

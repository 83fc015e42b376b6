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

/** Hand-written violations of the common shapes: what is said of them, and what is shown. */
class FindingsTest {

  private static final Budget BUDGET = new Budget(Duration.ofSeconds(10), 64 << 20);

  @Test
  void staleRead() {
    Finding finding =
        violation(
            busy(new Script())
                .did(0, "write", "17")
                .at(12_380)
                .invoke(1, "write", "18")
                .at(12_388)
                .ok(1)
                .at(12_402)
                .did(2, "read", "17")
                .did(3, "read", "18"));
    assertThat(finding.claim())
        .isEqualTo("k: process 2 read 17 at 12.402 s, 14 ms after write 18 had been acknowledged");
    assertThat(finding.key()).isEqualTo("k");
    // Write 17, write 18 and the read; the forty operations around them are left out.
    assertThat(finding.events()).containsExactly(40, 41, 42, 43, 44, 45);
  }

  @Test
  void aViolationOutranksACallOfAnotherKeyThatIsNotUnderstood() {
    Script script =
        new Script().did(0, "write", "1").did(1, "read", "2").key("j").did(0, "frob", "1");
    CheckResult result = check(script, "cas-register");
    assertThat(result.verdict()).isEqualTo(Verdict.invalid());
    assertThat(result.summary())
        .contains("read 2")
        .contains("besides, ")
        .contains("does not know the function frob");
  }

  @Test
  void anIntegerBeyondALongIsNotItsNeighbour() {
    Finding finding =
        violation(
            new Script()
                .did(0, "write", "18446744073709551614")
                .did(1, "read", "18446744073709551615"));
    assertThat(finding.claim())
        .isEqualTo("k: process 1 read 18446744073709551615 at 0.003 s, which nobody wrote");
  }

  @Test
  void whatTellsNothingIsNotValid() {
    Script script = new Script().invoke(0, "read", "null").info(0);
    assertThat(check(script, "cas-register").verdict()).isEqualTo(Report.NOTHING_TOLD);
  }

  @Test
  void aGetThatFoundNoStringIsNotUnderstood() {
    Script script = new Script().invoke(0, "get", "null").ok(0, "42");
    assertThat(check(script, "append-kv").summary())
        .contains("what get found must be a string or null, not 42");
  }

  @Test
  void valueThatNobodyWrote() {
    Finding finding = violation(busy(new Script()).did(2, "read", "99"));
    assertThat(finding.claim()).isEqualTo("k: process 2 read 99 at 0.041 s, which nobody wrote");
    assertThat(finding.events()).containsExactly(40, 41);
  }

  @Test
  void valueOfACompareAndSetThatWasRefused() {
    Finding finding =
        violation(
            busy(new Script())
                .invoke(0, "cas", "[98,99]")
                .fail(0, "compare-failed")
                .did(2, "read", "99"));
    assertThat(finding.claim())
        .isEqualTo(
            "k: process 2 read 99 at 0.043 s, the value of compare-and-set 98 to 99 by process 0, which was"
                + " reported as definitely failed (compare-failed) at 0.042 s");
    assertThat(finding.events()).containsExactly(40, 41, 42, 43);
  }

  @Test
  void valueOfAWriteThatDefinitelyFailed() {
    Finding finding =
        violation(
            busy(new Script())
                .invoke(0, "write", "99")
                .fail(0, "leader-changed")
                .did(2, "read", "99"));
    assertThat(finding.claim())
        .isEqualTo(
            "k: process 2 read 99 at 0.043 s, the value of write 99 by process 0, which was"
                + " reported as definitely failed (leader-changed) at 0.042 s");
    assertThat(finding.events()).containsExactly(40, 41, 42, 43);
  }

  @Test
  void valueFromTheFuture() {
    Finding finding = violation(new Script().did(2, "read", "7").at(10).did(0, "write", "7"));
    assertThat(finding.claim())
        .isEqualTo("k: process 2 read 7 at 0.001 s, 8 ms before the first write of it was invoked");
    assertThat(finding.events()).containsExactly(0, 1, 2, 3);
  }

  @Test
  void acknowledgedWriteThatWasLost() {
    Finding finding =
        violation(
            new Script()
                .did(0, "write", "1")
                .did(1, "write", "2")
                .did(2, "read", "1")
                .did(3, "read", "1"));
    assertThat(finding.claim())
        .isEqualTo(
            "k: process 2 read 1 at 0.005 s, 1 ms after write 2 had been acknowledged, and nobody"
                + " ever saw 2: the write seems lost");
    assertThat(finding.events()).containsExactly(0, 1, 2, 3, 4, 5);
  }

  @Test
  void writeThatTookEffectTwice() {
    Finding finding =
        violation(
            new Script()
                .did(0, "write", "1")
                .did(1, "write", "2")
                .did(2, "read", "2")
                .did(3, "read", "1")
                .did(2, "read", "1"));
    assertThat(finding.claim())
        .contains("process 3 read 1", "1 was written once but seems to have taken effect twice");
    assertThat(finding.events()).contains(0, 1, 2, 3, 6, 7);
  }

  @Test
  void twoCompareAndSetsOfOneValue() {
    Finding finding =
        violation(new Script().did(0, "write", "1").did(1, "cas", "[1,2]").did(2, "cas", "[1,3]"));
    assertThat(finding.claim())
        .isEqualTo(
            "k: process 2 changed 1 to 3 at 0.005 s and process 1 changed 1 to 2 at 0.003 s,"
                + " although 1 was there only once");
    assertThat(finding.events()).containsExactly(0, 1, 2, 3, 4, 5);
  }

  @Test
  void newerValueSeenBeforeAnOlderOne() {
    Finding finding =
        violation(
            new Script()
                .did(0, "write", "1")
                .invoke(1, "write", "2")
                .did(2, "read", "2")
                .did(3, "read", "1"));
    assertThat(finding.claim())
        .contains("process 3 read 1", "after process 2 read 2")
        .endsWith("a newer value was seen before an older one");
  }

  @Test
  void refusalThatCannotBe() {
    Finding finding =
        violation(
            new Script()
                .did(0, "write", "1")
                .did(1, "read", "1")
                .invoke(2, "cas", "[1,2]")
                .fail(2, "compare-failed"));
    assertThat(finding.claim()).contains("process 2 was told that the value is not 1");
    assertThat(finding.events()).containsExactly(0, 1, 4, 5);
  }

  @Test
  void anUnknownFunctionIsNotJudged() {
    CheckResult result = check(new Script().did(0, "append", "1"), Models.names().getFirst());
    assertThat(result.verdict())
        .isEqualTo(
            Verdict.unknown("model cas-register does not know the function append (event 0)"));
    assertThat(check(new Script().did(0, "cas", "[1,2]"), "register").verdict())
        .isInstanceOf(Verdict.Unknown.class);
  }

  @Test
  void aHistoryOfNothingIsNotValid() {
    assertThat(check(new Script().phase("main"), "register").verdict())
        .isEqualTo(Verdict.unknown("the history has no operation of a client"));
  }

  @Test
  void keysAreIndependentAndTheEarliestViolationComesFirst() {
    Script script =
        new Script()
            .key("a")
            .did(0, "write", "1")
            .key("b")
            .did(0, "write", "2")
            .did(1, "read", "9");
    CheckResult result =
        check(script.key("a").did(1, "read", "1").did(1, "read", "8"), "cas-register");
    assertThat(result.verdict()).isEqualTo(Verdict.invalid());
    assertThat(result.findings()).extracting(Finding::key).containsExactly("b", "a");
    assertThat(result.summary()).endsWith("(2 keys violated)");
  }

  @Test
  void tooLittleTimeOrMemoryIsUnknown() {
    Script script = new Script();
    for (int i = 0; i < 24; i++) {
      script.invoke(i, "write", Integer.toString(i % 20));
    }
    for (int i = 0; i < 12; i++) {
      script.invoke(100 + i, "cas", "[" + i + "," + (i + 7) % 20 + "]");
    }
    for (int i = 0; i < 24; i++) {
      script.ok(i);
    }
    script.did(50, "read", "1").did(50, "read", "2").did(50, "read", "1").did(50, "read", "2");
    script.did(50, "read", "1");
    Recording recording = new Recording(script.history(), null);
    LinearizabilityChecker checker =
        new LinearizabilityChecker(Models.named("cas-register").orElseThrow());
    CheckResult outOfTime = checker.check(recording, new Budget(Duration.ZERO, 1L << 30));
    assertThat(outOfTime.summary()).contains("out of time").contains("completions");
    CheckResult outOfMemory = checker.check(recording, new Budget(Duration.ofMinutes(1), 1 << 10));
    assertThat(outOfMemory.summary()).contains("out of memory");
    assertThat(outOfMemory.peakBytes()).isLessThan(2 << 20);
    assertThat(outOfMemory.verdict()).isInstanceOf(Verdict.Unknown.class);
  }

  /** Twenty operations that are fine, so that there is something to leave out. */
  private static Script busy(Script script) {
    for (int i = 0; i < 10; i++) {
      script.did(0, "write", Integer.toString(i)).did(1, "read", Integer.toString(i));
    }
    return script;
  }

  private static Finding violation(Script script) {
    CheckResult result = check(script, "cas-register");
    assertThat(result.verdict()).isEqualTo(Verdict.invalid());
    return result.findings().getFirst();
  }

  private static CheckResult check(Script script, String model) {
    return new LinearizabilityChecker(Models.named(model).orElseThrow())
        .check(new Recording(script.history(), null), BUDGET);
  }
}

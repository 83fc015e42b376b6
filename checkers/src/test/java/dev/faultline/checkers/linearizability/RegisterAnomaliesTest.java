package dev.faultline.checkers.linearizability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checkers.Script;
import dev.faultline.checkers.history.History;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * When an anomaly of a register is named, and when it must not be. Process 9 makes the operation
 * that cannot be placed.
 */
class RegisterAnomaliesTest {

  private final Script script = new Script();

  @Nested
  class AValueThatOnlyAFailedWriteLeaves {

    @Test
    void isThatOfTheLatestFailure() {
      failed(0, "write", "5").did(1, "write", "6");
      failed(2, "write", "5").did(9, "read", "5");
      assertThat(claim())
          .contains("the value of write 5 by process 2, which was reported as definitely failed")
          .endsWith("(unavailable) at 0.006 s");
      assertThat(further()).containsExactly(4);
    }

    @Test
    void isNotThatOfAFailureOfAnotherValue() {
      failed(0, "write", "4").did(9, "read", "5");
      assertThat(claim()).endsWith("which nobody wrote");
    }

    @Test
    void isNotThatOfALaterFailure() {
      script.did(9, "read", "5");
      failed(0, "write", "5");
      assertThat(claim()).endsWith("which nobody wrote");
    }

    @Test
    void mayBeThatOfAFailureStillInFlight() {
      script.invoke(9, "read", "null").invoke(0, "write", "5").ok(9, "5").fail(0, "unavailable");
      assertThat(claim()).contains("definitely failed");
    }

    @Test
    void isNotOneThatAnotherWriteLeaves() {
      script.did(0, "write", "5");
      failed(1, "write", "5").did(2, "write", "6").did(9, "read", "5");
      assertThat(claim()).endsWith("after write 6 had been acknowledged");
    }

    @Test
    void isNotTheFirstValueOfAll() {
      failed(1, "write", "null").did(2, "write", "6").did(9, "read", "null");
      assertThat(claim()).endsWith("after write 6 had been acknowledged");
    }
  }

  @Nested
  class AValueThatNobodyWrote {

    @Test
    void isNotOneThatTheBlockedOperationWouldLeaveItself() {
      script.did(9, "cas", "[5,5]");
      assertThat(claim()).endsWith("changed 5 to 5 at 0.001 s, which nobody wrote");
      assertThat(further()).isEmpty();
    }

    @Test
    void comesFromTheFutureIfItIsWrittenLater() {
      script.did(9, "read", "7").did(1, "write", "7").did(0, "write", "7");
      assertThat(claim()).endsWith("1 ms before the first write of it was invoked");
      assertThat(further()).as("the first write of it").containsExactly(2);
    }

    @Test
    void comesFromNoFutureIfItWasThereFirst() {
      script.did(0, "write", "1").did(9, "read", "null").did(1, "write", "null");
      assertThat(claim()).endsWith("1 ms after write 1 had been acknowledged");
      assertThat(further()).as("nobody wrote it").isEmpty();
    }
  }

  @Nested
  class TwoChangesOfOneValue {

    @Test
    void comeWithTheWriteOfTheValue() {
      script.did(0, "write", "1").did(1, "cas", "[1,2]").did(9, "cas", "[1,3]");
      assertThat(claim())
          .isEqualTo(
              "process 9 changed 1 to 3 at 0.005 s and process 1 changed 1 to 2 at 0.003 s,"
                  + " although 1 was there only once");
      assertThat(further()).containsExactly(0);
    }

    @Test
    void mayBeOfTheFirstValueOfAll() {
      script.did(0, "cas", "[null,1]").did(9, "cas", "[null,2]");
      assertThat(claim()).endsWith("although null was there only once");
      assertThat(further()).isEmpty();
    }

    @Test
    void areNotAChangeAndARead() {
      script.did(0, "write", "1").did(1, "cas", "[1,2]").did(9, "read", "1");
      assertThat(claim()).endsWith("after compare-and-set 1 to 2 had been acknowledged");
    }

    @Test
    void areNotAReadAndAChange() {
      script.did(0, "write", "1").did(1, "read", "1").did(2, "write", "2").did(9, "cas", "[1,3]");
      assertThat(claim()).endsWith("after write 2 had been acknowledged");
    }

    @Test
    void areNotAChangeAndOneThatLeftWhatItFound() {
      script.did(0, "write", "1").did(1, "cas", "[1,1]").did(2, "write", "2");
      script.did(9, "cas", "[1,3]");
      assertThat(claim()).endsWith("after write 2 had been acknowledged");
    }

    @Test
    void areNotChangesOfTwoValues() {
      script.did(0, "write", "0").did(1, "cas", "[0,1]").did(2, "write", "2");
      script.did(9, "cas", "[1,3]");
      assertThat(claim()).endsWith("after write 2 had been acknowledged");
    }

    @Test
    void areNotAChangeAndOneWithoutAnswer() {
      script.did(0, "write", "1").invoke(1, "cas", "[1,2]").info(1).did(9, "cas", "[1,3]");
      assertThat(named()).isEmpty();
    }

    @Test
    void areNoWonderIfTheValueWasThereTwice() {
      script.did(0, "write", "1").did(1, "cas", "[1,2]").did(0, "write", "1");
      script.did(1, "cas", "[1,3]").did(9, "cas", "[1,4]");
      assertThat(claim()).endsWith("after compare-and-set 1 to 3 had been acknowledged");
    }

    @Test
    void areNoWonderIfTheFirstValueCameBack() {
      script.did(0, "cas", "[null,1]").did(1, "write", "null").did(0, "cas", "[null,2]");
      script.did(9, "cas", "[null,3]");
      assertThat(claim()).endsWith("after compare-and-set null to 2 had been acknowledged");
    }
  }

  @Nested
  class AWriteThatSeemsLost {

    @Test
    void comesWithTheLastWriteOfWhatWasSeenInstead() {
      script.did(0, "write", "1").did(1, "write", "1").did(2, "write", "2").did(9, "read", "1");
      script.did(3, "read", "1");
      assertThat(claim())
          .endsWith("write 2 had been acknowledged, and nobody ever saw 2: the write seems lost");
      assertThat(further()).containsExactly(2);
    }

    @Test
    void wasNotSeenByAnOperationWithoutAnswer() {
      script.did(0, "write", "1").did(2, "write", "2").invoke(4, "cas", "[2,3]").info(4);
      script.did(9, "read", "1").did(3, "read", "1");
      assertThat(claim()).endsWith("the write seems lost");
    }

    @Test
    void isNotLostIfItWasSeen() {
      script.did(0, "write", "1").did(2, "write", "2").did(9, "read", "1").did(3, "read", "1");
      script.did(4, "read", "2");
      assertThat(claim()).endsWith("after write 2 had been acknowledged");
    }

    @Test
    void isNotLostForOneProcess() {
      script.did(0, "write", "1").did(2, "write", "2").did(9, "read", "1").did(9, "read", "1");
      assertThat(claim()).endsWith("after write 2 had been acknowledged");
    }

    @Test
    void isNotLostForOneWhoSawTheOldValueBefore() {
      script.did(0, "write", "1").did(3, "read", "1").did(2, "write", "2").did(9, "read", "1");
      assertThat(claim()).endsWith("after write 2 had been acknowledged");
    }

    @Test
    void isNotLostForOneWhoSawAnotherValue() {
      script.did(0, "write", "1").did(2, "write", "2").did(9, "read", "1").did(4, "write", "3");
      script.did(3, "read", "3");
      assertThat(claim()).endsWith("after write 2 had been acknowledged");
    }
  }

  @Nested
  class AValueThatCameBack {

    @Test
    void isSeenAgainAndTheNewerOneNoMore() {
      script.did(0, "write", "1").did(1, "write", "2").did(2, "read", "2").did(9, "read", "1");
      script.did(3, "read", "1").did(4, "read", "1");
      assertThat(claim())
          .endsWith(
              "3 ms after write 2 had been acknowledged, and it stayed: 1 was written once but"
                  + " seems to have taken effect twice");
      assertThat(further()).as("its write, and who saw it first").containsExactly(0, 8);
    }

    @Test
    void isOnlyStaleIfNobodySeesItAgain() {
      script.did(0, "write", "1").did(3, "read", "1").did(1, "write", "2").did(2, "read", "2");
      script.did(9, "read", "1");
      assertThat(claim()).endsWith("3 ms after write 2 had been acknowledged");
      assertThat(further()).containsExactly(0);
    }

    @Test
    void isOnlyStaleIfTheNewerOneIsSeenAgain() {
      script.did(0, "write", "1").did(1, "write", "2").did(2, "read", "2").did(9, "read", "1");
      script.did(3, "read", "1").did(4, "read", "2");
      assertThat(claim()).endsWith("3 ms after write 2 had been acknowledged");
    }

    @Test
    void isOnlyStaleIfTheNewerOneHadNotCertainlyBeenSeen() {
      script.did(0, "write", "1").did(1, "write", "2").invoke(2, "read", "null");
      script.did(9, "read", "1").ok(2, "2").did(3, "read", "1");
      assertThat(claim()).endsWith("2 ms after write 2 had been acknowledged");
    }

    @Test
    void mayHaveBeenWrittenAgain() {
      script.did(0, "write", "1").did(0, "write", "1").did(1, "write", "2").did(2, "read", "2");
      script.did(9, "read", "1").did(3, "read", "1");
      assertThat(claim()).endsWith("3 ms after write 2 had been acknowledged");
    }

    @Test
    void cannotComeBackIfNothingReplacedIt() {
      script.did(0, "write", "1").did(9, "read", "1").did(3, "read", "1");
      assertThat(named()).isEmpty();
    }
  }

  @Nested
  class AStaleRead {

    @Test
    void cameAfterTheLatestOfTheWritesThatReplacedTheValue() {
      script.did(0, "write", "1").did(0, "write", "2").did(0, "write", "3").did(9, "read", "1");
      assertThat(claim()).endsWith("1 ms after write 3 had been acknowledged");
    }

    @Test
    void isNotStaleBecauseOfAWriteWithoutAnswer() {
      script.did(0, "write", "1").invoke(1, "write", "2").info(1).did(9, "read", "1");
      assertThat(named()).isEmpty();
    }

    @Test
    void isNotStaleBecauseOfAWriteThatItOverlaps() {
      script.did(0, "write", "1").invoke(1, "write", "2").did(9, "read", "1").ok(1);
      assertThat(named()).isEmpty();
    }

    @Test
    void isNotStaleIfTheValueMayHaveBeenWrittenAfterwards() {
      script.did(0, "write", "1").invoke(3, "write", "1").did(1, "write", "2").ok(3);
      script.did(9, "read", "1");
      assertThat(named()).isEmpty();
    }
  }

  @Nested
  class AnOlderValueAfterANewerOne {

    @Test
    void cameAfterTheLastOperationThatSawTheNewerOne() {
      script.did(0, "write", "1").invoke(1, "write", "2").did(2, "read", "2").did(3, "read", "2");
      script.did(9, "read", "1");
      assertThat(claim())
          .contains("1 ms after process 3 read 2")
          .endsWith("a newer value was seen before an older one");
      assertThat(further()).containsExactly(0);
    }

    @Test
    void isOlderIfItHadBeenSeenBefore() {
      script.invoke(0, "write", "1").invoke(1, "write", "2").did(3, "read", "1");
      script.did(2, "read", "2").did(9, "read", "1");
      assertThat(claim()).endsWith("a newer value was seen before an older one");
    }

    @Test
    void isOlderIfItWasThereFirst() {
      script.invoke(0, "write", "1").did(2, "read", "1").did(9, "read", "null");
      assertThat(claim()).endsWith("a newer value was seen before an older one");
    }

    @Test
    void isNotOlderIfItMayHaveComeLast() {
      script.invoke(0, "write", "1").invoke(1, "write", "2").did(2, "read", "2");
      script.did(9, "read", "1");
      assertThat(named()).isEmpty();
    }

    @Test
    void isNotOlderIfItWasWrittenTwice() {
      script.did(0, "write", "1").invoke(3, "write", "1").invoke(1, "write", "2");
      script.did(2, "read", "2").did(9, "read", "1");
      assertThat(named()).isEmpty();
    }

    @Test
    void isNotOlderThanWhatWasSeenMeanwhile() {
      script.did(0, "write", "1").invoke(1, "write", "2").invoke(2, "read", "null");
      script.did(9, "read", "1").ok(2, "2");
      assertThat(named()).isEmpty();
    }

    @Test
    void isNotOlderThanItself() {
      script.did(0, "write", "1").invoke(1, "write", "2").did(2, "read", "1").did(9, "read", "1");
      assertThat(named()).isEmpty();
    }

    @Test
    void isNotOlderThanWhatItsOwnWriterSaw() {
      script.did(3, "read", "1").did(0, "cas", "[2,1]").did(9, "read", "1");
      assertThat(named()).isEmpty();
    }
  }

  @Test
  void aRefusalSawNoValue() {
    script.did(0, "write", "1").invoke(9, "cas", "[1,2]").fail(9, "compare-failed");
    assertThat(named()).isEmpty();
  }

  @Test
  void whatCouldNotBeShrunkHasNoShape() {
    script.did(0, "write", "1").did(1, "write", "2");
    for (int i = 0; i < 97; i++) {
      script.did(2, "read", "2");
    }
    script.did(9, "read", "1");
    assertThat(claim()).as("a hundred operations").contains("after write 2");
    Script more = new Script();
    for (int i = 0; i < 100; i++) {
      more.did(2, "write", "2");
    }
    assertThat(find(more.did(9, "read", "1").history())).isEmpty();
  }

  private Script failed(int process, String f, String value) {
    return script.invoke(process, f, value).fail(process, "unavailable");
  }

  private Optional<Anomaly> named() {
    return find(script.history());
  }

  private String claim() {
    return named().orElseThrow().sentence();
  }

  /** Returns the invocations of the operations that are shown beside those kept. */
  private List<Integer> further() {
    return named().orElseThrow().further().stream().map(Operation::invocation).toList();
  }

  /** Keeps all operations invoked before that of process 9 completed. */
  private static Optional<Anomaly> find(History history) {
    Model<?> model = OneKey.model("cas-register");
    KeyHistory key = KeyHistory.of(history, model, KeyIndex.of(history).invocations(0));
    Operation blocked =
        key.operations().stream()
            .filter(operation -> history.process(operation.invocation()) == 9)
            .findFirst()
            .orElseThrow();
    List<Operation> kept =
        key.operations().stream()
            .filter(operation -> operation.invocation() < blocked.completion())
            .map(operation -> operation.knownAt(blocked.completion()))
            .toList();
    return new RegisterAnomalies(model, key, kept, blocked, new Wording(history, model)).find();
  }
}

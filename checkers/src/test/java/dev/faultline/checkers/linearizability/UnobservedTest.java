package dev.faultline.checkers.linearizability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checkers.Script;
import org.junit.jupiter.api.Test;

/** Which indeterminate writes are left out because nobody can tell whether they happened. */
class UnobservedTest {

  @Test
  void aWriteWhoseValueNobodySawIsLeftOut() {
    assertThat(kept(lost(new Script(), 0, "write", "7").did(1, "write", "1"))).containsExactly(2);
  }

  @Test
  void oneWhoseValueWasReadStays() {
    assertThat(kept(lost(new Script(), 0, "write", "7").did(1, "read", "7"))).containsExactly(0, 2);
  }

  @Test
  void oneWhoseValueACompareAndSetFoundStays() {
    assertThat(kept(lost(new Script(), 0, "write", "7").did(1, "cas", "[7,8]")))
        .containsExactly(0, 2);
  }

  @Test
  void anAcknowledgedWriteStaysSeenOrNot() {
    assertThat(kept(new Script().did(0, "write", "7"))).containsExactly(0);
  }

  @Test
  void aCompareAndSetOfAValueThatNobodyLeavesIsLeftOutThoughItsOwnWasRead() {
    assertThat(kept(lost(new Script(), 0, "cas", "[5,7]").did(1, "read", "7"))).containsExactly(2);
  }

  @Test
  void theInitialValueIsLeftBySomebody() {
    assertThat(kept(lost(new Script(), 0, "cas", "[null,7]").did(1, "read", "7")))
        .containsExactly(0, 2);
  }

  @Test
  void evenIfItIsWrittenAgain() {
    Script script = lost(new Script().did(1, "write", "null"), 0, "cas", "[null,7]");
    assertThat(kept(script.did(1, "read", "7"))).containsExactly(0, 2, 4);
  }

  @Test
  void oneThatIsLeftOutTakesWithItWhatOnlyItMadePossible() {
    // Nobody leaves 4, so the first did not happen; so nobody leaves 5, nor then 6.
    Script script =
        lost(lost(lost(new Script(), 0, "cas", "[6,7]"), 1, "cas", "[5,6]"), 2, "cas", "[4,5]");
    assertThat(kept(script.did(3, "read", "7"))).containsExactly(6);
  }

  @Test
  void aLaterRefusalMightHaveSeenIt() {
    Script script = lost(new Script().did(1, "write", "1"), 0, "write", "7");
    script.invoke(2, "cas", "[1,2]").fail(2, "compare-failed");
    assertThat(kept(script)).containsExactly(0, 2, 4);
  }

  @Test
  void anEarlierRefusalCannotHaveSeenIt() {
    Script script = new Script().did(1, "write", "1");
    script.invoke(2, "cas", "[2,3]").fail(2, "compare-failed");
    assertThat(kept(lost(script, 0, "write", "7"))).containsExactly(0, 2);
  }

  @Test
  void whatNobodyNamesIsInterchangeable() {
    Script script = lost(lost(new Script(), 0, "write", "7"), 1, "write", "8");
    lost(lost(script, 3, "write", "5"), 4, "write", "4");
    script.did(5, "read", "4").invoke(2, "cas", "[5,2]").fail(2, "compare-failed");
    Operations all = OneKey.encoded(script);
    Operations rest = Unobserved.leaveOut(all);
    assertThat(rest.size()).isEqualTo(6);
    assertThat(rest.call(0)).isEqualTo(all.call(0));
    assertThat(rest.call(1)).as("writes of 7 and 8").isEqualTo(rest.call(0));
    assertThat(rest.call(2)).as("write of the refused 5").isNotEqualTo(rest.call(0));
    assertThat(rest.call(3)).as("write of 4, which was read").isNotEqualTo(rest.call(0));
  }

  @Test
  void onlyWritesWithoutAnswerAreTakenForOneAnother() {
    Script script = lost(new Script(), 0, "write", "7").did(1, "write", "8");
    lost(script, 3, "cas", "[8,9]");
    script.invoke(2, "cas", "[1,2]").fail(2, "compare-failed");
    Operations rest = Unobserved.leaveOut(OneKey.encoded(script));
    assertThat(rest.size()).isEqualTo(4);
    assertThat(rest.call(1)).isNotEqualTo(rest.call(0));
    assertThat(rest.call(2)).isNotEqualTo(rest.call(0));
  }

  @Test
  void otherObjectsAreLeftAlone() {
    Operations queue = OneKey.encoded("queue", lost(new Script(), 0, "enqueue", "7"));
    assertThat(Unobserved.leaveOut(queue)).isSameAs(queue);
  }

  /** Returns where the operations that stay begin. */
  private static int[] kept(Script script) {
    Operations rest = Unobserved.leaveOut(OneKey.encoded(script));
    int[] invocations = new int[rest.size()];
    for (int i = 0; i < invocations.length; i++) {
      invocations[i] = rest.invocation(i);
    }
    return invocations;
  }

  private static Script lost(Script script, int process, String f, String value) {
    return script.invoke(process, f, value).info(process);
  }
}

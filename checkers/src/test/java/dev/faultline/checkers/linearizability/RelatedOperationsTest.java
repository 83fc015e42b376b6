package dev.faultline.checkers.linearizability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checkers.Script;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What has to do with the value that one operation, the last one here, saw. */
class RelatedOperationsTest {

  private final Script script = new Script();

  @Test
  void whoNeedsOrLeavesTheValueIsKept() {
    script.did(0, "write", "1").did(1, "read", "1");
    unrelated(20).did(2, "read", "1");
    assertThat(kept()).startsWith(0, 2).endsWith(last()).hasSize(3 + 16);
  }

  @Test
  void soIsWhoeverLeftWhatOneOfThoseNeeds() {
    script.did(0, "write", "8").did(0, "write", "5").did(0, "cas", "[5,6]").did(0, "cas", "[6,1]");
    script.did(0, "write", "5");
    unrelated(20).did(2, "read", "1");
    assertThat(kept().subList(0, 4)).as("all but write 8").containsExactly(2, 4, 6, 8);
  }

  @Test
  void aRefusalWouldNoticeWhatIsLeftOut() {
    script.did(0, "write", "1").invoke(1, "cas", "[1,2]").fail(1, "compare-failed");
    script.did(2, "read", "1");
    assertThat(kept()).containsExactly(0, 4);
  }

  @Test
  void ofTheLatestSixteenTheWritesAreKept() {
    script.did(0, "write", "7").did(0, "write", "8").did(3, "read", "8");
    for (int i = 0; i < 14; i++) {
      script.did(3, "read", "9");
    }
    script.did(2, "read", "1");
    assertThat(kept()).as("reads of other values are none").containsExactly(2, last());
  }

  @Test
  void whoSawNothingIsRelatedToAll() {
    script.did(0, "write", "1").did(0, "write", "2").did(2, "write", "3");
    assertThat(kept()).containsExactly(0, 2, 4);
  }

  private Script unrelated(int writes) {
    for (int i = 0; i < writes; i++) {
      script.did(0, "write", "" + (100 + i));
    }
    return script;
  }

  private int last() {
    return OneKey.operations(script).getLast().invocation();
  }

  private List<Integer> kept() {
    List<Operation> operations = OneKey.operations(script);
    return new RelatedOperations(OneKey.model("cas-register"), operations)
        .of(operations.getLast()).stream().map(Operation::invocation).toList();
  }
}

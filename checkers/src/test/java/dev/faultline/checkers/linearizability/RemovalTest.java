package dev.faultline.checkers.linearizability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checkers.Script;
import java.util.BitSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What may be left out of evidence: only what nobody who is kept could have seen. */
class RemovalTest {

  private final Script script = new Script();

  @Test
  void whatNobodySawMayGo() {
    script.did(0, "write", "1").did(0, "write", "2").did(1, "read", "2");
    assertThat(leftOut(0)).containsExactly(0);
    assertThat(leftOut(0, 2)).as("what only observes always").containsExactly(0, 2);
  }

  @Test
  void whatWasSeenStays() {
    script.did(0, "write", "1").did(1, "read", "1");
    assertThat(leftOut(0)).isEmpty();
    assertThat(leftOut(0, 1)).as("unless who saw it goes too").containsExactly(0, 1);
  }

  @Test
  void whatWasSeenByOneWhoStaysBecauseOfAnotherStays() {
    script.did(0, "write", "1").did(1, "cas", "[1,2]").did(1, "read", "2");
    assertThat(leftOut(0, 1)).isEmpty();
  }

  @Test
  void aKeptWriteBetweenHidesWhatWasBefore() {
    script.did(0, "write", "1").did(0, "write", "2").did(1, "read", "1");
    assertThat(leftOut(0)).containsExactly(0);
    assertThat(leftOut(0, 1)).as("without it nothing does").containsExactly(1);
  }

  @Test
  void aWriteThatOverlapsHidesNothing() {
    script.invoke(0, "write", "1").invoke(2, "write", "2").ok(0).ok(2).did(1, "read", "1");
    assertThat(leftOut(0)).isEmpty();
    Script late = new Script();
    late.did(0, "write", "1").invoke(2, "write", "2").did(1, "read", "1").ok(2);
    assertThat(leftOut(late, 0)).isEmpty();
    Script lost = new Script();
    lost.did(0, "write", "1").invoke(2, "write", "2").info(2).did(1, "read", "1");
    assertThat(leftOut(lost, 0)).isEmpty();
  }

  @Test
  void whoWasDoneBeforeCannotHaveSeenIt() {
    script.did(1, "read", "1").did(0, "write", "1");
    assertThat(leftOut(1)).containsExactly(1);
    Script overlapping = new Script().invoke(1, "read", "null").did(0, "write", "1").ok(1, "1");
    assertThat(leftOut(overlapping, 1)).isEmpty();
  }

  @Test
  void aRefusalCouldHaveSeenAnyValue() {
    script.did(0, "write", "1").invoke(1, "cas", "[7,8]").fail(1, "compare-failed");
    assertThat(leftOut(0)).isEmpty();
    assertThat(leftOut(0, 1)).containsExactly(0, 1);
    Script hidden = new Script().did(0, "write", "1").did(0, "write", "2");
    hidden.invoke(1, "cas", "[7,8]").fail(1, "compare-failed");
    assertThat(leftOut(hidden, 0)).containsExactly(0);
  }

  @Test
  void aCompareAndSetThatChangedNothingMayGo() {
    script.did(0, "write", "1").did(1, "cas", "[1,1]").did(1, "read", "1");
    assertThat(leftOut(1)).containsExactly(1);
  }

  @Test
  void ofOtherObjectsOnlyWhatObserves() {
    script.did(0, "add", "1").did(0, "read", "1");
    Removal removal = new Removal(OneKey.model("counter"), OneKey.operations("counter", script), 0);
    BitSet both = bits(0, 1);
    assertThat(removal.restrict(both)).isTrue();
    assertThat(both.stream()).containsExactly(1);
    assertThat(removal.withWitnesses(0, new BitSet(), 1).stream()).isEmpty();
  }

  @Test
  void whatCameBeforeAWindowMustStayHiddenFromIt() {
    script.did(0, "write", "1").did(1, "read", "1");
    assertThat(new Removal(OneKey.model("register"), OneKey.operations(script), 0).restrict(bits()))
        .isTrue();
    // The read is blind to what completed before the write was invoked, which is event 0.
    assertThat(new Removal(OneKey.model("register"), OneKey.operations(script), 1).restrict(bits()))
        .isFalse();
    Script later = new Script().did(5, "write", "9").did(0, "write", "1").did(1, "read", "1");
    assertThat(new Removal(OneKey.model("register"), OneKey.operations(later), 2).restrict(bits(0)))
        .isTrue();
    assertThat(new Removal(OneKey.model("register"), OneKey.operations(later), 3).restrict(bits(0)))
        .isFalse();
  }

  @Test
  void whatSawEachOtherGoesTogether() {
    script.did(0, "write", "1").did(1, "cas", "[1,2]").did(2, "cas", "[2,1]").did(3, "write", "5");
    script.did(4, "read", "5");
    assertThat(group(0, 4)).containsExactly(0, 1, 2);
    assertThat(group(1, 4)).containsExactly(1, 2);
    assertThat(group(2, 4)).as("those before it cannot have seen it").containsExactly(2);
    assertThat(group(4, 4)).as("the blocked one stays").isEmpty();
    assertThat(group(3, 4)).as("and what it saw").isEmpty();
  }

  private int[] group(int index, int blocked) {
    Removal removal = new Removal(OneKey.model("cas-register"), OneKey.operations(script), 0);
    return removal.withWitnesses(index, new BitSet(), blocked).stream().toArray();
  }

  private int[] leftOut(int... wanted) {
    return leftOut(script, wanted);
  }

  private static int[] leftOut(Script script, int... wanted) {
    BitSet removed = bits(wanted);
    Removal removal = new Removal(OneKey.model("cas-register"), OneKey.operations(script), 0);
    assertThat(removal.restrict(removed)).isTrue();
    return removed.stream().toArray();
  }

  private static BitSet bits(int... set) {
    BitSet bits = new BitSet();
    IntStream.of(set).forEach(bits::set);
    return bits;
  }
}

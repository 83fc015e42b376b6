package dev.faultline.checkers.transactions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checkers.transactions.models.ConsistencyModel;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Histories of lists by hand: what is wrong with each, and nothing else. */
class ListHistoriesTest {

  @Test
  void nothingIsWrongWithOneAfterTheOther() {
    Txns txns =
        Txns.lists("0 ok append x 1; r x [1]")
            .then("1 ok r x [1]; append x 2")
            .then("0 ok r x [1,2]");
    assertThat(txns.anomalies(ConsistencyModel.STRICT_SERIALIZABLE)).isEmpty();
    assertThat(txns.check(TransactionOptions.standard()).verdict().word()).isEqualTo("VALID");
  }

  @Test
  void aTransactionMustAgreeWithItself() {
    assertInternal("0 ok append x 1; r x []", true);
    assertInternal("0 ok append x 1; r x [2]", true);
    assertInternal("0 ok append x 1; append x 2; r x [2,1]", true);
    assertInternal("0 ok append x 1; append x 2; r x [9,1,2]", false);
    assertInternal("0 ok r x [9]; append x 1; r x [9,1]", false);
    assertInternal("0 ok r x [9]; append x 1; r x [9]", true);
    assertInternal("0 ok r x [9]; append x 1; r x [1]", true);
    assertInternal("0 ok r x [9]; append y 1; r x [9]", false);
    assertInternal("0 ok r x [9]; r x []", true);
    assertInternal("0 ok r x [9]; r x [9,8]", true);
    assertInternal("0 ok r x [9,8]; r x [7,8]", true);
    assertInternal("0 ok r x [9,8]; append x 1; r x [7,8,1]", true);
    assertInternal("0 info append x 1; r x []", false);
    assertInternal("0 fail append x 1; r x []", false);
    assertThat(Txns.lists("0 ok append x 1; r x []").texts())
        .containsExactly("T1 read x as [], which contradicts what it had read and appended itself");
  }

  @Test
  void nobodySeesHisFuture() {
    Txns txns = Txns.lists("0 ok r x [1]; append x 1");
    assertThat(txns.anomalies()).containsOnlyKeys("future-read");
    assertThat(txns.texts()).containsExactly("T1 saw 1 in x before it appended it itself");
    assertThat(
            Txns.lists("0 ok r x [2,1,3]; append x 1", "1 ok append x 2; append x 3").anomalies())
        .containsKey("future-read");
    assertThat(Txns.lists("0 ok r x []; append x 1").anomalies()).isEmpty();
    assertThat(Txns.lists("0 ok r y [1]; append x 1", "1 ok append y 1").anomalies()).isEmpty();
    assertThat(Txns.lists("0 info r x [1]; append x 1").anomalies())
        .doesNotContainKey("future-read");
  }

  @Test
  void whatWasAbortedIsNotThere() {
    Txns seen = Txns.lists("0 fail append x 1", "1 ok r x [1]");
    assertThat(seen.anomalies()).isEqualTo(Map.of("G1a", 1));
    assertThat(seen.texts()).containsExactly("T1 saw T2's append of 1 to x, but T2 failed");
    Txns inTheMiddle =
        Txns.lists("0 fail append x 2", "1 ok append x 1; append x 3", "2 ok r x [1,2,3]");
    assertThat(inTheMiddle.anomalies()).isEqualTo(Map.of("G1a", 1, "dirty-update", 1));
    // Whoever read less did not see it.
    assertThat(
            Txns.lists("0 fail append x 2", "1 ok append x 1", "2 ok r x [1,2]", "3 ok r x [1]")
                .anomalies())
        .isEqualTo(Map.of("G1a", 1));
    assertThat(Txns.lists("0 fail append x 1", "1 info r x [1]").anomalies())
        .as("nobody was told")
        .isEmpty();
    assertThat(Txns.lists("0 info append x 1", "1 ok r x [1]").anomalies()).isEmpty();
  }

  @Test
  void alsoNotInAListThatLeavesTheOthers() {
    assertThat(
            Txns.lists("0 fail append x 2", "1 ok append x 1", "2 ok r x [1]", "3 ok r x [2]")
                .anomalies())
        .containsOnlyKeys("G1a", "incompatible-order");
  }

  @Test
  void nobodyBuildsOnWhatWasAborted() {
    Txns txns =
        Txns.lists("0 fail append x 1", "1 ok append x 2", "2 ok append x 3", "3 ok r x [1,2,3]");
    assertThat(txns.anomalies()).containsEntry("dirty-update", 1);
    assertThat(txns.texts())
        .contains("T2 appended 2 to x on top of 1, which T1 had appended, but T1 failed");
    assertThat(Txns.lists("0 fail append x 1", "1 info append x 2", "3 ok r x [1,2]").anomalies())
        .as("an unknown outcome is no commit")
        .containsOnlyKeys("G1a");
    assertThat(Txns.lists("0 fail append x 2", "1 ok append x 1", "3 ok r x [1,2]").anomalies())
        .containsOnlyKeys("G1a");
  }

  @Test
  void noMiddleOfATransactionIsSeen() {
    Txns txns = Txns.lists("0 ok append x 1; append x 2", "1 ok r x [1]");
    assertThat(txns.anomalies()).containsOnlyKeys("G1b", "G-single-item");
    assertThat(txns.texts())
        .containsExactly(
            "T1 saw x as it was in the middle of T2, after its append of 1 and before its next one");
    assertThat(Txns.lists("0 ok append x 1; r x [1]; append x 2").anomalies())
        .as("but by itself")
        .isEmpty();
    assertThat(Txns.lists("0 ok append x 1; append x 2", "1 ok r x [1,2]").anomalies()).isEmpty();
    assertThat(Txns.lists("0 ok append x 1; append y 2", "1 ok r x [1]; r y [2]").anomalies())
        .isEmpty();
    assertThat(Txns.lists("0 fail append x 1; append x 2", "1 ok r x [1]").anomalies())
        .containsOnlyKeys("G1a");
  }

  @Test
  void whatNobodyAppendedIsGarbage() {
    Txns txns = Txns.lists("0 ok append x 1", "1 ok r x [1,7]");
    assertThat(txns.anomalies()).isEqualTo(Map.of("garbage-read", 1));
    assertThat(txns.texts()).containsExactly("T1 saw 7 in x, which nobody appended");
    assertThat(Txns.lists("0 ok append x 1", "1 ok r x [1,7]", "2 ok r x [1]").anomalies())
        .isEqualTo(Map.of("garbage-read", 1));
    assertThat(Txns.lists("0 ok append y 7", "1 ok r x [7]").anomalies())
        .as("under another key")
        .isEqualTo(Map.of("garbage-read", 1));
  }

  @Test
  void nothingIsInAListTwice() {
    Txns txns =
        Txns.lists("0 ok append x 1", "1 ok append x 2", "2 ok r x [1,2,1]", "3 ok r x [1,2]");
    assertThat(txns.anomalies()).containsEntry("duplicate-elements", 1);
    assertThat(txns.texts()).containsExactly("T1 read x and saw 1 twice");
  }

  @Test
  void listsOnlyGrow() {
    Txns txns =
        Txns.lists(
            "0 ok append x 1",
            "1 ok append x 2",
            "2 ok append x 3",
            "3 ok r x [1,2,3]",
            "4 ok r x [1,3]",
            "5 ok r x [1,2]",
            "6 ok r x []");
    assertThat(txns.anomalies()).isEqualTo(Map.of("incompatible-order", 1));
    assertThat(txns.texts())
        .containsExactly(
            "T1 read x as [1 3], T2 as [1 2 3]: neither can have become the other by appends");
  }

  @Test
  void theLongestListIsTheOrderThoughItWasNotReadFirst() {
    Txns txns =
        Txns.lists(
            "0 ok append x 1",
            "1 ok append x 2",
            "2 ok append x 3",
            "3 ok r x [2]",
            "4 ok r x [1,2,3]",
            "5 ok r x [1,2]");
    assertThat(txns.anomalies()).isEqualTo(Map.of("incompatible-order", 1));
    assertThat(txns.dependencies()).contains("T0 ww T1 by 0, 0", "T1 ww T2 by 0, 0");
  }

  @Test
  void ofListsThatBranchTheFirstLongestIsTheOrder() {
    Txns txns =
        Txns.lists(
            "9 ok append y 1; append y 2; append y 3",
            "8 ok r y [1,2,3]",
            "0 ok append x 1",
            "1 ok append x 2",
            "2 ok append x 3",
            "3 ok r x [1]",
            "4 ok r x [1,2]",
            "5 ok r x [1,3]",
            "6 ok r x [1,2]");
    assertThat(txns.dependencies()).contains("T2 ww T3 by 0, 0").doesNotContain("T2 ww T4 by 0, 0");
    assertThat(txns.check(TransactionOptions.of(ConsistencyModel.SERIALIZABLE)).instances())
        .singleElement()
        .satisfies(instance -> {
          assertThat(instance.text()).startsWith("T1 read x as [1 3], T2 as [1 2]:");
          assertThat(instance.transactions()).containsExactly(7, 6);
        });
  }

  @Test
  void theOneThatReadTheOrderIsNamedThoughItIsTheVeryFirst() {
    Txns txns =
        Txns.lists("0 ok r x [1,2]", "1 ok r x [1]", "2 ok r x [2]", "3 ok append x 1; append x 2");
    assertThat(txns.texts())
        .contains("T1 read x as [2], T2 as [1 2]: neither can have become the other by appends");
  }

  @Test
  void oneOfTwoUpdatesIsLost() {
    Txns txns = Txns.lists("0 ok r x []; append x 1", "1 ok r x []; append x 2");
    assertThat(txns.anomalies()).containsEntry("lost-update", 1);
    assertThat(txns.texts())
        .contains(
            "T1 and T2 both read x as [], and each wrote it without having seen the other's write");
    assertThat(
            Txns.lists("9 ok append x 9", "0 ok r x [9]; append x 1", "1 ok r x [9]; append x 2")
                .anomalies())
        .containsEntry("lost-update", 1);
    assertNoLostUpdate("0 ok r x []; append y 1", "1 ok r x []; append x 2");
    assertNoLostUpdate("0 ok r x []; append x 1", "1 ok r y []; append y 2");
    assertNoLostUpdate("0 ok r x []; append x 1", "1 info r x []; append x 2");
    assertNoLostUpdate("0 ok append x 1; r x [1]", "1 ok append x 2; r x [1,2]");
    assertNoLostUpdate("0 ok r x []; append x 1; r x [1]; append x 3", "1 ok append x 2");
    assertNoLostUpdate("9 ok append x 9", "0 ok r x []; append x 1", "1 ok r x [9]; append x 2");
  }

  @Test
  void aRepeatedElementSpoilsItsKeyAlone() {
    Txns txns =
        Txns.lists("0 ok append x 1; append y 1", "1 ok append x 1", "2 ok r x [1,1,7]; r y [1]");
    assertThat(txns.anomalies()).isEmpty();
    assertThat(txns.dependencies()).containsExactly("T0 wr T2 by 1, 1");
    Analysis analysis = txns.check(TransactionOptions.of(ConsistencyModel.READ_UNCOMMITTED));
    assertThat(analysis.transactions().problemLines().getFirst())
        .contains("value 1 of key x is written more than once");
  }

  @Test
  void twoReadsOfAListThatLeavesTheOthersAgree() {
    Txns txns =
        Txns.lists("0 ok append x 1", "1 ok append x 2; append x 3", "2 ok r x [1,2,3]")
            .then("3 ok r x [1,3]; r x [1,3]");
    assertThat(txns.anomalies()).doesNotContainKey("internal").containsKey("incompatible-order");
  }

  @Test
  void aListThatLeavesTheOthersIsLookedAtByItself() {
    Txns repeated =
        Txns.lists("0 ok append x 1", "1 ok append x 2", "2 ok r x [1,2]", "3 ok r x [2,2]");
    assertThat(repeated.anomalies()).containsOnlyKeys("duplicate-elements", "incompatible-order");
    Txns garbage =
        Txns.lists("0 ok append x 1", "1 ok append x 2", "2 ok r x [1,2]", "3 ok r x [1,7]");
    assertThat(garbage.anomalies()).containsOnlyKeys("garbage-read", "incompatible-order");
  }

  @Test
  void theInitialStatesOfTwoKeysAreNotTheSame() {
    assertNoLostUpdate("0 ok append x 1", "1 ok r x [1]; append x 2", "2 ok r y []; append y 1");
  }

  private static void assertNoLostUpdate(String... txns) {
    assertThat(Txns.lists(txns).anomalies()).doesNotContainKey("lost-update");
  }

  private static void assertInternal(String txn, boolean expected) {
    String others = "append x 9; append x 8; append x 7";
    Map<String, Integer> anomalies = Txns.lists(txn, "1 info " + others).anomalies();
    assertThat(anomalies.containsKey("internal")).as(txn).isEqualTo(expected);
  }
}

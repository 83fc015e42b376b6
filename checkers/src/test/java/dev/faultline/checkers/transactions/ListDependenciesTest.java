package dev.faultline.checkers.transactions;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Which transactions depend on which, and by which micro-operations. */
class ListDependenciesTest {

  @Test
  void theOrderIsThatOfTheLongestList() {
    Txns txns =
        Txns.lists(
            "0 ok append x 1",
            "1 ok r y []; append x 2",
            "2 ok append x 3",
            "3 ok r x []; r x [1,2,3]",
            "4 ok r x [1]");
    assertThat(txns.dependencies())
        .containsExactly(
            "T0 wr T4 by 0, 0",
            "T0 ww T1 by 0, 1",
            "T1 ww T2 by 1, 0",
            "T2 wr T3 by 0, 1",
            "T3 rw T0 by 0, 0",
            "T4 rw T1 by 0, 1");
  }

  @Test
  void whatNobodySawComesAfterAllThatWasSeen() {
    Txns txns = Txns.lists("0 ok append x 1", "1 ok append x 2", "2 ok append x 3", "3 ok r x [1]");
    assertThat(txns.dependencies())
        .containsExactly(
            "T0 wr T3 by 0, 0",
            "T0 ww T1 by 0, 0",
            "T0 ww T2 by 0, 0",
            "T3 rw T1 by 0, 0",
            "T3 rw T2 by 0, 0");
  }

  @Test
  void whoeverDidNotSeeAllOfItDependsOnlyOnTheNext() {
    Txns txns =
        Txns.lists(
            "0 ok append x 1",
            "1 ok append x 2",
            "2 ok append x 9",
            "3 ok r x [1,2]",
            "4 ok r x []");
    assertThat(txns.dependencies())
        .contains("T4 rw T0 by 0, 0", "T3 rw T2 by 0, 0")
        .doesNotContain("T4 rw T1 by 0, 0", "T4 rw T2 by 0, 0");
  }

  @Test
  void anAbortedElementHidesNothingOfTheOrderAroundIt() {
    Txns txns =
        Txns.lists(
            "0 ok append x 1",
            "1 fail append x 2",
            "2 ok append x 3",
            "3 ok r x [1,2,3]",
            "4 ok r x [1]");
    assertThat(txns.dependencies())
        .contains("T0 ww T2 by 0, 0", "T4 rw T2 by 0, 0")
        .noneMatch(dependency -> dependency.contains("T1"));
  }

  @Test
  void whatWasSeenOfAnUnknownOutcomeHappened() {
    Txns txns = Txns.lists("0 ok append x 1", "1 info append x 2", "2 ok r x [1,2]");
    assertThat(txns.dependencies()).contains("T0 ww T1 by 0, 0", "T1 wr T2 by 0, 0");
  }

  @Test
  void nothingFollowsFromAListThatLeavesTheOrder() {
    Txns txns =
        Txns.lists(
            "0 ok append x 1",
            "1 ok append x 2",
            "2 ok append x 3",
            "3 ok r x [1,2]",
            "4 ok r x [3]");
    assertThat(txns.dependencies())
        .contains("T2 wr T4 by 0, 0", "T3 rw T2 by 0, 0")
        .doesNotContain("T4 rw T1 by 0, 0", "T4 rw T0 by 0, 0");
  }

  @Test
  void keysAreApart() {
    Txns txns = Txns.lists("0 ok append x 1", "1 ok append y 1", "2 ok r x [1]; r y []");
    assertThat(txns.dependencies()).containsExactly("T0 wr T2 by 0, 0", "T2 rw T1 by 1, 0");
  }

  @Test
  void aTransactionDoesNotDependOnItself() {
    Txns txns = Txns.lists("0 ok append x 1; r x [1]; append x 2; r x [1,2]");
    assertThat(txns.dependencies()).isEmpty();
  }
}

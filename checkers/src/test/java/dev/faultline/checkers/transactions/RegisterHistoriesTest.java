package dev.faultline.checkers.transactions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checkers.transactions.models.ConsistencyModel;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Histories of registers by hand: what is wrong with each, and nothing else. */
class RegisterHistoriesTest {

  @Test
  void nothingIsWrongWithOneAfterTheOther() {
    Txns txns =
        Txns.registers("0 ok r x null; w x 1; r x 1").then("1 ok r x 1; w x 2").then("0 ok r x 2");
    assertThat(txns.anomalies(ConsistencyModel.STRICT_SERIALIZABLE)).isEmpty();
  }

  @Test
  void aTransactionMustAgreeWithItself() {
    assertInternal("0 ok w x 1; r x 9", true);
    assertInternal("0 ok w x 1; r x null", true);
    assertInternal("0 ok r x 9; r x 8", true);
    assertInternal("0 ok r x null; r x 9", true);
    assertInternal("0 ok r x 9; r x 9", false);
    assertInternal("0 ok w x 1; r y 7; r x 1", false);
    assertInternal("0 ok w x 1; w x 2; r x 1", true);
    assertInternal("0 info w x 1; r x 9", false);
    assertThat(Txns.registers("0 ok w x 1; r x 2", "1 ok w x 2").texts())
        .containsExactly("T1 read x as 2, but it had itself left or seen it as 1");
  }

  @Test
  void nobodySeesHisFuture() {
    Txns txns = Txns.registers("0 ok r x 1; w x 1");
    assertThat(txns.anomalies()).containsOnlyKeys("future-read");
    assertThat(txns.texts()).containsExactly("T1 read 1 of x before it wrote it itself");
  }

  @Test
  void whatWasAbortedIsNotThere() {
    Txns txns = Txns.registers("0 fail w x 1", "1 ok r x 1");
    assertThat(txns.anomalies()).isEqualTo(Map.of("G1a", 1));
    assertThat(txns.texts()).containsExactly("T1 read 1 of x, T2 wrote it, but T2 failed");
    assertThat(Txns.registers("0 info w x 1", "1 ok r x 1").anomalies()).isEmpty();
    assertThat(Txns.registers("0 fail w x 1", "1 info r x 1").anomalies()).isEmpty();
  }

  @Test
  void noMiddleOfATransactionIsSeen() {
    Txns txns = Txns.registers("0 ok w x 1; w x 2", "1 ok r x 1");
    assertThat(txns.anomalies()).isEqualTo(Map.of("G1b", 1));
    assertThat(txns.texts())
        .containsExactly("T1 read 1 of x, which T2 wrote and then overwrote itself");
    assertThat(Txns.registers("0 ok w x 1; r x 1; w x 2").anomalies())
        .as("but by itself")
        .isEmpty();
    assertThat(Txns.registers("0 ok w x 1; w y 2", "1 ok r x 1; r y 2").anomalies()).isEmpty();
  }

  @Test
  void whatNobodyWroteIsGarbage() {
    Txns txns = Txns.registers("0 ok w y 7", "1 ok r x 7");
    assertThat(txns.anomalies()).isEqualTo(Map.of("garbage-read", 1));
    assertThat(txns.texts()).containsExactly("T1 read x as 7, which nobody wrote");
  }

  @Test
  void oneOfTwoUpdatesIsLost() {
    Txns txns = Txns.registers("0 ok r x null; w x 1", "1 ok r x null; w x 2");
    assertThat(txns.anomalies()).containsEntry("lost-update", 1);
    assertThat(txns.texts())
        .contains(
            "T1 and T2 both read x as nil, and each wrote it without having seen the other's write");
    assertThat(Txns.registers("0 ok r x null; w x 1", "1 ok r x 1; w x 2").anomalies()).isEmpty();
  }

  @Test
  void whatWasWrittenTwiceIsOfConcernOnlyIfItWasRead() {
    assertThat(problems(Txns.registers("0 ok w x 1", "1 ok w x 1", "2 ok w x 2; r x 2"))).isZero();
    Txns read = Txns.registers("0 ok w x 1", "1 ok w x 1", "2 ok r x 1");
    assertThat(problems(read)).isEqualTo(1);
    assertThat(read.dependencies()).isEmpty();
    assertThat(read.anomalies()).isEmpty();
  }

  @Test
  void whoeverReadTheInitialStateComesBeforeEveryWrite() {
    Txns txns = Txns.registers("0 ok w x 1", "1 ok r x null", "2 ok r x 1", "3 ok w x 2");
    assertThat(txns.dependencies())
        .containsExactly("T0 wr T2 by 0, 0", "T1 rw T0 by 0, 0", "T1 rw T3 by 0, 0");
  }

  @Test
  void revisionsTellTheOrderOfVersions() {
    Txns txns =
        Txns.registers(
            "0 ok w x 1 @5", "1 ok w x 2 @3", "2 ok r x 2 @3", "3 ok w x 3 @9", "4 ok r x null");
    assertThat(txns.dependencies())
        .containsExactly(
            "T0 ww T3 by 0, 0",
            "T1 wr T2 by 0, 0",
            "T1 ww T0 by 0, 0",
            "T2 rw T0 by 0, 0",
            "T4 rw T1 by 0, 0");
  }

  @Test
  void anAbortedVersionHidesNothingOfTheOrderAroundIt() {
    Txns txns = Txns.registers("0 ok w x 1 @2", "1 fail w x 2", "2 ok r x 2 @3", "3 ok w x 3 @4");
    assertThat(txns.dependencies()).containsExactly("T0 ww T3 by 0, 0", "T2 rw T3 by 0, 0");
  }

  @Test
  void aVersionCameToBeOnce() {
    Txns txns = Txns.registers("0 ok w x 1 @5", "1 ok r x 1 @6");
    assertThat(txns.anomalies()).isEqualTo(Map.of("cyclic-versions", 1));
    assertThat(txns.texts())
        .containsExactly("version 1 of x came to be twice: T1 was told mod revision 5, T2 6");
    assertThat(Txns.registers("0 ok w x 1 @5", "1 ok r x 1 @5").anomalies()).isEmpty();
    assertThat(Txns.registers("0 ok w x 1; w x 2 @5", "1 ok r x 2 @5").anomalies()).isEmpty();
    assertThat(Txns.registers("0 info w x 1 @5", "1 ok r x 1 @6").anomalies()).isEmpty();
  }

  @Test
  void writesFollowReadsIfThatIsKnownOfKeys() {
    Txns txns = Txns.registers("0 ok w x 1", "1 ok r x 1; w x 2", "2 ok r x 2");
    assertThat(txns.dependencies()).doesNotContain("T0 ww T1 by 0, 1");
    assertThat(txns.dependencies(known(false, false, true)))
        .containsExactly("T0 wr T1 by 0, 0", "T0 ww T1 by 0, 1", "T1 wr T2 by 1, 0");
    Txns circle = Txns.registers("0 ok r x 2; w x 1", "1 ok r x 1; w x 2");
    assertThat(circle.anomalies(known(false, false, true))).containsEntry("cyclic-versions", 1);
    assertThat(circle.check(known(false, false, true)).instances().getFirst().text())
        .isEqualTo(
            "versions of x stand in a circle: 2 before 1 (writes follow reads: T1 read 2 before it"
                + " wrote 1), 1 before 2 (writes follow reads: T2 read 1 before it wrote 2)");
  }

  @Test
  void oneProcessSeesVersionsInTheirOrderIfThatIsKnownOfKeys() {
    Txns txns =
        Txns.registers("0 ok w x 1").then("1 ok w x 2").then("2 ok r x 1").then("2 ok r x 2");
    assertThat(txns.dependencies(known(false, true, false)))
        .contains("T0 ww T1 by 0, 0", "T2 rw T1 by 0, 0");
    Txns others =
        Txns.registers("0 ok w x 1").then("1 ok w x 2").then("2 ok r x 1").then("3 ok r x 2");
    assertThat(others.dependencies(known(false, true, false))).doesNotContain("T0 ww T1 by 0, 0");
    Txns unknown = Txns.registers("0 ok w x 1").then("0 info w x 2").then("0 ok r x 1");
    assertThat(unknown.anomalies(known(false, true, false))).isEmpty();
  }

  @Test
  void allSeeVersionsInTheOrderOfRealTimeIfThatIsKnownOfKeys() {
    Txns txns = Txns.registers("0 ok w x 1").then("1 ok w x 2");
    assertThat(txns.dependencies(known(true, false, false))).containsExactly("T0 ww T1 by 0, 0");
    Txns overlapping = Txns.registers("0 ok w x 1", "1 ok w x 2");
    assertThat(overlapping.dependencies(known(true, false, false))).isEmpty();
    Txns stale = Txns.registers("0 ok w x 1").then("1 ok w x 2").then("2 ok r x 1");
    assertThat(stale.anomalies(known(true, false, false))).containsEntry("cyclic-versions", 1);
  }

  @Test
  void anAssumptionThatContradictsTheHistoryIsDroppedForEveryKey() {
    Txns txns =
        Txns.registers("0 ok w x 1; w y 1").then("1 ok w x 2; w y 2").then("2 ok r x 1; r y 2");
    assertThat(txns.anomalies(known(true, false, false))).containsEntry("cyclic-versions", 1);
    assertThat(txns.dependencies(known(true, false, false)))
        .doesNotContain("T0 ww T1 by 0, 0", "T0 ww T1 by 1, 1");
  }

  @Test
  void onlyWhatWasReadFromOutsideCanBeALostUpdate() {
    Txns txns = Txns.registers("0 ok w x 1; r x 1; w x 3", "1 ok r x 1; w x 2");
    assertThat(txns.anomalies()).doesNotContainKey("lost-update");
  }

  @Test
  void aTransactionTouchesARegisterOnce() {
    Txns txns = Txns.registers("0 ok r x null; w x 1; r x 1", "1 ok r x null; r x null");
    assertThat(txns.dependencies()).containsExactly("T1 rw T0 by 0, 1");
  }

  @Test
  void whatCannotBeToldApartBreaksNoOrder() {
    Txns txns =
        Txns.registers("0 ok w x 1", "1 ok w x 2", "2 ok w x 9", "3 ok w x 9")
            .then("4 ok r x 1")
            .then("4 ok r x 9")
            .then("4 ok r x 2");
    assertThat(txns.dependencies(known(false, true, false))).contains("T0 ww T1 by 0, 0");
    Txns inTime =
        Txns.registers("0 ok w x 1", "2 ok w x 9", "3 ok w x 9")
            .then("4 ok r x 9")
            .then("1 ok w x 2");
    assertThat(inTime.dependencies(known(true, false, false))).containsExactly("T0 ww T4 by 0, 0");
  }

  @Test
  void onlyThoseAreNamedWhoShowIt() {
    Txns txns =
        Txns.registers("0 ok w x 7", "1 ok r x 2; w x 1", "2 ok r x 1; w x 2", "3 ok r y null");
    assertThat(txns.check(known(false, false, true)).instances())
        .singleElement()
        .satisfies(instance -> assertThat(instance.transactions()).containsExactly(1, 2));
  }

  private static TransactionOptions known(boolean linearizable, boolean sequential, boolean wfr) {
    return new TransactionOptions(
        Set.of(ConsistencyModel.SERIALIZABLE), Set.of(), linearizable, sequential, wfr, 8);
  }

  private static int problems(Txns txns) {
    Analysis analysis = txns.check(TransactionOptions.of(ConsistencyModel.SERIALIZABLE));
    return analysis.transactions().problemLines().size();
  }

  private static void assertInternal(String txn, boolean expected) {
    Map<String, Integer> anomalies =
        Txns.registers(txn, "1 info w x 9; w y 7", "2 info w x 8").anomalies();
    assertThat(anomalies.containsKey("internal")).as(txn).isEqualTo(expected);
  }
}

package dev.faultline.checkers.transactions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checkers.CheckResult;
import dev.faultline.checkers.transactions.models.ConsistencyModel;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What mod revisions say, and what they cannot say. */
class RevisionsTest {

  @Test
  void twoVersionsOfAKeyDoNotShareARevision() {
    assertShared("0 ok [w x 1] @5", "0 ok [w x 2] @5", "0 ok [r x 2] @5");
  }

  @Test
  void whichOfThemCompletedFirstMakesNoDifference() {
    assertShared(
        "0+ [w x 1]", "1+ [w x 2]", "1 ok [w x 2] @5", "0 ok [w x 1] @5", "0 ok [r x 2] @5");
    assertShared(
        "0+ [w x 1]", "1+ [w x 2]", "0 ok [w x 1] @5", "1 ok [w x 2] @5", "0 ok [r x 2] @5");
  }

  @Test
  void twoTransactionsDoNotShareARevision() {
    assertShared("0 ok [w x 1] @5", "0 ok [w y 2] @5", "0 ok [r x 1] [r y 2] @5,5");
  }

  private static void assertShared(String... lines) {
    CheckResult result = TransactionScript.registers(ConsistencyModel.READ_UNCOMMITTED, lines);
    assertThat(result.verdict().word()).isEqualTo("INVALID");
    assertThat(result.findings())
        .singleElement()
        .satisfies(finding ->
            assertThat(finding.claim())
                .startsWith("cyclic-versions: two transactions wrote at mod revision 5: T1 "));
  }

  @Test
  void aWriteOfUnknownOutcomeHasThePlaceOfTheOneThatWasSeen() {
    String[] txns = {"0 info w x 1; w y 1", "1 ok w y 2 @7", "2 ok r x 1 @5"};
    assertThat(Txns.registers(txns).dependencies())
        .containsExactly("T0 wr T2 by 0, 0", "T0 ww T1 by 1, 0");
    assertThat(Txns.registers(txns).then("3 ok w u 1 @2; w v 1 @3").dependencies())
        .as("by a system that numbers otherwise")
        .containsExactly("T0 wr T2 by 0, 0");
  }

  @Test
  void whatATransactionReadIsOlderThanWhatItWrote() {
    assertThat(Txns.registers("0 ok r z 3; w x 1 @5", "1 ok w z 3", "2 ok w z 4 @4").dependencies())
        .containsExactly("T1 wr T0 by 0, 0");
  }

  @Test
  void whatIsToldOfAnIntermediateVersionSaysNothing() {
    Txns txns = Txns.registers("0 ok w x 1 @5; w x 2 @6", "1 ok w x 3 @4", "2 ok r x 1 @9");
    assertThat(txns.anomalies()).isEqualTo(Map.of("G1b", 1));
    assertThat(txns.dependencies()).containsExactly("T1 ww T0 by 0, 1");
  }

  @Test
  void whatIsToldOfAValueThatWasWrittenTwiceSaysNothing() {
    assertThat(Txns.registers("0 ok w x 1 @5", "1 ok w x 1 @6", "2 ok r x 1 @6").anomalies())
        .isEmpty();
  }

  @Test
  void whatIsToldOfTheInitialStateSaysNothing() {
    assertThat(Txns.registers("0 ok r x null @5", "1 ok w x 1 @6").dependencies())
        .containsExactly("T0 rw T1 by 0, 0");
  }

  @Test
  void whoWasToldNothingContradictsNobody() {
    assertThat(Txns.registers("0 ok w x 1 @5", "1 ok r x 1", "2 ok r x 1 @5").anomalies())
        .isEmpty();
  }

  @Test
  void bothThatWereToldAreNamed() {
    List<Instance> instances =
        Txns.registers("0 ok w y 9", "1 ok w x 1 @5", "2 ok r x 1 @5", "3 ok r x 1 @6")
            .check(TransactionOptions.standard())
            .instances();
    assertThat(instances)
        .singleElement()
        .satisfies(instance -> assertThat(instance.transactions()).containsExactly(1, 3));
  }

  /** A database may number the writes of each key by themselves. */
  @Test
  void revisionsMayBeOfOneKeyEach() {
    assertThat(
            TransactionScript.registers(
                    ConsistencyModel.STRICT_SERIALIZABLE,
                    "0 ok [w x 1] @1",
                    "0 ok [w x 2] [w y 1] @2,1",
                    "0 ok [w z 1] @1",
                    "0 ok [r x 2] [r y 1] @2,1")
                .verdict()
                .word())
        .isEqualTo("VALID");
  }
}

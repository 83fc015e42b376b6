package dev.faultline.checkers.transactions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checkers.CheckResult;
import dev.faultline.checkers.transactions.models.ConsistencyModel;
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

package dev.faultline.checkers.transactions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checkers.CheckResult;
import dev.faultline.checkers.transactions.models.ConsistencyModel;
import org.junit.jupiter.api.Test;

/** Who reads a value that was written twice may have read either write: nothing follows. */
class RepeatedWritesTest {

  @Test
  void twoReadersOfARepeatedValueLoseNoUpdate() {
    CheckResult result =
        TransactionScript.registers(
            ConsistencyModel.SERIALIZABLE,
            "0 ok [w x 1]",
            "0 ok [r x 1] [w x 2]",
            "0 ok [w x 1]",
            "0 ok [r x 1] [w x 3]");
    assertThat(result.verdict().word()).isEqualTo("UNKNOWN");
    assertThat(result.findings()).isEmpty();
    assertThat(result.summary()).contains("value 1 of key x is written more than once");
  }

  @Test
  void twoReadersOfListsThatEndInARepeatedElementLoseNoUpdate() {
    CheckResult result =
        TransactionScript.lists(
            ConsistencyModel.SERIALIZABLE,
            "0 ok [append x 1]",
            "0 ok [r x [1]] [append x 2]",
            "0 ok [append x 1]",
            "0 ok [r x [1 2 1]] [append x 3]");
    assertThat(result.verdict().word()).isEqualTo("UNKNOWN");
    assertThat(result.findings()).isEmpty();
  }

  @Test
  void twoReadersOfAnUnrepeatedValueLoseAnUpdate() {
    assertThat(
            TransactionScript.registers(
                    ConsistencyModel.SERIALIZABLE,
                    "0 ok [w x 1]",
                    "0 ok [r x 1] [w x 2]",
                    "0 ok [w y 1]",
                    "0 ok [w y 1]",
                    "0 ok [r x 1] [w x 3]")
                .summary())
        .contains("lost-update × 1");
  }
}

package dev.faultline.checkers.transactions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checkers.transactions.models.ConsistencyModel;
import org.junit.jupiter.api.Test;

/** A transaction that reads a key again and sees more depends on who wrote it. */
class LaterReadsTest {

  @Test
  void aSecondReadOfARegisterClosesACycle() {
    assertThat(
            TransactionScript.registers(
                    ConsistencyModel.READ_COMMITTED,
                    "0+ [w x 1] [r y nil] [r y nil]",
                    "1+ [w y 1] [r x nil]",
                    "0 ok [w x 1] [r y nil] [r y 1]",
                    "1 ok [w y 1] [r x 1]")
                .summary())
        .contains("G1c × 1");
  }

  @Test
  void aSecondReadOfAListClosesACycle() {
    assertThat(
            TransactionScript.lists(
                    ConsistencyModel.READ_COMMITTED,
                    "0+ [append x 1] [r y nil] [r y nil]",
                    "1+ [append y 1] [r x nil]",
                    "0 ok [append x 1] [r y []] [r y [1]]",
                    "1 ok [append y 1] [r x [1]]")
                .summary())
        .contains("G1c × 1");
  }
}

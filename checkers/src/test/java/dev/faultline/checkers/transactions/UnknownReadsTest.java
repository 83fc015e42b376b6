package dev.faultline.checkers.transactions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checkers.transactions.models.ConsistencyModel;
import org.junit.jupiter.api.Test;

/** What a transaction of unknown outcome says it read may be of an attempt that was aborted. */
class UnknownReadsTest {

  @Test
  void itsListMayNeverHaveBeen() {
    assertThat(
            TransactionScript.lists(
                    ConsistencyModel.STRICT_SERIALIZABLE,
                    "0+ [append x 1] [r x nil]",
                    "1+ [append x 2]",
                    "0 info [append x 1] [r x [1]]",
                    "1 ok [append x 2]",
                    "1 ok [r x [2]]")
                .verdict()
                .word())
        .isEqualTo("VALID");
  }

  @Test
  void itMayNotHaveMissedWhatItDidNotSee() {
    assertThat(
            TransactionScript.lists(
                    ConsistencyModel.SERIALIZABLE,
                    "0+ [r x nil] [append y 1]",
                    "1+ [append x 1] [r y nil]",
                    "0 info [r x []] [append y 1]",
                    "1 ok [append x 1] [r y []]",
                    "2 ok [r x [1]]")
                .findings())
        .isEmpty();
  }

  @Test
  void itShowsNoElementTwice() {
    assertThat(
            TransactionScript.lists(
                    ConsistencyModel.READ_UNCOMMITTED,
                    "0 ok [append x 1]",
                    "0 info [r x [1 1]]",
                    "1 ok [r x [1]]")
                .verdict()
                .word())
        .isEqualTo("VALID");
  }
}

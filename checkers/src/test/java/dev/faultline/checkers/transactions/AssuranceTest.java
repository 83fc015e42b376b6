package dev.faultline.checkers.transactions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checkers.CheckResult;
import dev.faultline.checkers.transactions.models.Anomaly;
import dev.faultline.checkers.transactions.models.ConsistencyModel;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What was not looked for is not said to be absent. */
class AssuranceTest {

  @ParameterizedTest
  @EnumSource(
      names = {"LINEARIZABLE", "SESSION_SERIALIZABLE", "CAUSAL", "VIEW_SERIALIZABLE", "PRAM"})
  void aModelThatNothingRefutesIsNeverValid(ConsistencyModel model) {
    CheckResult result = TransactionScript.lists(model, "0 ok [append x 1]", "0 ok [r x [9 9 1]]");
    assertThat(result.summary())
        .isEqualTo("this checker knows no anomaly that refutes " + model.word());
  }

  @Test
  void anAnomalyThatIsNeverFoundIsNotAbsent() {
    TransactionOptions options =
        new TransactionOptions(Set.of(), Set.of(Anomaly.G_SI), false, false, false, 8);
    assertThat(
            TransactionScript.check(Workload.APPEND, options, "0 ok [append x 1]", "0 ok [r x [1]]")
                .verdict()
                .word())
        .isEqualTo("UNKNOWN");
  }

  @Test
  void modelsThatForbidFracturedReadsSayThatNoneWereLookedFor() {
    String[] fractured = {"0+ [append x 1] [append y 1]", "1 ok [r x [1]] [r y []]"};
    String note = "fractured reads were not looked for";
    assertThat(
            TransactionScript.lists(ConsistencyModel.PARALLEL_SNAPSHOT_ISOLATION, fractured)
                .summary())
        .endsWith(note);
    CheckResult stronger = TransactionScript.lists(ConsistencyModel.SNAPSHOT_ISOLATION, fractured);
    assertThat(stronger.verdict().word()).isEqualTo("INVALID");
  }
}

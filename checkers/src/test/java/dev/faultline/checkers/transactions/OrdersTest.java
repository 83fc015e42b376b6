package dev.faultline.checkers.transactions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checkers.CheckResult;
import dev.faultline.checkers.transactions.models.Anomaly;
import dev.faultline.checkers.transactions.models.ConsistencyModel;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The order of processes, and that of real time beside it. */
class OrdersTest {

  private static final String[] FORGETS_ITS_OWN = {"0 ok [append x 1]", "0 ok [r x []]"};

  @Test
  void sessionsCountBesideWeakerPromisesOfRealTime() {
    Set<ConsistencyModel> models =
        Set.of(
            ConsistencyModel.STRONG_SESSION_SNAPSHOT_ISOLATION,
            ConsistencyModel.STRONG_READ_UNCOMMITTED);
    CheckResult result =
        TransactionScript.check(Workload.APPEND, options(models, Set.of()), FORGETS_ITS_OWN);
    assertThat(result.verdict().word()).isEqualTo("INVALID");
    assertThat(result.summary()).contains("G-single-item-process × 1");
  }

  @Test
  void anomaliesOfBothOrdersAreLookedForTogether() {
    Set<Anomaly> anomalies = Set.of(Anomaly.G_SINGLE_PROCESS, Anomaly.G0_REALTIME);
    CheckResult result =
        TransactionScript.check(Workload.APPEND, options(Set.of(), anomalies), FORGETS_ITS_OWN);
    assertThat(result.verdict().word()).isEqualTo("INVALID");
  }

  @Test
  void aTransactionOfUnknownOutcomeFollowsTheOneBeforeItInItsProcess() {
    CheckResult result =
        TransactionScript.lists(
            ConsistencyModel.STRONG_SESSION_SERIALIZABLE,
            "0 ok [r y [1]]",
            "0+ [append y 1]",
            "0 info [append y 1]");
    assertThat(result.summary()).contains("G1c-process × 1");
  }

  @Test
  void nothingFollowsATransactionOfUnknownOutcome() {
    CheckResult result =
        TransactionScript.lists(
            ConsistencyModel.STRICT_SERIALIZABLE,
            "0 info [append x 1]",
            "0 ok [r x []]",
            "1 ok [r x [1]]");
    assertThat(result.verdict().word()).isEqualTo("VALID");
  }

  private static TransactionOptions options(Set<ConsistencyModel> models, Set<Anomaly> anomalies) {
    return new TransactionOptions(models, anomalies, false, false, false, 8);
  }
}

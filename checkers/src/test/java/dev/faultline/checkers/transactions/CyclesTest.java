package dev.faultline.checkers.transactions;

import static dev.faultline.checkers.transactions.models.ConsistencyModel.SERIALIZABLE;
import static dev.faultline.checkers.transactions.models.ConsistencyModel.STRICT_SERIALIZABLE;
import static dev.faultline.checkers.transactions.models.ConsistencyModel.STRONG_SESSION_SERIALIZABLE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checkers.Verdict;
import dev.faultline.checkers.transactions.graph.Cycle;
import dev.faultline.checkers.transactions.models.Anomaly;
import dev.faultline.checkers.transactions.models.ConsistencyModel;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The cycles that have a name, each in its smallest form. */
class CyclesTest {

  private static final Txns DIRTY_WRITE =
      Txns.lists(
          "0 ok append x 1; append y 1",
          "1 ok append x 2; append y 2",
          "2 ok r x [1,2]; r y [2,1]");
  private static final Txns CIRCULAR_FLOW =
      Txns.lists("0 ok append x 1; r y [1]", "1 ok append y 1; r x [1]");
  private static final Txns READ_SKEW =
      Txns.lists("0 ok append x 1; append y 1", "1 ok r x [1]; r y []", "2 ok r y [1]");
  private static final Txns WRITE_SKEW =
      Txns.lists("0 ok r y []; append x 1", "1 ok r x []; append y 1", "2 ok r x [1]; r y [1]");
  private static final Txns LONG_FORK =
      Txns.lists(
          "0 ok append x 1", "1 ok append y 1", "2 ok r x [1]; r y []", "3 ok r x []; r y [1]");

  @Test
  void eachHasItsName() {
    assertThat(DIRTY_WRITE.anomalies()).isEqualTo(Map.of("G0", 1));
    assertThat(CIRCULAR_FLOW.anomalies()).isEqualTo(Map.of("G1c", 1));
    assertThat(READ_SKEW.anomalies()).isEqualTo(Map.of("G-single-item", 1));
    assertThat(WRITE_SKEW.anomalies()).isEqualTo(Map.of("G2-item", 1));
    assertThat(LONG_FORK.anomalies()).isEqualTo(Map.of("G-nonadjacent-item", 1));
  }

  @Test
  void eachIsShownEdgeByEdge() {
    assertThat(shown(DIRTY_WRITE, Anomaly.G0)).containsExactly("G0: 0 -ww-> 1 -ww-> 0");
    assertThat(shown(CIRCULAR_FLOW, Anomaly.G1C)).containsExactly("G1c: 0 -wr-> 1 -wr-> 0");
    assertThat(shown(READ_SKEW, Anomaly.G_SINGLE_ITEM))
        .containsExactly("G-single-item: 1 -rw-> 0 -wr-> 1");
    assertThat(shown(WRITE_SKEW, Anomaly.G2_ITEM)).containsExactly("G2-item: 0 -rw-> 1 -rw-> 0");
    assertThat(shown(LONG_FORK, Anomaly.G_NONADJACENT_ITEM))
        .containsExactly("G-nonadjacent-item: 2 -rw-> 1 -wr-> 3 -rw-> 0 -wr-> 2");
  }

  @Test
  void eachRulesOutWhatForbidsIt() {
    assertRuledOut(DIRTY_WRITE, ConsistencyModel.READ_UNCOMMITTED);
    assertAllowed(CIRCULAR_FLOW, ConsistencyModel.READ_UNCOMMITTED);
    assertRuledOut(CIRCULAR_FLOW, ConsistencyModel.READ_COMMITTED);
    assertAllowed(READ_SKEW, ConsistencyModel.READ_COMMITTED);
    assertRuledOut(READ_SKEW, ConsistencyModel.SNAPSHOT_ISOLATION);
    assertAllowed(WRITE_SKEW, ConsistencyModel.SNAPSHOT_ISOLATION);
    assertRuledOut(LONG_FORK, ConsistencyModel.SNAPSHOT_ISOLATION);
    assertRuledOut(WRITE_SKEW, SERIALIZABLE);
  }

  @Test
  void aStaleReadIsOneOfRealTime() {
    Txns stale = Txns.lists("0 ok append x 1").then("1 ok r x []");
    assertThat(stale.anomalies(SERIALIZABLE)).isEmpty();
    assertThat(stale.anomalies(STRONG_SESSION_SERIALIZABLE)).isEmpty();
    assertThat(stale.anomalies(STRICT_SERIALIZABLE)).isEqualTo(Map.of("G-single-item-realtime", 1));
    assertThat(shown(stale, Anomaly.G_SINGLE_ITEM_REALTIME, STRICT_SERIALIZABLE))
        .containsExactly("G-single-item-realtime: 1 -rw-> 0 -realtime-> 1");
  }

  @Test
  void thatOfOneProcessIsOneOfItsSession() {
    Txns stale = Txns.lists("0 ok append x 1").then("0 ok r x []");
    assertThat(stale.anomalies(SERIALIZABLE)).isEmpty();
    assertThat(stale.anomalies(STRONG_SESSION_SERIALIZABLE))
        .isEqualTo(Map.of("G-single-item-process", 1));
    Txns infos = Txns.lists("0 info append x 1").then("0 ok r x []").then("1 ok r x [1]");
    assertThat(infos.anomalies(STRONG_SESSION_SERIALIZABLE))
        .as("what may not yet have happened is before nothing")
        .isEmpty();
    assertThat(infos.anomalies(STRICT_SERIALIZABLE)).isEmpty();
  }

  @Test
  void writesAndReadsAgainstTheOrderOfProcessesOrOfRealTime() {
    Txns writes = Txns.lists("0 ok append x 2").then("0 ok append x 1").then("1 ok r x [1,2]");
    assertThat(writes.anomalies(STRONG_SESSION_SERIALIZABLE)).isEqualTo(Map.of("G0-process", 1));
    assertThat(writes.anomalies(STRICT_SERIALIZABLE)).isEqualTo(Map.of("G0-realtime", 1));
    Txns reads = Txns.lists("0 ok r x [1]").then("0 ok append x 1");
    assertThat(reads.anomalies(STRONG_SESSION_SERIALIZABLE)).isEqualTo(Map.of("G1c-process", 1));
    assertThat(reads.anomalies(STRICT_SERIALIZABLE)).isEqualTo(Map.of("G1c-realtime", 1));
  }

  @Test
  void twoAntiDependenciesAgainstTheOrderOfProcessesOrOfRealTime() {
    // Both miss what the other's predecessor wrote.
    Txns fork =
        Txns.lists("0 ok append x 1", "1 ok append y 1")
            .together("0 ok r y []", "1 ok r x []")
            .then("2 ok r x [1]; r y [1]");
    assertThat(fork.anomalies(STRONG_SESSION_SERIALIZABLE))
        .isEqualTo(Map.of("G-nonadjacent-item-process", 1));
    Txns skew =
        Txns.lists("0 ok r z []; append x 1", "1 ok r x []; append y 1")
            .together("2 ok r y []; r x []", "1 ok append z 1");
    assertThat(skew.anomalies(SERIALIZABLE)).isEmpty();
  }

  @Test
  void whatFailedOrNeverCameDependsOnNothingInTime() {
    Txns txns = Txns.lists("0 fail append x 1").then("1 ok r x []").then("2 ok append x 2");
    assertThat(txns.anomalies(STRICT_SERIALIZABLE)).isEmpty();
  }

  @Test
  void componentsAreCountedAndTheFirstOfThemShown() {
    Txns txns =
        Txns.lists(
            "0 ok append x 1; r y [1]", "1 ok append y 1; r x [1]",
            "2 ok append u 1; r v [1]", "3 ok append v 1; r u [1]");
    TransactionOptions one =
        new TransactionOptions(Set.of(SERIALIZABLE), Set.of(), false, false, false, 1);
    assertThat(txns.anomalies(one)).isEqualTo(Map.of("G1c", 2));
    assertThat(txns.check(one).cycles(Anomaly.G1C)).hasSize(1);
    assertThat(txns.check(one).components()).isEqualTo(2);
    assertThat(shown(txns, Anomaly.G1C)).hasSize(2);
  }

  @Test
  void theOrderOfAProcessIsNoDependencyWhereNobodyAskedForIt() {
    Txns txns = Txns.lists("0 ok append x 1").then("0 ok append y 1");
    assertThat(txns.check(TransactionOptions.of(SERIALIZABLE)).graph().edges()).isZero();
    assertThat(txns.check(TransactionOptions.of(STRONG_SESSION_SERIALIZABLE)).graph().edges())
        .isEqualTo(1);
  }

  @Test
  void whereNothingDependsOnAnythingNothingWasTested() {
    Txns txns = Txns.lists("0 ok append x 1", "1 ok append y 1");
    assertThat(txns.check(TransactionOptions.of(SERIALIZABLE)).verdict())
        .isEqualTo(
            Verdict.unknown("no transaction depends on another, so that nothing was tested"));
  }

  private static List<String> shown(Txns txns, Anomaly anomaly) {
    return shown(txns, anomaly, SERIALIZABLE);
  }

  private static List<String> shown(Txns txns, Anomaly anomaly, ConsistencyModel model) {
    return txns.check(TransactionOptions.of(model)).cycles(anomaly).stream()
        .map(Cycle::toString)
        .toList();
  }

  private static void assertRuledOut(Txns txns, ConsistencyModel model) {
    assertThat(txns.check(TransactionOptions.of(model)).verdict().word()).isEqualTo("INVALID");
  }

  private static void assertAllowed(Txns txns, ConsistencyModel model) {
    assertThat(txns.check(TransactionOptions.of(model)).verdict().word()).isEqualTo("VALID");
  }
}

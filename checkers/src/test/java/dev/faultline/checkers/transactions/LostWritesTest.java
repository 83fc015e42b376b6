package dev.faultline.checkers.transactions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checkers.transactions.graph.Deadline;
import dev.faultline.checkers.transactions.models.Anomaly;
import dev.faultline.checkers.transactions.models.ConsistencyModel;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A database that loses every write is what a user sees of one badly broken: each of many reads
 * misses each of many writes.
 */
class LostWritesTest {

  private static final int WRITES = 20_000;

  /** Four hundred million anti-dependencies, of which the first two tell enough. */
  @ParameterizedTest
  @EnumSource(Workload.class)
  void oneCycleOfTwoSaysItAll(Workload workload) {
    Transactions transactions = new Transactions(workload);
    for (int i = 0; i < WRITES; i++) {
      int key = transactions.versions().key("x");
      transactions.begin(0, 4 * i, 4 * i + 1, Outcome.OK);
      transactions.addWrite(key, Values.code(i));
      transactions.begin(1, 4 * i + 2, 4 * i + 3, Outcome.OK);
      transactions.lists().begin(key);
      transactions.addRead(
          key, workload == Workload.WR ? Transactions.NIL : transactions.lists().end(), 0);
    }
    Analysis analysis =
        new Analysis(
            transactions,
            TransactionOptions.of(ConsistencyModel.STRICT_SERIALIZABLE),
            new Deadline(Long.MAX_VALUE / 2));
    assertThat(analysis.broken()).containsExactly(Anomaly.G_SINGLE_ITEM_REALTIME);
    assertThat(analysis.cycles(Anomaly.G_SINGLE_ITEM_REALTIME))
        .singleElement()
        .satisfies(cycle -> assertThat(cycle.length()).isEqualTo(2));
    assertThat(analysis.graph().edges()).isEqualTo((long) WRITES * WRITES);
    assertThat(new TransactionReport(analysis, TransactionOptions.standard()).result("t", 0))
        .satisfies(result ->
            assertThat(result.findings().getFirst().lines())
                .anyMatch(line -> line.contains("did not see that T2")));
  }
}

package dev.faultline.checkers.transactions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checkers.transactions.graph.Cycle;
import dev.faultline.checkers.transactions.graph.Deadline;
import dev.faultline.checkers.transactions.models.Anomaly;
import dev.faultline.checkers.transactions.models.ConsistencyModel;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is said of each kind of edge. */
class CycleStoryTest {

  @Test
  void oneWroteAfterTheOther() {
    assertThat(
            proof(
                Txns.lists("0 ok append x 1; append y 2", "1 ok append x 2; append y 1")
                    .then("2 ok r x [1,2]; r y [1,2]"),
                Anomaly.G0))
        .containsExactly(
            "T1 < T2, because T2 appended 2 to x after T1 appended 1 to x",
            "however, T2 < T1, because T1 appended 2 to y after T2 appended 1 to y: a"
                + " contradiction!");
    assertThat(
            proof(Txns.registers("0 ok w x 1 @1; w y 2 @2", "1 ok w x 2 @2; w y 1 @1"), Anomaly.G0))
        .containsExactly(
            "T1 < T2, because T2 wrote 2 to x after T1 wrote 1 to x (mod revision 1 < 2)",
            "however, T2 < T1, because T1 wrote 2 to y after T2 wrote 1 to y (mod revision 1 < 2): a"
                + " contradiction!");
  }

  @Test
  void oneSawWhatTheOtherWrote() {
    assertThat(
            proof(Txns.lists("0 ok append x 1; r y [1]", "1 ok append y 1; r x [1]"), Anomaly.G1C))
        .containsExactly(
            "T1 < T2, because T2 saw that T1 appended 1 to x",
            "however, T2 < T1, because T1 saw that T2 appended 1 to y: a contradiction!");
  }

  @Test
  void oneDidNotSeeWhatTheOtherWrote() {
    assertThat(
            proof(
                Txns.lists("0 ok append x 1; append y 1")
                    .then("1 ok append x 2; append y 2")
                    .then("2 ok r x [1]; r y [1,2]")
                    .then("3 ok r x [1,2]"),
                Anomaly.G_SINGLE_ITEM))
        .contains(
            "T1 < T2, because T1 read x as 1 left it, and did not see that T2 appended 2 to x");
  }

  @Test
  void aProcessDidOneAfterTheOther() {
    assertThat(
            proof(
                Txns.lists("7 ok append x 1").then("7 ok r x []"),
                Anomaly.G_SINGLE_ITEM_PROCESS,
                ConsistencyModel.STRONG_SESSION_SERIALIZABLE))
        .containsExactly(
            "T1 < T2, because T1 read the initial state of x, and did not see that T2 appended 1"
                + " to x",
            "however, T2 < T1, because process 7 executed T2 before T1: a contradiction!");
  }

  @Test
  void oneWasDoneBeforeTheOtherBegan() {
    Transactions transactions = Txns.lists("0 ok append x 1").then("1 ok r x []").transactions();
    assertThat(ofRealTime(transactions))
        .as("without times")
        .contains(
            "however, T2 < T1, because T2 completed at #1, before T1 was invoked at #2: a"
                + " contradiction!");
  }

  @Test
  void theSpanBetweenThemIsToldWhereItIsKnown() {
    Transactions transactions = new Transactions(Workload.WR);
    int x = transactions.versions().key("x");
    transactions.begin(0, 0, 1, Outcome.OK);
    transactions.times(1_000_000, 5_000_000);
    transactions.addWrite(x, Values.code(1));
    transactions.begin(1, 2, 3, Outcome.OK);
    transactions.times(25_000_000, 30_000_000);
    transactions.addRead(x, Transactions.NIL, 0);
    assertThat(ofRealTime(transactions))
        .contains(
            "however, T2 < T1, because T2 completed at #1, 20 ms before T1 was invoked at #2: a"
                + " contradiction!");
  }

  private static List<String> ofRealTime(Transactions transactions) {
    return proof(
        transactions, Anomaly.G_SINGLE_ITEM_REALTIME, ConsistencyModel.STRICT_SERIALIZABLE);
  }

  private static List<String> proof(Txns txns, Anomaly anomaly) {
    return proof(txns, anomaly, ConsistencyModel.SERIALIZABLE);
  }

  private static List<String> proof(Txns txns, Anomaly anomaly, ConsistencyModel model) {
    return proof(txns.transactions(), anomaly, model);
  }

  private static List<String> proof(
      Transactions transactions, Anomaly anomaly, ConsistencyModel model) {
    Analysis analysis =
        new Analysis(transactions, TransactionOptions.of(model), new Deadline(Long.MAX_VALUE / 2));
    List<Cycle> cycles = analysis.cycles(anomaly);
    assertThat(cycles).as(analysis.counts().toString()).hasSize(1);
    return new CycleStory(transactions, analysis.dependencies(), cycles).proof(cycles.getFirst());
  }
}

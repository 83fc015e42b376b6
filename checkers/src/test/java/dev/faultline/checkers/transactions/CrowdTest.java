package dev.faultline.checkers.transactions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checkers.transactions.graph.Deadline;
import dev.faultline.checkers.transactions.models.Anomaly;
import dev.faultline.checkers.transactions.models.ConsistencyModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Many writes that nobody read, and many reads of what was before them. */
class CrowdTest {

  /** Each read comes before each write: more pairs than fit into memory. */
  @ParameterizedTest
  @EnumSource(Workload.class)
  void manyReadsBeforeManyUnreadWritesAreNoBurden(Workload workload) {
    int each = 40_000;
    Transactions transactions = new Transactions(workload);
    int key = transactions.versions().key("x");
    for (int i = 0; i < each; i++) {
      transactions.begin(i, i, 2 * each + i, Outcome.OK);
      readNothing(transactions, key);
    }
    for (int i = 0; i < each; i++) {
      transactions.begin(each + i, each + i, 3 * each + i, Outcome.OK);
      transactions.addWrite(key, Values.code(i));
    }
    Analysis analysis = analyse(transactions);
    assertThat(analysis.verdict().word()).isEqualTo("VALID");
    assertThat(analysis.graph().edges()).isEqualTo((long) each * each);
  }

  /** However many unread writes there are, a cycle through one of them is the same. */
  @ParameterizedTest
  @CsvSource({"APPEND, 1", "APPEND, 15", "APPEND, 16", "APPEND, 100", "WR, 1", "WR, 100"})
  void findsTheStaleReadAmongManyWrites(Workload workload, int writes) {
    Transactions transactions = new Transactions(workload);
    int key = transactions.versions().key("x");
    for (int i = 0; i < writes; i++) {
      transactions.begin(i, i, writes + i, Outcome.OK);
      transactions.addWrite(key, Values.code(i));
    }
    transactions.begin(writes, 2 * writes, 2 * writes + 1, Outcome.OK);
    readNothing(transactions, key);
    Analysis analysis = analyse(transactions);
    assertThat(analysis.counts()).containsOnlyKeys(Anomaly.G_SINGLE_ITEM_REALTIME);
    assertThat(analysis.cycles(Anomaly.G_SINGLE_ITEM_REALTIME))
        .singleElement()
        .satisfies(cycle -> {
          assertThat(cycle.length()).isEqualTo(2);
          assertThat(CycleProof.isOf(cycle.anomaly(), cycle)).isTrue();
        });
  }

  /** One that reads the state before and writes is no cycle with itself. */
  @ParameterizedTest
  @CsvSource({"APPEND, 1, 0", "APPEND, 40, 1", "WR, 40, 1"})
  void readingAndWritingIsACycleOnlyWithOthers(Workload workload, int writes, int lost) {
    Transactions transactions = new Transactions(workload);
    int key = transactions.versions().key("x");
    for (int i = 0; i < writes; i++) {
      transactions.begin(i, i, writes + i, Outcome.OK);
      if (i < 2) {
        readNothing(transactions, key);
      }
      transactions.addWrite(key, Values.code(i));
    }
    Analysis analysis = analyse(transactions);
    assertThat(analysis.components()).isEqualTo(lost);
    assertThat(analysis.counts().containsKey(Anomaly.G2_ITEM)).isEqualTo(lost == 1);
    assertThat(analysis.counts().getOrDefault(Anomaly.LOST_UPDATE, 0)).isEqualTo(lost);
  }

  @Test
  void aCrowdIsOneWhereThereAreFewerReadsAndWritesThanPairs() {
    assertThat(new Crowd(new int[2], new int[2], new int[2], new int[2]).isMany()).isTrue();
    assertThat(new Crowd(new int[1], new int[1], new int[9], new int[9]).isMany()).isFalse();
    assertThat(new Crowd(new int[9], new int[9], new int[1], new int[1]).isMany()).isFalse();
  }

  @Test
  void ofSomeTheirOwnReadsAndWritesAreLeft() {
    Crowd crowd =
        new Crowd(new int[] {1, 2}, new int[] {11, 12}, new int[] {3, 4}, new int[] {13, 14});
    Crowd left = crowd.of(reader -> reader == 2, writer -> writer == 3);
    assertThat(left.readers()).containsExactly(2);
    assertThat(left.reads()).containsExactly(12);
    assertThat(left.writers()).containsExactly(3);
    assertThat(left.writes()).containsExactly(13);
  }

  private static void readNothing(Transactions transactions, int key) {
    if (transactions.workload() == Workload.WR) {
      transactions.addRead(key, Transactions.NIL, 0);
      return;
    }
    transactions.lists().begin(key);
    transactions.addRead(key, transactions.lists().end(), 0);
  }

  private static Analysis analyse(Transactions transactions) {
    return new Analysis(
        transactions,
        TransactionOptions.of(ConsistencyModel.STRICT_SERIALIZABLE),
        new Deadline(Long.MAX_VALUE / 2));
  }
}

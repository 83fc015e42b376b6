package dev.faultline.checkers.transactions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checkers.Verdict;
import dev.faultline.checkers.transactions.graph.Deadline;
import dev.faultline.checkers.transactions.models.ConsistencyModel;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whenever the time is up, the answer is that nobody knows, unless it has been found already. */
class OutOfTimeTest {

  private static final int TRANSACTIONS = 1_500;

  private static final TransactionOptions OPTIONS =
      new TransactionOptions(
          Set.of(ConsistencyModel.STRICT_SERIALIZABLE), Set.of(), true, true, true, 8);

  @ParameterizedTest
  @EnumSource(Workload.class)
  void nobodyKnowsWhatWasNotLookedAt(Workload workload) {
    Transactions transactions = inTurn(workload).transactions();
    int looks = looks(transactions, Integer.MAX_VALUE, "VALID");
    assertThat(looks).as("looks at the clock").isGreaterThan(8);
    for (int last = 1; last < looks; last++) {
      int asked = looks(transactions, last, "UNKNOWN");
      assertThat(asked).as("nobody goes on after look " + last).isLessThanOrEqualTo(last + 2);
    }
  }

  @ParameterizedTest
  @EnumSource(Workload.class)
  void whatNeedsNoSearchIsFoundAllTheSame(Workload workload) {
    Txns txns = inTurn(workload);
    txns.then("1 fail " + workload.write() + " z 1")
        .then("1 ok r z " + (workload == Workload.WR ? "1" : "[1]"));
    looks(txns.transactions(), 1, "INVALID");
  }

  /** Checks under a clock that stops at a look; returns how often it was looked at. */
  private static int looks(Transactions transactions, int last, String expected) {
    AtomicInteger looks = new AtomicInteger();
    Deadline deadline =
        new Deadline(0, () -> looks.incrementAndGet() >= last ? 1_000_000 : -1_000_000);
    Verdict verdict = new Analysis(transactions, OPTIONS, deadline).verdict();
    assertThat(verdict.word()).as("stopped at look " + last).isEqualTo(expected);
    if (verdict instanceof Verdict.Unknown(String reason)) {
      assertThat(reason).contains("out of time");
    }
    return looks.get();
  }

  /** Transactions that read what the one before them wrote, one after the other. */
  private static Txns inTurn(Workload workload) {
    Txns txns = new Txns(workload);
    for (int i = 1; i <= TRANSACTIONS; i++) {
      String key = "k" + i / 10;
      String read =
          i % 10 == 0
              ? "null"
              : workload == Workload.APPEND ? read(i) : i == 1 ? "null" : "" + (i - 1);
      txns.then("0 ok r %s %s; %s %s %d".formatted(key, read, workload.write(), key, i));
    }
    return txns;
  }

  private static String read(int i) {
    StringBuilder list = new StringBuilder("[");
    for (int element = Math.max(1, i - i % 10); element < i; element++) {
      list.append(list.length() == 1 ? "" : ",").append(element);
    }
    return list.append(']').toString();
  }
}

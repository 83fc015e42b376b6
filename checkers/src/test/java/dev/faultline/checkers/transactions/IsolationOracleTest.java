package dev.faultline.checkers.transactions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checkers.Verdict;
import dev.faultline.checkers.transactions.BruteForceIsolation.Order;
import dev.faultline.checkers.transactions.SimulatedDatabase.Isolation;
import dev.faultline.checkers.transactions.SimulatedDatabase.Op;
import dev.faultline.checkers.transactions.SimulatedDatabase.Txn;
import dev.faultline.checkers.transactions.graph.Deadline;
import dev.faultline.checkers.transactions.models.ConsistencyModel;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Holds verdicts against what trying every order says. INVALID must mean that there is no order;
 * where every version's place is known, no order must mean INVALID.
 *
 * <p>{@code -Dfaultline.oracle.histories=50000} tries more of each workload than a normal build.
 */
class IsolationOracleTest {

  private static final int HISTORIES = Integer.getInteger("faultline.oracle.histories", 1500);
  private static final int MOST_TRANSACTIONS = 4;
  private static final long FIRST_SEED = 20_251_123L;

  private record Promise(boolean snapshots, Order order) {}

  private static final Map<ConsistencyModel, Promise> MODELS =
      new EnumMap<>(
          Map.of(
              ConsistencyModel.SNAPSHOT_ISOLATION, new Promise(true, Order.NONE),
              ConsistencyModel.STRONG_SESSION_SNAPSHOT_ISOLATION, new Promise(true, Order.SESSION),
              ConsistencyModel.STRONG_SNAPSHOT_ISOLATION, new Promise(true, Order.REAL_TIME),
              ConsistencyModel.SERIALIZABLE, new Promise(false, Order.NONE),
              ConsistencyModel.STRONG_SESSION_SERIALIZABLE, new Promise(false, Order.SESSION),
              ConsistencyModel.STRICT_SERIALIZABLE, new Promise(false, Order.REAL_TIME)));

  @ParameterizedTest
  @EnumSource(Workload.class)
  void verdictsAreThoseOfTryingEveryOrder(Workload workload) {
    int invalid = 0;
    int complete = 0;
    Isolation[] isolations = Isolation.values();
    for (int i = 0; i < HISTORIES; i++) {
      long seed = FIRST_SEED + i;
      Isolation isolation = isolations[i % isolations.length];
      SimulatedDatabase database = new SimulatedDatabase(new Random(seed), isolation, workload);
      List<Txn> all = database.run(MOST_TRANSACTIONS);
      boolean known = isOrderKnown(workload, all);
      for (Map.Entry<ConsistencyModel, Promise> each : MODELS.entrySet()) {
        boolean possible =
            new BruteForceIsolation(
                    database, workload, all, each.getValue().snapshots(), each.getValue().order())
                .isPossible();
        boolean refuted =
            verdict(database.transactions(all), each.getKey()) instanceof Verdict.Invalid;
        String what = workload + " " + isolation + " seed " + seed + " " + each.getKey().word();
        if (refuted) {
          assertThat(possible).as("false alarm: " + what).isFalse();
          invalid++;
        } else if (known) {
          assertThat(possible).as("missed: " + what).isTrue();
          complete++;
        }
      }
    }
    // Both kinds must be there, or nothing was tested.
    assertThat(invalid).isGreaterThan(HISTORIES / 4);
    assertThat(complete).isGreaterThan(HISTORIES / 4);
  }

  private static Verdict verdict(Transactions transactions, ConsistencyModel model) {
    return new Analysis(
            transactions, TransactionOptions.of(model), new Deadline(Long.MAX_VALUE / 2))
        .verdict();
  }

  /** Tells whether nothing that committed is without its place among the versions. */
  private static boolean isOrderKnown(Workload workload, List<Txn> all) {
    Set<Integer> seen = new HashSet<>();
    for (Txn txn : all) {
      if (txn.outcome == Outcome.OK) {
        txn.ops.forEach(op -> op.seen.forEach(value -> seen.add(op.key * 1000 + value)));
      }
    }
    if (workload == Workload.WR) {
      return all.stream()
          .noneMatch(
              txn -> txn.outcome == Outcome.OK ? isRevisionUnknown(txn) : isPartlyRead(txn, all));
    }
    return all.stream()
        .filter(txn -> txn.outcome == Outcome.OK)
        .flatMap(txn -> txn.ops.stream())
        .allMatch(op -> !op.write || seen.contains(op.key * 1000 + op.value));
  }

  /**
   * Tells whether of a transaction of unknown outcome some writes told their revisions, not all.
   */
  private static boolean isPartlyRead(Txn txn, List<Txn> all) {
    Set<Integer> read = new HashSet<>();
    for (Txn other : all) {
      if (other.outcome == Outcome.OK) {
        for (Op op : other.ops) {
          if (!op.write && !op.seen.isEmpty()) {
            read.add(op.key * 1000 + op.seen.getLast());
          }
        }
      }
    }
    long writes = txn.ops.stream().filter(op -> op.write).count();
    long told =
        txn.ops.stream().filter(op -> op.write && read.contains(op.key * 1000 + op.value)).count();
    return txn.outcome == Outcome.INFO && told > 0 && told < writes;
  }

  private static boolean isRevisionUnknown(Txn txn) {
    return txn.ops.stream().anyMatch((Op op) -> op.write && op.revision == 0);
  }
}

package dev.faultline.checkers.transactions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checkers.transactions.SimulatedDatabase.Isolation;
import dev.faultline.checkers.transactions.SimulatedDatabase.Op;
import dev.faultline.checkers.transactions.SimulatedDatabase.Txn;
import dev.faultline.checkers.transactions.graph.Deadline;
import dev.faultline.checkers.transactions.models.Anomaly;
import dev.faultline.checkers.transactions.models.ConsistencyModel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Changes of a history that change nothing of what it proves. */
class MetamorphicTest {

  private static final int HISTORIES = 300;

  /** What a history proves: anomalies with their numbers, and the verdict. */
  private record Proof(String verdict, Map<Anomaly, Integer> counts) {}

  @ParameterizedTest
  @EnumSource(Workload.class)
  void renamingKeysValuesAndProcessesProvesTheSame(Workload workload) {
    for (int seed = 0; seed < HISTORIES; seed++) {
      SimulatedDatabase database = database(seed, workload);
      List<Txn> all = database.run(8);
      List<Txn> renamed =
          rewrite(all, key -> 900 - key, value -> 7 * value + 3, process -> 1000 - process);
      assertThat(proof(transactions(renamed, workload)))
          .as("seed " + seed)
          .isEqualTo(proof(transactions(all, workload)));
    }
  }

  @ParameterizedTest
  @EnumSource(Workload.class)
  void eventsOfOthersInBetweenProveTheSame(Workload workload) {
    for (int seed = 0; seed < HISTORIES; seed++) {
      SimulatedDatabase database = database(seed, workload);
      List<Txn> all = database.run(8);
      Proof before = proof(transactions(all, workload));
      for (Txn txn : all) {
        txn.invocation = 3 * txn.invocation + 2;
        txn.completion =
            txn.completion == Transactions.NEVER ? Transactions.NEVER : 3 * txn.completion + 2;
      }
      assertThat(proof(transactions(all, workload))).as("seed " + seed).isEqualTo(before);
    }
  }

  @ParameterizedTest
  @EnumSource(Workload.class)
  void theOrderOfNeighbouringCompletionsProvesTheSame(Workload workload) {
    for (int seed = 0; seed < HISTORIES; seed++) {
      SimulatedDatabase database = database(seed, workload);
      List<Txn> all = database.run(8);
      Proof before = proof(transactions(all, workload));
      swapNeighbouringCompletions(all);
      Proof after = proof(transactions(all, workload));
      assertThat(after.verdict()).as("seed " + seed).isEqualTo(before.verdict());
      assertThat(after.counts().keySet()).as("seed " + seed).isEqualTo(before.counts().keySet());
    }
  }

  /** Every cycle shown must be what it is called, edge by edge. */
  @ParameterizedTest
  @EnumSource(
      value = ConsistencyModel.class,
      names = {"STRICT_SERIALIZABLE", "STRONG_SESSION_SERIALIZABLE"})
  void cyclesAreWhatTheyAreCalled(ConsistencyModel model) {
    int cycles = 0;
    for (int seed = 0; seed < HISTORIES; seed++) {
      SimulatedDatabase database = database(seed, Workload.APPEND);
      Analysis analysis = analyse(transactions(database.run(8), Workload.APPEND), model);
      for (Anomaly anomaly : analysis.counts().keySet()) {
        for (var cycle : analysis.cycles(anomaly)) {
          assertThat(CycleProof.isOf(anomaly, cycle)).as(cycle.toString()).isTrue();
          cycles++;
        }
      }
    }
    assertThat(cycles).isGreaterThan(HISTORIES / 10);
  }

  private static SimulatedDatabase database(int seed, Workload workload) {
    Isolation[] isolations = Isolation.values();
    return new SimulatedDatabase(new Random(seed), isolations[seed % isolations.length], workload);
  }

  /** Registers are checked by values alone here: revisions are numbered by the database. */
  private static Transactions transactions(List<Txn> all, Workload workload) {
    return new SimulatedDatabase(new Random(0), Isolation.STRICT, workload).transactions(all);
  }

  private static void swapNeighbouringCompletions(List<Txn> all) {
    List<Txn> ended = new ArrayList<>(all);
    ended.removeIf(txn -> txn.completion == Transactions.NEVER);
    ended.sort(Comparator.comparingInt(txn -> txn.completion));
    for (int i = 1; i < ended.size(); i++) {
      Txn first = ended.get(i - 1);
      Txn second = ended.get(i);
      if (second.completion == first.completion + 1) {
        first.completion++;
        second.completion--;
        i++;
      }
    }
  }

  private static List<Txn> rewrite(
      List<Txn> all, IntUnaryOperator keys, IntUnaryOperator values, IntUnaryOperator processes) {
    List<Txn> rewritten = new ArrayList<>();
    for (Txn txn : all) {
      List<Op> ops = new ArrayList<>();
      for (Op op : txn.ops) {
        Op other = new Op(op.write, keys.applyAsInt(op.key), values.applyAsInt(op.value));
        other.seen = op.seen.stream().map(values::applyAsInt).toList();
        other.revision = op.revision;
        ops.add(other);
      }
      Txn other = new Txn(processes.applyAsInt(txn.process), ops);
      other.invocation = txn.invocation;
      other.completion = txn.completion;
      other.outcome = txn.outcome;
      rewritten.add(other);
    }
    return rewritten;
  }

  private static Proof proof(Transactions transactions) {
    Analysis analysis = analyse(transactions, ConsistencyModel.STRICT_SERIALIZABLE);
    return new Proof(analysis.verdict().word(), analysis.counts());
  }

  private static Analysis analyse(Transactions transactions, ConsistencyModel model) {
    return new Analysis(
        transactions, TransactionOptions.of(model), new Deadline(Long.MAX_VALUE / 2));
  }
}

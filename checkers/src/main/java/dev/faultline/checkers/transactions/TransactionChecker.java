package dev.faultline.checkers.transactions;

import dev.faultline.checkers.Budget;
import dev.faultline.checkers.CheckResult;
import dev.faultline.checkers.Checker;
import dev.faultline.checkers.Recording;
import dev.faultline.checkers.history.HistoryFormatException;
import dev.faultline.checkers.transactions.graph.Deadline;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Proves or refutes that the transactions of a history keep a consistency model, strict
 * serializability unless told otherwise.
 *
 * <p>See the package's essay for the algorithm. Memory grows linearly with the history; the budget
 * of time is for the search of witnesses, which all but never needs it.
 */
public final class TransactionChecker implements Checker {

  /** The name by which users choose this checker. */
  public static final String NAME = "transactions";

  private final Workload workload;
  private final TransactionOptions options;

  /** Creates a checker of {@code workload} for what {@code options} say. */
  public TransactionChecker(Workload workload, TransactionOptions options) {
    this.workload = workload;
    this.options = options;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public CheckResult check(Recording recording, Budget budget) {
    long startNanos = System.nanoTime();
    Transactions transactions = TransactionReader.read(recording.history(), workload);
    return report(analyse(transactions, startNanos, budget), startNanos);
  }

  /**
   * Checks the history in {@code file} without building it in memory, several times as fast.
   *
   * @throws HistoryFormatException if its content is not a history
   * @throws IOException if it cannot be read
   */
  public CheckResult check(Path file, Budget budget) throws IOException {
    long startNanos = System.nanoTime();
    Transactions transactions = TransactionFile.read(file, workload);
    Analysis analysis = analyse(transactions, startNanos, budget);
    ProblemColumns.locate(file, transactions.problems());
    return report(analysis, startNanos);
  }

  private Analysis analyse(Transactions transactions, long startNanos, Budget budget) {
    Deadline deadline = new Deadline(startNanos + budget.time().toNanos());
    return new Analysis(transactions, options, deadline);
  }

  private CheckResult report(Analysis analysis, long startNanos) {
    return new TransactionReport(analysis, options).result(NAME, startNanos);
  }
}

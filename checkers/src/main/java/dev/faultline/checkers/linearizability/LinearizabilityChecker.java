package dev.faultline.checkers.linearizability;

import dev.faultline.checkers.Budget;
import dev.faultline.checkers.CheckResult;
import dev.faultline.checkers.Checker;
import dev.faultline.checkers.Recording;
import dev.faultline.checkers.Verdict;

/**
 * Proves or refutes that a history is linearizable with respect to a {@link Model}.
 *
 * <p>Keys are independent and checked one after the other, small ones first, each with an equal
 * share of what is left of the time. One violation is enough for INVALID, but every key is looked
 * at, so that the findings say how far the damage goes. See the package's essay for the algorithm.
 */
public final class LinearizabilityChecker implements Checker {

  private final Model<?> model;

  /** Creates a checker against {@code model}. */
  public LinearizabilityChecker(Model<?> model) {
    this.model = model;
  }

  @Override
  public String name() {
    return "linearizable";
  }

  @Override
  public CheckResult check(Recording recording, Budget budget) {
    long startNanos = System.nanoTime();
    Report report = new Report(name(), model, startNanos);
    KeyByKey keys = new KeyByKey(recording.history(), model, budget, startNanos, report);
    if (keys.clientOperations() == 0) {
      String reason = "the history has no operation of a client";
      return report.result(Verdict.unknown(reason), reason);
    }
    keys.check();
    return report.result();
  }
}

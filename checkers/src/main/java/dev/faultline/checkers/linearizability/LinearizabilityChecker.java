package dev.faultline.checkers.linearizability;

import dev.faultline.checkers.Budget;
import dev.faultline.checkers.CheckResult;
import dev.faultline.checkers.Checker;
import dev.faultline.checkers.Recording;
import dev.faultline.checkers.Verdict;
import dev.faultline.checkers.history.History;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Proves or refutes that a history is linearizable with respect to a {@link Model}.
 *
 * <p>Keys are independent and checked in parallel, small ones first, each with an equal share of
 * what is left of the time. One violation is enough for INVALID, but every key is looked at, so
 * that the findings say how far the damage goes. See the package's essay for the algorithm.
 */
public final class LinearizabilityChecker implements Checker {

  /** Why a history of which no client did anything is UNKNOWN. */
  static final String NO_OPERATION = "the history has no operation of a client";

  private final Model<?> model;
  private final Settings settings;

  /**
   * What a check does beside its verdict, and with what.
   *
   * @param keys the only keys to look at; all if empty
   * @param progress is told now and then how far the check came
   * @param order whether to show an order of every key that has one
   * @param threads how many threads work at once, if there are fewer keys than that; with 1, each
   *     key is searched by one
   * @param clock the time in nanoseconds
   */
  record Settings(
      Set<String> keys, CheckProgress progress, boolean order, int threads, LongSupplier clock) {}

  /** Creates a checker against {@code model}. */
  public LinearizabilityChecker(Model<?> model) {
    this(model, new Settings(Set.of(), CheckProgress.SILENT, false, 1, System::nanoTime));
  }

  private LinearizabilityChecker(Model<?> model, Settings settings) {
    this.model = model;
    this.settings = settings;
  }

  /** Returns a checker that looks only at {@code keys}. */
  public LinearizabilityChecker onlyKeys(Set<String> keys) {
    return with(
        new Settings(
            Set.copyOf(keys),
            settings.progress(),
            settings.order(),
            settings.threads(),
            settings.clock()));
  }

  /** Returns a checker that tells {@code progress} how far it came. */
  public LinearizabilityChecker reportingTo(CheckProgress progress) {
    return with(
        new Settings(
            settings.keys(), progress, settings.order(), settings.threads(), settings.clock()));
  }

  /**
   * Returns a checker that also shows an order of every key that has one: the detail {@code orders}
   * holds for each key the places of the invocations, without those of operations that need not
   * have happened.
   */
  public LinearizabilityChecker withOrder() {
    return with(
        new Settings(
            settings.keys(), settings.progress(), true, settings.threads(), settings.clock()));
  }

  /**
   * Returns a checker that lets {@code threads} threads work at once, also within one key where
   * there are fewer keys than that. Verdict and findings are the same. It is of use to registers
   * with many operations and few values, which are searched; algorithms of single objects and the
   * search of other models take one thread a key.
   *
   * @throws IllegalArgumentException if there is not at least one
   */
  public LinearizabilityChecker withThreads(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1, not " + threads);
    }
    return with(
        new Settings(
            settings.keys(), settings.progress(), settings.order(), threads, settings.clock()));
  }

  /** Tells whether it also shows orders. */
  public boolean showsOrder() {
    return settings.order();
  }

  /** Returns a checker to which {@code clock} tells the time, in nanoseconds. */
  LinearizabilityChecker withClock(LongSupplier clock) {
    return with(
        new Settings(
            settings.keys(), settings.progress(), settings.order(), settings.threads(), clock));
  }

  private LinearizabilityChecker with(Settings changed) {
    return new LinearizabilityChecker(model, changed);
  }

  @Override
  public String name() {
    return "linearizable";
  }

  @Override
  public CheckResult check(Recording recording, Budget budget) {
    Report report = report();
    Limits limits =
        new Limits(
            report.startNanos() + budget.time().toNanos(), budget.memoryBytes(), settings.clock());
    try {
      KeyByKey keys = new KeyByKey(recording.history(), model, limits, settings, report);
      if (keys.clientOperations() == 0) {
        return unknown(report, NO_OPERATION);
      }
      keys.check();
      return report.result();
    } catch (BudgetSpentException _) {
      return unknown(
          report, "out of time before any operation was looked at; give the check more time");
    } catch (OutOfMemoryError _) {
      // All that was begun is garbage by now.
      return unknown(
          report, "out of memory before any operation was looked at; give the process more memory");
    }
  }

  /** Returns what one check gathers its findings in. */
  Report report() {
    return new Report(name(), model, settings.clock());
  }

  /**
   * Checks a part of a history, and puts what it finds into {@code report}.
   *
   * @param progress is told how far it came
   * @throws BudgetSpentException if there is no time to look at any operation
   */
  void checkPart(History part, Limits limits, CheckProgress progress, Report report) {
    new KeyByKey(part, model, limits, reportingTo(progress).settings, report).check();
  }

  /** Returns what a check does beside its verdict. */
  Settings settings() {
    return settings;
  }

  static CheckResult unknown(Report report, String reason) {
    return report.result(Verdict.unknown(reason), reason);
  }
}

package dev.faultline.harness.run;

import dev.faultline.checkers.CheckResult;
import dev.faultline.checkers.Verdict;
import dev.faultline.checkers.history.History;
import dev.faultline.harness.loop.LoopLateness;
import dev.faultline.results.ExitCode;
import dev.faultline.results.RunDirectory;
import dev.faultline.results.RunSummary;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What became of a run.
 *
 * @param request the run
 * @param directory where it is kept
 * @param history what clients and nemesis did
 * @param results what the checkers found
 * @param verdict what follows from all of it
 * @param interrupted whether the user ended it
 * @param life how its life went
 * @param lateness how late the harness itself was
 * @param longestGcNanos the harness's longest garbage collection
 * @param started when it began
 * @param took how long it took
 */
public record RunOutcome(
    RunRequest request,
    RunDirectory directory,
    History history,
    List<CheckResult> results,
    Verdict verdict,
    boolean interrupted,
    LifeResult life,
    LoopLateness lateness,
    long longestGcNanos,
    Instant started,
    Duration took) {

  public RunOutcome {
    results = List.copyOf(results);
  }

  /** Returns the code that the command exits with. */
  public ExitCode exitCode() {
    if (interrupted && !(verdict instanceof Verdict.Invalid)) {
      return ExitCode.INTERRUPTED;
    }
    return ExitCode.of(verdict);
  }

  /** Returns what is to be known of the run without reading its history. */
  public RunSummary summary() {
    return new SummaryOf(this).summary();
  }

  /** Writes everything that is kept of the run beside its history. */
  void store() throws IOException {
    new SummaryOf(this).store();
  }
}

package dev.faultline.harness.interpreter;

import dev.faultline.workloads.client.Outcome;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/** Counts what becomes of operations during a run. */
final class Tally {

  private final long startNanos;
  private final SequencedSet<String> keys = new LinkedHashSet<>();
  private @Nullable String firstClientDefect;
  private long invoked;
  private long ok;
  private long failed;
  private long indeterminate;
  private long noClient;
  private long deadlineExceeded;
  private long clientDefects;

  Tally(long startNanos) {
    this.startNanos = startNanos;
  }

  void invoked(List<String> keysOfOperation) {
    invoked++;
    keys.addAll(keysOfOperation);
  }

  void ended(Ending ending) {
    switch (ending.outcome()) {
      case Outcome.Ok _ -> ok++;
      case Outcome.Fail _ -> failed++;
      case Outcome.Info(var error) -> {
        indeterminate++;
        if (ending.cause() == Ending.Cause.DEFECT && firstClientDefect == null) {
          firstClientDefect = error.message();
        }
      }
    }
    switch (ending.cause()) {
      case ANSWER -> {}
      case NO_CLIENT -> noClient++;
      case DEADLINE -> deadlineExceeded++;
      case DEFECT -> clientDefects++;
    }
  }

  InterpreterResult result(long endNanos, boolean stopped) {
    return new InterpreterResult(
        startNanos,
        endNanos,
        invoked,
        ok,
        failed,
        indeterminate,
        noClient,
        deadlineExceeded,
        clientDefects,
        firstClientDefect,
        stopped,
        keys);
  }
}

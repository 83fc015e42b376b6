package dev.faultline.harness.interpreter;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/**
 * What was done in one run of a generator.
 *
 * @param startNanos when it began, in nanoseconds since the loop's time began
 * @param endNanos when its last operation had ended
 * @param invoked how many operations were invoked
 * @param ok how many of them ended {@code ok}
 * @param failed how many ended {@code fail}
 * @param indeterminate how many ended {@code info}
 * @param noClient how many of the failed were not sent, since no client could be opened
 * @param deadlineExceeded how many got no answer within the harness's own deadline
 * @param clientDefects how many times a client broke its contract
 * @param firstClientDefect the first of those, for people, or null
 * @param stopped whether {@link Interpreter#stop} ended it, and not the generator
 * @param keys every key that an operation was about, in the order of their first use
 */
public record InterpreterResult(
    long startNanos,
    long endNanos,
    long invoked,
    long ok,
    long failed,
    long indeterminate,
    long noClient,
    long deadlineExceeded,
    long clientDefects,
    @Nullable String firstClientDefect,
    boolean stopped,
    SequencedSet<String> keys) {

  public InterpreterResult {
    keys = Collections.unmodifiableSequencedSet(new LinkedHashSet<>(keys));
  }
}

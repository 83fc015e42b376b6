package dev.faultline.harness.nemesis;

import dev.faultline.harness.loop.Scheduler;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Calls that answer on the loop, once, and never later than their deadline. */
final class Calls {

  /** Takes an answer: the error is null if and only if the call succeeded. */
  interface Answer<T> {
    void take(@Nullable T value, @Nullable Throwable error);
  }

  private final Scheduler loop;

  Calls(Scheduler loop) {
    this.loop = loop;
  }

  /** Makes a call. What comes after the deadline, and what comes twice, is not heard. */
  <T> void call(Supplier<CompletionStage<T>> call, Duration deadline, Answer<T> answer) {
    Once<T> once = new Once<>(answer);
    once.timer =
        loop.after(
            deadline.toNanos(),
            () ->
                once.take(
                    null, new TimeoutException("no answer within " + deadline.toMillis() + " ms")));
    CompletionStage<T> stage;
    try {
      stage = call.get();
    } catch (RuntimeException e) {
      loop.post(() -> once.take(null, e));
      return;
    }
    stage.whenComplete((value, error) -> loop.post(() -> once.take(value, error)));
  }

  /**
   * Did nothing at all come back? A refusal or a reset is an answer too: it came over the path, or
   * from its near end, and shows nothing of silence.
   */
  static boolean timedOut(@Nullable Throwable error) {
    Throwable cause = error == null ? null : cause(error);
    return cause instanceof TimeoutException || cause instanceof SocketTimeoutException;
  }

  private static Throwable cause(Throwable error) {
    Throwable cause = error;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  /** Says an error in words. */
  static String words(Throwable error) {
    Throwable cause = cause(error);
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }

  private static final class Once<T> {
    private final Answer<T> answer;
    private boolean taken;
    private Scheduler.@Nullable Timer timer;

    Once(Answer<T> answer) {
      this.answer = answer;
    }

    void take(@Nullable T value, @Nullable Throwable error) {
      if (taken) {
        return;
      }
      taken = true;
      if (timer != null) {
        timer.cancel();
      }
      answer.take(value, error);
    }
  }
}

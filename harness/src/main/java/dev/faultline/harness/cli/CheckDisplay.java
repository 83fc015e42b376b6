package dev.faultline.harness.cli;

import dev.faultline.checkers.linearizability.CheckProgress;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Says on standard error that a long check goes on, and how many keys are done; a check that ends
 * within seconds prints nothing.
 */
final class CheckDisplay implements CheckProgress, AutoCloseable {

  private static final Duration EVERY = Duration.ofSeconds(5);

  private final PrintWriter err;
  private final Path file;
  private final long startNanos = System.nanoTime();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("check-display").factory());

  private volatile int done;
  private volatile int keys = 1;

  CheckDisplay(PrintWriter err, Path file) {
    this.err = err;
    this.file = file;
    var _ =
        clock.scheduleAtFixedRate(
            this::print, EVERY.toSeconds(), EVERY.toSeconds(), TimeUnit.SECONDS);
  }

  @Override
  public void advanced(int keysDone, int allKeys) {
    done = keysDone;
    keys = allKeys;
  }

  @Override
  public void close() {
    var _ = clock.shutdownNow();
  }

  private void print() {
    long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - startNanos);
    String part = keys == 1 ? "" : ", " + done + " of " + keys + " keys done";
    err.println("checking " + file + " for " + seconds + " s" + part);
    err.flush();
  }
}

package dev.faultline.harness.process;

import dev.faultline.nemeses.NodeCondition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The process of one node, through all its lives. Its methods block for a moment; one thread owns
 * it.
 *
 * <p>The child's standard input stays open and unused: when it ends, the child knows that its
 * harness is gone.
 */
final class NodeProcess {

  private static final long GONE_WITHIN_SECONDS = 10;
  private static final long STOPPED_WITHIN_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long LOOK_EVERY_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

  private final String name;
  private final List<String> command;
  private final Path log;
  private final RunLedger ledger;
  private final IntConsumer onUnaskedExit;

  private volatile @Nullable Process process;
  private volatile boolean endExpected;

  /**
   * Describes the process of node {@code name}.
   *
   * @param onUnaskedExit told the exit code when the process ends without {@link #kill}; called on
   *     any thread
   */
  NodeProcess(
      String name, List<String> command, Path log, RunLedger ledger, IntConsumer onUnaskedExit) {
    this.name = name;
    this.command = List.copyOf(command);
    this.log = log;
    this.ledger = ledger;
    this.onUnaskedExit = onUnaskedExit;
  }

  /**
   * Starts the process unless it runs. The calling thread must outlive the child: it is its parent.
   */
  void start() throws IOException {
    if (process != null && process.isAlive()) {
      return;
    }
    Files.createDirectories(log.getParent());
    endExpected = false;
    Process started =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    process = started;
    try {
      ledger.add(started.toHandle(), name);
    } catch (IOException e) {
      kill();
      throw e;
    }
    var _ = started.onExit().thenAccept(this::ended);
  }

  private void ended(Process ended) {
    if (!endExpected) {
      onUnaskedExit.accept(ended.exitValue());
    }
  }

  /** Ends the process with SIGKILL and waits until it is gone. */
  void kill() throws IOException {
    endExpected = true;
    Process running = process;
    if (running == null) {
      return;
    }
    running.destroyForcibly();
    awaitDeath(running);
  }

  /** Asks the process to end with SIGTERM and does not wait for it. */
  void terminate() {
    endExpected = true;
    if (process != null) {
      process.destroy();
    }
  }

  /** Waits until the process has ended; kills it if it has not within {@code graceSeconds}. */
  void awaitEnd(long graceSeconds) throws IOException {
    Process running = process;
    if (running == null) {
      return;
    }
    try {
      if (running.waitFor(graceSeconds, TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    kill();
  }

  private void awaitDeath(Process running) throws IOException {
    try {
      if (!running.waitFor(GONE_WITHIN_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException(name + " (process " + running.pid() + ") survived SIGKILL");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while " + name + " was ending", e);
    }
  }

  /** Stops the process with SIGSTOP and waits until all of its threads are stopped. */
  void pause() throws IOException {
    Process running = live();
    Signal.STOP.send(running.pid());
    long giveUp = System.nanoTime() + STOPPED_WITHIN_NANOS;
    while (!ProcessTable.isStopped(running.pid())) {
      if (System.nanoTime() - giveUp > 0) {
        throw new IOException(name + " was sent SIGSTOP but does not stop");
      }
      LockSupport.parkNanos(LOOK_EVERY_NANOS);
    }
  }

  /** Continues the process with SIGCONT. */
  void resume() throws IOException {
    Process running = process;
    if (running != null && running.isAlive()) {
      Signal.CONTINUE.send(running.pid());
    }
  }

  private Process live() throws IOException {
    Process running = process;
    if (running == null || !running.isAlive()) {
      throw new IOException(name + " does not run");
    }
    return running;
  }

  /** Returns the id of the process, if it runs. */
  Optional<Long> pid() {
    Process running = process;
    return running != null && running.isAlive() ? Optional.of(running.pid()) : Optional.empty();
  }

  /** Returns the condition that the process is in, observed now. */
  NodeCondition condition() {
    Process running = process;
    if (running == null) {
      return NodeCondition.DOWN;
    }
    if (!running.isAlive()) {
      return endExpected ? NodeCondition.DOWN : NodeCondition.EXITED;
    }
    try {
      return ProcessTable.isStopped(running.pid()) ? NodeCondition.PAUSED : NodeCondition.RUNNING;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

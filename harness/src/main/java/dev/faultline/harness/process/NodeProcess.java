package dev.faultline.harness.process;

import dev.faultline.harness.ledger.ProcessTable;
import dev.faultline.harness.ledger.RunLedger;
import dev.faultline.harness.system.Launch;
import dev.faultline.nemeses.NodeCondition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
  private final Launch launch;
  private final Path log;
  private final RunLedger ledger;
  private final IntConsumer onUnaskedExit;

  private volatile @Nullable Life life;

  /**
   * Describes the process of node {@code name}.
   *
   * @param onUnaskedExit told the exit code when the process ends without {@link #kill}; called on
   *     any thread
   */
  NodeProcess(String name, Launch launch, Path log, RunLedger ledger, IntConsumer onUnaskedExit) {
    this.name = name;
    this.launch = launch;
    this.log = log;
    this.ledger = ledger;
    this.onUnaskedExit = onUnaskedExit;
  }

  /**
   * One life of the process. Whether its end was asked for is a matter of this life alone: the news
   * of an end may come when the next life has begun.
   */
  private final class Life {

    private final Process process;
    private volatile boolean endAskedFor;

    Life(Process process) {
      this.process = process;
    }

    void watch() {
      var _ = process.onExit().thenAccept(this::ended);
    }

    private void ended(Process ended) {
      if (!endAskedFor) {
        onUnaskedExit.accept(ended.exitValue());
      }
    }

    /** A process that has ended by itself before it was asked has ended unasked. */
    void askForEnd() {
      if (process.isAlive()) {
        endAskedFor = true;
      }
    }
  }

  /**
   * Starts the process unless it runs. The calling thread must outlive the child: it is its parent.
   */
  void start() throws IOException {
    if (pid().isPresent()) {
      return;
    }
    Files.createDirectories(log.getParent());
    ProcessBuilder builder =
        new ProcessBuilder(launch.words())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(launch.environment());
    Process started = builder.start();
    Life next = new Life(started);
    life = next;
    try {
      ProcessSweeper.note(ledger, started.toHandle(), name);
    } catch (IOException e) {
      kill();
      throw e;
    }
    next.watch();
  }

  /** Ends the process with SIGKILL and waits until it is gone. */
  void kill() throws IOException {
    Life current = life;
    if (current == null) {
      return;
    }
    current.askForEnd();
    current.process.destroyForcibly();
    try {
      if (!current.process.waitFor(GONE_WITHIN_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException(name + " (process " + current.process.pid() + ") survived SIGKILL");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while " + name + " was ending", e);
    }
  }

  /** Asks the process to end with SIGTERM and does not wait for it. */
  void terminate() {
    Life current = life;
    if (current != null) {
      current.askForEnd();
      current.process.destroy();
    }
  }

  /** Waits until the process has ended; kills it if it has not within {@code graceSeconds}. */
  void awaitEnd(long graceSeconds) throws IOException {
    Life current = life;
    if (current == null) {
      return;
    }
    try {
      if (current.process.waitFor(graceSeconds, TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    kill();
  }

  /** Stops the process with SIGSTOP and waits until all of its threads are stopped. */
  void pause() throws IOException {
    long pid = pid().orElseThrow(() -> new IOException(name + " does not run"));
    Signal.STOP.send(pid);
    long giveUp = System.nanoTime() + STOPPED_WITHIN_NANOS;
    while (!ProcessTable.isStopped(pid)) {
      if (System.nanoTime() - giveUp > 0) {
        throw new IOException(name + " was sent SIGSTOP but does not stop");
      }
      LockSupport.parkNanos(LOOK_EVERY_NANOS);
    }
  }

  /** Continues the process with SIGCONT. */
  void resume() throws IOException {
    Optional<Long> pid = pid();
    if (pid.isPresent()) {
      Signal.CONTINUE.send(pid.get());
    }
  }

  /** Returns the id of the process, if it runs. */
  Optional<Long> pid() {
    Life current = life;
    return current != null && current.process.isAlive()
        ? Optional.of(current.process.pid())
        : Optional.empty();
  }

  /** Returns the condition that the process is in, observed now. */
  NodeCondition condition() throws IOException {
    Life current = life;
    if (current == null) {
      return NodeCondition.DOWN;
    }
    if (!current.process.isAlive()) {
      return current.endAskedFor ? NodeCondition.DOWN : NodeCondition.EXITED;
    }
    return ProcessTable.isStopped(current.process.pid())
        ? NodeCondition.PAUSED
        : NodeCondition.RUNNING;
  }
}

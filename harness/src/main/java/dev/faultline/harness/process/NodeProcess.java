package dev.faultline.harness.process;

import dev.faultline.harness.ledger.RunLedger;
import dev.faultline.harness.system.Launch;
import dev.faultline.nemeses.NodeCondition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The process of one node, with all that it starts, through all its lives. Its methods block for a
 * moment; one thread owns it.
 *
 * <p>The child's standard input stays open and unused: when it ends, the child knows that its
 * harness is gone.
 */
final class NodeProcess {

  private static final long GONE_WITHIN_SECONDS = 10;

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

    /** Who was asked to end: once a parent is gone nobody can tell who its children were. */
    private List<ProcessHandle> askedToEnd = List.of();

    Life(Process process) {
      this.process = process;
    }

    ProcessTree tree() {
      return new ProcessTree(process.toHandle());
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

  /** Ends all of the node's processes with SIGKILL and waits until they are gone. */
  void kill() throws IOException {
    Life current = life;
    if (current == null) {
      return;
    }
    current.askForEnd();
    Set<ProcessHandle> hit = current.tree().kill();
    current.askedToEnd.forEach(ProcessHandle::destroyForcibly);
    try {
      if (!current.process.waitFor(GONE_WITHIN_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException(name + " (process " + current.process.pid() + ") survived SIGKILL");
      }
      if (!ProcessTree.haveEnded(hit, GONE_WITHIN_SECONDS)
          || !ProcessTree.haveEnded(current.askedToEnd, GONE_WITHIN_SECONDS)) {
        throw new IOException("a process that " + name + " had started survived SIGKILL");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while " + name + " was ending", e);
    }
  }

  /** Asks all of the node's processes to end with SIGTERM and does not wait for them. */
  void terminate() {
    Life current = life;
    if (current != null) {
      current.askForEnd();
      current.askedToEnd = current.tree().terminate();
    }
  }

  /** Waits until all have ended; kills them if they have not within {@code graceSeconds}. */
  void awaitEnd(long graceSeconds) throws IOException {
    Life current = life;
    if (current == null) {
      return;
    }
    try {
      if (current.process.waitFor(graceSeconds, TimeUnit.SECONDS)
          && ProcessTree.haveEnded(current.askedToEnd, graceSeconds)) {
        return;
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    kill();
  }

  /** Stops the node's processes with SIGSTOP and waits until all of their threads are stopped. */
  void pause() throws IOException {
    Life current = life;
    if (current == null || !current.process.isAlive()) {
      throw new IOException(name + " does not run");
    }
    current.tree().stop();
  }

  /** Continues the node's processes with SIGCONT. */
  void resume() throws IOException {
    Life current = life;
    if (current != null && current.process.isAlive()) {
      current.tree().resume();
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
    return current.tree().isStopped() ? NodeCondition.PAUSED : NodeCondition.RUNNING;
  }
}

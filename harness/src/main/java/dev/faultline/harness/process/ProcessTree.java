package dev.faultline.harness.process;

import dev.faultline.harness.ledger.ProcessTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A process and all that it has started, which are signalled together: the program of a node may be
 * a script that starts the server and waits for it, and a stopped script stops nobody else.
 *
 * @param root the process that is ours
 */
record ProcessTree(ProcessHandle root) {

  private static final long STOPPED_WITHIN_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long LOOK_EVERY_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

  /** Stops all and waits until every thread is stopped. */
  void stop() throws IOException {
    Set<ProcessHandle> all = sendStop();
    long giveUp = System.nanoTime() + STOPPED_WITHIN_NANOS;
    for (ProcessHandle process : all) {
      while (!ProcessTable.isStopped(process.pid())) {
        if (!process.equals(root) && ProcessTable.isGone(process.pid())) {
          break;
        }
        if (System.nanoTime() - giveUp > 0) {
          throw new IOException("process " + process.pid() + " was sent SIGSTOP but does not stop");
        }
        LockSupport.parkNanos(LOOK_EVERY_NANOS);
      }
    }
  }

  /** Parents first, and again until nobody new is found: who is stopped starts nobody. */
  private Set<ProcessHandle> sendStop() throws IOException {
    Set<ProcessHandle> all = new LinkedHashSet<>();
    Signal.STOP.send(root.pid());
    all.add(root);
    List<ProcessHandle> found = descendants();
    while (!all.containsAll(found)) {
      for (ProcessHandle process : found) {
        if (all.add(process)) {
          send(Signal.STOP, process);
        }
      }
      found = descendants();
    }
    return all;
  }

  private static void send(Signal signal, ProcessHandle process) throws IOException {
    try {
      signal.send(process.pid());
    } catch (IOException e) {
      if (!ProcessTable.isGone(process.pid())) {
        throw e;
      }
    }
  }

  private List<ProcessHandle> descendants() {
    return root.descendants().toList();
  }

  /** Lets all go on. */
  void resume() throws IOException {
    Signal.CONTINUE.send(root.pid());
    for (ProcessHandle process : descendants()) {
      send(Signal.CONTINUE, process);
    }
  }

  /** Tells whether every thread of all that still run is stopped. */
  boolean isStopped() throws IOException {
    if (!ProcessTable.isStopped(root.pid())) {
      return false;
    }
    for (ProcessHandle process : descendants()) {
      if (!ProcessTable.isStopped(process.pid()) && !ProcessTable.isGone(process.pid())) {
        return false;
      }
    }
    return true;
  }

  /** Asks all to end with SIGTERM, and returns whom it asked. */
  List<ProcessHandle> terminate() {
    List<ProcessHandle> all = new ArrayList<>(descendants());
    all.add(root);
    all.forEach(ProcessHandle::destroy);
    return all;
  }

  /** Ends all with SIGKILL and returns whom it hit, without waiting. */
  Set<ProcessHandle> kill() {
    if (!root.isAlive()) {
      return Set.of(); // Its id may be another's by now.
    }
    Set<ProcessHandle> all = new LinkedHashSet<>(List.of(root));
    try {
      all.addAll(sendStop()); // Else one might start another behind our back.
    } catch (IOException _) {
      all.addAll(descendants());
    }
    all.forEach(ProcessHandle::destroyForcibly);
    return all;
  }

  /** Tells whether all of {@code processes} have ended within the time given. */
  static boolean haveEnded(Iterable<ProcessHandle> processes, long seconds) {
    long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    for (ProcessHandle process : processes) {
      while (!ProcessTable.isGone(process.pid())) {
        if (System.nanoTime() - giveUp > 0 || Thread.currentThread().isInterrupted()) {
          return false;
        }
        LockSupport.parkNanos(LOOK_EVERY_NANOS);
      }
    }
    return true;
  }
}

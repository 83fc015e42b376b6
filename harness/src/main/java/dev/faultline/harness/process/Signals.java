package dev.faultline.harness.process;

import dev.faultline.harness.ledger.ProcessTable;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Proves that signals work here. */
public final class Signals {

  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

  private Signals() {}

  /**
   * Starts a child, stops it, continues it, kills it, and observes each.
   *
   * @throws IOException if one of these had no effect
   */
  public static void selfTest() throws IOException {
    Process child = new ProcessBuilder("cat").start();
    try {
      Signal.STOP.send(child.pid());
      await(child, true);
      Signal.CONTINUE.send(child.pid());
      await(child, false);
    } finally {
      child.destroyForcibly();
    }
  }

  private static void await(Process child, boolean stopped) throws IOException {
    long giveUp = System.nanoTime() + PATIENCE_NANOS;
    while (ProcessTable.isStopped(child.pid()) != stopped) {
      if (System.nanoTime() - giveUp > 0) {
        throw new IOException("a signal had no effect");
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
  }
}

package dev.faultline.harness.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Sees to it that on Ctrl-C, or when the JVM is asked to end, what is going on is ended in order
 * and shown before the JVM goes.
 */
final class OrderlyExit implements AutoCloseable {

  private static final long CLEAN_UP_SECONDS = 240;

  private final CountDownLatch shown = new CountDownLatch(1);
  private final Thread hook;

  private OrderlyExit(Runnable interrupt) {
    this.hook = new Thread(() -> endInOrder(interrupt), "faultline-interrupted");
  }

  /** From now until {@link #close} the end of the JVM calls {@code interrupt} and waits. */
  static OrderlyExit on(Runnable interrupt) {
    OrderlyExit exit = new OrderlyExit(interrupt);
    Runtime.getRuntime().addShutdownHook(exit.hook);
    return exit;
  }

  private void endInOrder(Runnable interrupt) {
    interrupt.run();
    try {
      var _ = shown.await(CLEAN_UP_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** Everything is shown; the JVM may go. */
  @Override
  public void close() {
    shown.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException _) {
      // The JVM is on its way out already, which is what the hook was for.
    }
  }
}

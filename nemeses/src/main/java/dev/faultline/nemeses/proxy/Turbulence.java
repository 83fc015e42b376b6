package dev.faultline.nemeses.proxy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes one link stall and break at random moments, by switching toxics on and off.
 *
 * <p>Stalls alternate with calm so that the stream stalls for the wanted share of time: a stall
 * lasts {@code stall}, the calm between two is exponential with mean {@code stall * (1 - p) / p}. A
 * reset is a window of a few hundred milliseconds in which every connection that carries data is
 * reset; such windows begin {@code every} so often, give or take a quarter. The first stall or
 * window begins at once, so that a link which is troubled for a short time only is troubled at all.
 */
final class Turbulence {

  /** A switch that does something to the link through the API. */
  interface Switch {
    void set(boolean on) throws IOException;
  }

  /** Long enough for a peer that sends heartbeats every 100 ms to notice. */
  static final Duration RESET_WINDOW = Duration.ofMillis(200);

  private static final Logger LOG = LoggerFactory.getLogger(Turbulence.class);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition stopping = lock.newCondition();
  private final Thread thread;
  private boolean stopped;

  /** Written by the thread, read when it has ended. */
  private volatile boolean off;

  private Turbulence(String name, Runnable body) {
    this.thread = Thread.ofVirtual().name(name).unstarted(body);
  }

  /** Starts to stall a link. */
  static Turbulence stalls(
      String name, RandomGenerator random, double probability, Duration stall, Switch toxic) {
    double meanCalmNanos = stall.toNanos() * (1 - probability) / probability;
    return alternating(
        name,
        () -> Math.round(-Math.log(1 - random.nextDouble()) * meanCalmNanos),
        stall.toNanos(),
        toxic);
  }

  /** Starts to reset a link's connections. */
  static Turbulence resets(String name, RandomGenerator random, Duration every, Switch toxic) {
    long window = Math.min(RESET_WINDOW.toNanos(), every.toNanos() / 2);
    long nanos = every.toNanos();
    return alternating(
        name,
        () -> nanos * 3 / 4 + random.nextLong(Math.max(1, nanos / 2)) - window,
        window,
        toxic);
  }

  private static Turbulence alternating(
      String name, LongSupplier calmNanos, long onNanos, Switch toxic) {
    Turbulence[] self = new Turbulence[1];
    Turbulence turbulence =
        new Turbulence(
            name,
            () -> {
              boolean goOn = true;
              while (goOn) {
                self[0].off = false;
                set(toxic, true, name);
                goOn = self[0].pause(onNanos);
                self[0].off = set(toxic, false, name);
                goOn = goOn && self[0].pause(calmNanos.getAsLong());
              }
            });
    self[0] = turbulence;
    turbulence.thread.start();
    return turbulence;
  }

  private static boolean set(Switch toxic, boolean on, String name) {
    try {
      toxic.set(on);
      return true;
    } catch (IOException e) {
      LOG.warn("{}: could not switch {}: {}", name, on ? "on" : "off", e.getMessage());
      return false;
    }
  }

  /** Waits; false if it is time to stop. */
  private boolean pause(long nanos) {
    long deadline = System.nanoTime() + nanos;
    lock.lock();
    try {
      while (!stopped) {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
          return true;
        }
        stopping.awaitNanos(left);
      }
      return false;
    } catch (InterruptedException e) {
      return false;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Stops; on return nothing is switched any more.
   *
   * @return whether the switch is known to be off
   */
  boolean stop() {
    lock.lock();
    try {
      stopped = true;
      stopping.signalAll();
    } finally {
      lock.unlock();
    }
    try {
      return thread.join(Duration.ofSeconds(10)) && off;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}

package dev.faultline.nemeses.proxy;

import dev.faultline.nemeses.LinkState;
import eu.rekawek.toxiproxy.Proxy;
import eu.rekawek.toxiproxy.model.Toxic;
import eu.rekawek.toxiproxy.model.ToxicDirection;
import eu.rekawek.toxiproxy.model.toxic.Latency;
import eu.rekawek.toxiproxy.model.toxic.Timeout;
import java.io.IOException;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Brings one link's proxy into a state, with as few calls as that takes.
 *
 * <p>All toxics sit upstream, in the direction from the dialler to the acceptor: a link carries
 * what {@code from} sends. Used by one thread at a time; blocking.
 */
final class LinkDriver {

  private final String name;
  private final Proxy proxy;
  private final SplittableRandom random;

  private LinkState applied = LinkState.HEALTHY;
  private boolean certain = true;

  private @Nullable Timeout cut;
  private @Nullable Latency slow;
  private @Nullable Toxic bandwidth;
  private @Nullable Latency stall;
  private @Nullable Turbulence stalls;
  private @Nullable Turbulence resets;

  LinkDriver(String name, Proxy proxy, SplittableRandom random) {
    this.name = name;
    this.proxy = proxy;
    this.random = random;
  }

  /** Would {@link #apply} have anything to do? */
  boolean differs(LinkState wanted) {
    return !certain || !applied.equals(wanted);
  }

  /**
   * Brings the link into {@code wanted}.
   *
   * @throws IOException if the proxy server refuses or does not answer; what the link is like is
   *     then uncertain, and the next call starts by taking every toxic away
   */
  void apply(LinkState wanted) throws IOException {
    if (!certain) {
      clear();
    }
    certain = false;
    applyCut(wanted);
    applyLatency(wanted);
    applyBandwidth(wanted);
    applyStalls(wanted);
    applyResets(wanted);
    applied = wanted;
    certain = true;
  }

  /** Stops whatever switches toxics from time to time. */
  void close() {
    stopTurbulence();
    certain = false;
  }

  void delete() throws IOException {
    proxy.delete();
  }

  private void applyCut(LinkState wanted) throws IOException {
    if (wanted.cut() && cut == null) {
      cut = proxy.toxics().timeout("cut", ToxicDirection.UPSTREAM, 0);
    } else if (!wanted.cut() && cut != null) {
      cut.remove();
      cut = null;
    }
  }

  private void applyLatency(LinkState wanted) throws IOException {
    long latency = wanted.latency().toMillis();
    long jitter = wanted.jitter().toMillis();
    if (latency == 0 && jitter == 0) {
      if (slow != null) {
        slow.remove();
        slow = null;
      }
      return;
    }
    if (slow == null) {
      slow = proxy.toxics().latency("slow", ToxicDirection.UPSTREAM, latency);
    } else if (slow.getLatency() != latency) {
      slow.setLatency(latency);
    }
    if (slow.getJitter() != jitter) {
      slow.setJitter(jitter);
    }
  }

  private void applyBandwidth(LinkState wanted) throws IOException {
    if (wanted.bytesPerSecond() == applied.bytesPerSecond() && bandwidth != null) {
      return;
    }
    if (bandwidth != null) {
      bandwidth.remove();
      bandwidth = null;
    }
    if (wanted.bytesPerSecond() > 0) {
      long kilobytes = Math.max(1, wanted.bytesPerSecond() / 1000);
      bandwidth = proxy.toxics().bandwidth("bandwidth", ToxicDirection.UPSTREAM, kilobytes);
    }
  }

  /** A toxic that usually delays nothing, and from time to time everything that comes. */
  private void applyStalls(LinkState wanted) throws IOException {
    boolean same =
        wanted.stallProbability() == applied.stallProbability()
            && wanted.stall().equals(applied.stall());
    boolean stalling = wanted.stallProbability() > 0 && wanted.stall().isPositive();
    if (same && stalling == (stalls != null)) {
      return;
    }
    if (stalls != null) {
      stalls.stop();
      stalls = null;
    }
    if (!stalling) {
      if (stall != null) {
        stall.remove();
        stall = null;
      }
      return;
    }
    Latency toxic = stall;
    if (toxic == null) {
      toxic = proxy.toxics().latency("stall", ToxicDirection.UPSTREAM, 0);
      stall = toxic;
    }
    Latency switched = toxic;
    long millis = wanted.stall().toMillis();
    stalls =
        Turbulence.stalls(
            "stalls-" + name,
            random.split(),
            wanted.stallProbability(),
            wanted.stall(),
            on -> switched.setLatency(on ? millis : 0));
  }

  private void applyResets(LinkState wanted) {
    Duration every = wanted.resetEvery();
    if (every.equals(applied.resetEvery()) && every.isZero() == (resets == null)) {
      return;
    }
    if (resets != null) {
      resets.stop();
      resets = null;
    }
    if (every.isPositive()) {
      AtomicReference<@Nullable Toxic> toxic = new AtomicReference<>();
      resets =
          Turbulence.resets(
              "resets-" + name,
              random.split(),
              every,
              on -> {
                Toxic old = toxic.getAndSet(null);
                if (old != null) {
                  old.remove();
                }
                if (on) {
                  toxic.set(proxy.toxics().resetPeer("reset", ToxicDirection.UPSTREAM, 0));
                }
              });
    }
  }

  private void stopTurbulence() {
    if (stalls != null) {
      stalls.stop();
      stalls = null;
    }
    if (resets != null) {
      resets.stop();
      resets = null;
    }
  }

  /** Starts over from what the server says, whatever was believed before. */
  private void clear() throws IOException {
    stopTurbulence();
    for (Toxic toxic : proxy.toxics().getAll()) {
      toxic.remove();
    }
    cut = null;
    slow = null;
    bandwidth = null;
    stall = null;
    applied = LinkState.HEALTHY;
    if (!proxy.isEnabled()) {
      proxy.enable();
    }
  }
}

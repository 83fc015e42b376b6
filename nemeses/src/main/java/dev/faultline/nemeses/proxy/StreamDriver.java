package dev.faultline.nemeses.proxy;

import dev.faultline.nemeses.LinkState;
import eu.rekawek.toxiproxy.Proxy;
import eu.rekawek.toxiproxy.model.Toxic;
import eu.rekawek.toxiproxy.model.ToxicDirection;
import eu.rekawek.toxiproxy.model.toxic.Latency;
import eu.rekawek.toxiproxy.model.toxic.Slicer;
import eu.rekawek.toxiproxy.model.toxic.Timeout;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Brings one direction of one proxy into a state, with as few calls as that takes. Toxics of the
 * other direction belong to somebody else and are left alone; names tell the two apart, for they
 * are unique within a proxy. Blocking; stalls and resets come from a thread of their own and touch
 * only toxics that nothing else does.
 */
final class StreamDriver {

  private final Proxy proxy;
  private final ToxicDirection direction;

  private @Nullable Timeout cut;
  private @Nullable Latency slow;
  private @Nullable Toxic bandwidth;
  private @Nullable Slicer slicer;
  private @Nullable Latency stall;
  private @Nullable Toxic reset;

  StreamDriver(Proxy proxy, ToxicDirection direction) {
    this.proxy = proxy;
    this.direction = direction;
  }

  private String name(String what) {
    return what + "-" + direction.name().toLowerCase(Locale.ROOT);
  }

  /** Brings everything that does not change by itself from {@code applied} to {@code wanted}. */
  void apply(LinkState wanted, LinkState applied) throws IOException {
    applyCut(wanted);
    applyLatency(wanted);
    applyBandwidth(wanted, applied);
    applySlices(wanted);
  }

  private void applyCut(LinkState wanted) throws IOException {
    if (wanted.cut() && cut == null) {
      cut = proxy.toxics().timeout(name("cut"), direction, 0);
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
      slow = proxy.toxics().latency(name("slow"), direction, latency);
    } else if (slow.getLatency() != latency) {
      slow.setLatency(latency);
    }
    if (slow.getJitter() != jitter) {
      slow.setJitter(jitter);
    }
  }

  private void applyBandwidth(LinkState wanted, LinkState applied) throws IOException {
    if (wanted.bytesPerSecond() == applied.bytesPerSecond() && bandwidth != null) {
      return;
    }
    if (bandwidth != null) {
      bandwidth.remove();
      bandwidth = null;
    }
    if (wanted.bytesPerSecond() > 0) {
      long kilobytes = Math.max(1, wanted.bytesPerSecond() / 1000);
      bandwidth = proxy.toxics().bandwidth(name("bandwidth"), direction, kilobytes);
    }
  }

  private void applySlices(LinkState wanted) throws IOException {
    if (wanted.pieceBytes() == 0) {
      if (slicer != null) {
        slicer.remove();
        slicer = null;
      }
      return;
    }
    long delayMicros = TimeUnit.NANOSECONDS.toMicros(wanted.pieceDelay().toNanos());
    if (slicer == null) {
      slicer = proxy.toxics().slicer(name("slicer"), direction, wanted.pieceBytes(), delayMicros);
    } else {
      if (slicer.getAverageSize() != wanted.pieceBytes()) {
        slicer.setAverageSize(wanted.pieceBytes());
      }
      if (slicer.getDelay() != delayMicros) {
        slicer.setDelay(delayMicros);
      }
    }
    if (slicer.getSizeVariation() != wanted.pieceBytes() / 2) {
      slicer.setSizeVariation(wanted.pieceBytes() / 2);
    }
  }

  /** Makes ready for stalls: a toxic that usually delays nothing. */
  void prepareStalls() throws IOException {
    if (stall == null) {
      stall = proxy.toxics().latency(name("stall"), direction, 0);
    }
  }

  /** Delays everything that comes by so much; by nothing if zero. */
  void stall(long millis) throws IOException {
    Latency toxic = stall;
    if (toxic != null) {
      toxic.setLatency(millis);
    }
  }

  /** Takes away what {@link #prepareStalls} brought. */
  void endStalls() throws IOException {
    if (stall != null) {
      stall.remove();
      stall = null;
    }
  }

  /** Resets every connection that carries data in this direction, until called again. */
  void reset(boolean on) throws IOException {
    if (reset != null) {
      reset.remove();
      reset = null; // Only now: one that could not be removed is tried again.
    }
    if (on) {
      reset = proxy.toxics().resetPeer(name("reset"), direction, 0);
    }
  }

  /** Takes every toxic of this direction away that the server knows, whatever was believed. */
  void clear() throws IOException {
    for (Toxic toxic : proxy.toxics().getAll()) {
      if (toxic.getStream() == direction) {
        toxic.remove();
      }
    }
    cut = null;
    slow = null;
    bandwidth = null;
    slicer = null;
    stall = null;
    reset = null;
    if (!proxy.isEnabled()) {
      proxy.enable();
    }
  }
}

package dev.faultline.nemeses.proxy;

import dev.faultline.nemeses.LinkState;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Brings one directed link into a state: every stream that carries its messages, and the random
 * moments at which all of them stall or break together. Used by one thread at a time; blocking.
 */
final class LinkDriver {

  private final String name;
  private final SplittableRandom random;
  private final List<StreamDriver> streams = new ArrayList<>();

  private LinkState applied = LinkState.HEALTHY;
  private boolean certain = true;
  private @Nullable Turbulence stalls;
  private @Nullable Turbulence resets;

  /**
   * Creates a driver of a link without streams.
   *
   * @param name what threads that work for it are named after
   */
  LinkDriver(String name, SplittableRandom random) {
    this.name = name;
    this.random = random;
  }

  /** Adds a stream that carries messages of this link, healthy as yet. */
  void add(StreamDriver stream) {
    streams.add(stream);
    certain = certain && applied.equals(LinkState.HEALTHY);
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
    for (StreamDriver stream : streams) {
      stream.apply(wanted, applied);
    }
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

  private void applyStalls(LinkState wanted) throws IOException {
    boolean same =
        wanted.stallProbability() == applied.stallProbability()
            && wanted.stall().equals(applied.stall());
    boolean stalling = wanted.stallProbability() > 0 && wanted.stall().isPositive();
    if (same && stalling == (stalls != null)) {
      return;
    }
    Turbulence old = stalls;
    stalls = null;
    checkOff(old);
    for (StreamDriver stream : streams) {
      if (stalling) {
        stream.prepareStalls();
      } else {
        stream.endStalls();
      }
    }
    if (stalling) {
      long millis = wanted.stall().toMillis();
      stalls =
          Turbulence.stalls(
              "stalls-" + name,
              random.split(),
              wanted.stallProbability(),
              wanted.stall(),
              on -> onEvery(stream -> stream.stall(on ? millis : 0)));
    }
  }

  private void applyResets(LinkState wanted) throws IOException {
    Duration every = wanted.resetEvery();
    if (every.equals(applied.resetEvery()) && every.isZero() == (resets == null)) {
      return;
    }
    Turbulence old = resets;
    resets = null;
    checkOff(old);
    if (every.isPositive()) {
      resets =
          Turbulence.resets(
              "resets-" + name, random.split(), every, on -> onEvery(stream -> stream.reset(on)));
    }
  }

  /**
   * What stays switched on makes the link uncertain, so that it is cleared before anything else.
   */
  private void checkOff(@Nullable Turbulence turbulence) throws IOException {
    if (turbulence != null && !turbulence.stop()) {
      throw new IOException(name + " could not be relieved of stalls or resets");
    }
  }

  /** What is done to a stream through the API. */
  private interface Act {
    void on(StreamDriver stream) throws IOException;
  }

  /** Does it to all streams, even if one of them cannot be had, and tells the first failure. */
  private void onEvery(Act act) throws IOException {
    IOException failure = null;
    for (StreamDriver stream : streams) {
      try {
        act.on(stream);
      } catch (IOException e) {
        if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  private void stopTurbulence() {
    if (stalls != null) {
      var _ = stalls.stop(); // What it left on, whoever goes on clears away.
      stalls = null;
    }
    if (resets != null) {
      var _ = resets.stop(); // What it left on, whoever goes on clears away.
      resets = null;
    }
  }

  /** Starts over from what the server says, whatever was believed before. */
  private void clear() throws IOException {
    stopTurbulence();
    for (StreamDriver stream : streams) {
      stream.clear();
    }
    applied = LinkState.HEALTHY;
  }
}

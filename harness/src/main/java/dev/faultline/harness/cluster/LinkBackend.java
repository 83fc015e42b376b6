package dev.faultline.harness.cluster;

import java.util.Locale;

/** What stands in the links between nodes, so that they can be cut and shaped. */
public enum LinkBackend {
  /**
   * A TCP proxy for each directed link. Cuts messages one way or both, delays, narrows, slices and
   * resets streams; packets it does not see.
   */
  PROXIES,
  /**
   * A packet filter on the network that the nodes share. Drops packets, one way or both; whatever
   * is neither dropped nor passed on, such as delay, it does not know.
   */
  PACKETS;

  /** Returns the word that users write for this. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}

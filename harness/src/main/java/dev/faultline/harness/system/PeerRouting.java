package dev.faultline.harness.system;

import java.util.Locale;

/** How a node finds its peers, which decides how link proxies can be put between them. */
public enum PeerRouting {
  /**
   * Each node can be given an address of its own for every peer, and sends messages only over
   * connections that it dialled. The addresses are those of link proxies.
   */
  ADDRESSES,
  /**
   * All nodes know a peer by the same name, and dial through the SOCKS5 proxy that they are told;
   * messages travel on connections of either dialler. Each node is told a SOCKS5 front of its own,
   * which leads into the link proxies.
   */
  SOCKS,
  /**
   * Nodes dial one another's addresses and nothing can be put between: only packets can be dropped.
   */
  DIRECT;

  /** Returns the word that users write for this. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}

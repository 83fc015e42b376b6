package dev.faultline.nemeses.fault;

import java.util.Locale;

/** Which links a fault of links hits. */
public enum LinkSelection {
  /** All links to and from one node. */
  ONE,
  /** All links to and from the node that leads when the fault strikes. */
  LEADER,
  /** Every link of the cluster. */
  ALL;

  private final String word = name().toLowerCase(Locale.ROOT);

  /** Returns the word a user writes for this selection. */
  public String word() {
    return word;
  }
}

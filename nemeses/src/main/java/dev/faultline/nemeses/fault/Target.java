package dev.faultline.nemeses.fault;

import java.util.Locale;

/** Which nodes a fault of nodes hits, all of them at once. */
public enum Target {
  /** One node. */
  ONE,
  /** Fewer than half of the nodes; at least one. */
  MINORITY,
  /** More than half of the nodes, as few as that takes. */
  MAJORITY,
  /** The node that leads when the fault strikes. */
  LEADER,
  /** Every node. */
  ALL;

  private final String word = name().toLowerCase(Locale.ROOT);

  /** Returns the word a user writes for this target. */
  public String word() {
    return word;
  }
}

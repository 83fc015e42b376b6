package dev.faultline.nemeses.fault;

import dev.faultline.nemeses.Capability;
import java.util.Locale;

/** The families that faults come in; what a user names after {@code --faults}. */
public enum FaultKind {
  /** Messages between some nodes do not arrive. */
  PARTITION(Capability.CUT, "messages between some nodes do not arrive"),
  /** Nodes are killed and started again with the data that they had. */
  KILL(Capability.KILL, "nodes are killed (SIGKILL) and started again with their data"),
  /** Nodes are stopped in their tracks, and later go on as if nothing had happened. */
  PAUSE(Capability.PAUSE, "nodes are stopped (SIGSTOP) and go on later"),
  /** Messages arrive late. */
  SLOW(Capability.SLOW, "messages arrive late, with jitter"),
  /** Streams stall as long as retransmissions take, and break now and then. */
  LOSSY(
      Capability.LOSSY,
      "streams stall as if packets were retransmitted, and break now and then"
          + " (packets themselves cannot be lost through a TCP proxy)"),
  /** Connections are reset every so often. */
  RESET(Capability.RESET, "connections are reset every so often");

  private final String word = name().toLowerCase(Locale.ROOT);
  private final Capability capability;
  private final String description;

  FaultKind(Capability capability, String description) {
    this.capability = capability;
    this.description = description;
  }

  /** Returns the word a user writes for this kind. */
  public String word() {
    return word;
  }

  /** Returns what a cluster must be able to do for this kind of fault. */
  public Capability capability() {
    return capability;
  }

  /** Returns one line that says what happens. */
  public String description() {
    return description;
  }
}

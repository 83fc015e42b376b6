package dev.faultline.nemeses.fault;

import dev.faultline.nemeses.Capability;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** The families that faults come in; what a user names after {@code --faults}. */
public enum FaultKind {
  /** Messages between some nodes do not arrive. */
  PARTITION("messages between some nodes do not arrive"),
  /** Nodes are killed and started again with the data that they had. */
  KILL("nodes are killed (SIGKILL) and started again with their data"),
  /** Nodes are stopped in their tracks, and later go on as if nothing had happened. */
  PAUSE("nodes are stopped (SIGSTOP) and go on later"),
  /** Messages arrive late. */
  SLOW("messages arrive late, with jitter"),
  /** Streams stall as long as retransmissions take, and break now and then. */
  LOSSY(
      "streams stall as if packets were retransmitted, and break now and then"
          + " (packets themselves cannot be lost through a TCP proxy)"),
  /** Connections are reset every so often. */
  RESET("connections are reset every so often");

  private final String word = name().toLowerCase(Locale.ROOT);
  private final String description;

  FaultKind(String description) {
    this.description = description;
  }

  /** Returns the word a user writes for this kind. */
  public String word() {
    return word;
  }

  /**
   * Returns what a cluster must be able to do for a variant of this kind.
   *
   * @param variant one of {@link FaultSpec#variants}
   * @param nodes how many nodes the cluster has: among three, a majorities ring is one-way
   */
  public Set<Capability> needs(String variant, int nodes) {
    EnumSet<Capability> needed =
        EnumSet.of(
            switch (this) {
              case PARTITION -> shape(variant).needs(nodes);
              case KILL -> Capability.KILL;
              case PAUSE -> Capability.PAUSE;
              case SLOW -> Capability.SLOW;
              case LOSSY -> Capability.LOSSY;
              case RESET -> Capability.RESET;
            });
    if (variant.endsWith("leader")) {
      needed.add(Capability.LEADER);
    }
    return needed;
  }

  /** Returns how many nodes a cluster must have for a variant to mean anything. */
  int leastNodes(String variant) {
    return switch (this) {
      case PARTITION -> shape(variant).leastNodes();
      case KILL, PAUSE -> variant.equals(Target.MINORITY.word()) ? 3 : 1;
      case SLOW, LOSSY, RESET -> 2;
    };
  }

  private static PartitionShape shape(String variant) {
    return FaultDrawer.named(PartitionShape.values(), variant);
  }

  /** Returns one line that says what happens. */
  public String description() {
    return description;
  }
}

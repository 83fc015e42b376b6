package dev.faultline.nemeses.fault;

import dev.faultline.nemeses.Capability;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The families that faults come in; what a user names after {@code --faults}. */
public enum FaultKind {
  /** Messages between some nodes do not arrive. */
  PARTITION(Family.SHAPES, Capability.CUT, "messages between some nodes do not arrive"),
  /** Nodes are killed and started again with the data that they had. */
  KILL(
      Family.NODES,
      Capability.KILL,
      "nodes are killed (SIGKILL) and started again with their data"),
  /** Nodes are stopped in their tracks, and later go on as if nothing had happened. */
  PAUSE(Family.NODES, Capability.PAUSE, "nodes are stopped (SIGSTOP) and go on later"),
  /** Messages arrive late. */
  SLOW(Family.LINKS, Capability.SLOW, "messages arrive late, with jitter"),
  /** Streams stall as long as retransmissions take, and break now and then. */
  LOSSY(
      Family.LINKS,
      Capability.LOSSY,
      "streams stall as if packets were retransmitted, and break now and then"
          + " (packets themselves cannot be lost through a TCP proxy)"),
  /** Connections are reset every so often. */
  RESET(Family.LINKS, Capability.RESET, "connections are reset every so often"),
  /** Links carry only so many bytes a second. */
  BANDWIDTH(Family.LINKS, Capability.BANDWIDTH, "links carry only so many bytes a second"),
  /** Data arrives in small pieces with a pause after each. */
  SLICE(Family.LINKS, Capability.SLICE, "data arrives in small pieces with a pause after each"),
  /** Nodes are unplugged from their network. */
  DISCONNECT(
      Family.NODES,
      Capability.DISCONNECT,
      "nodes are unplugged from their network, for peers and clients, and go on running");

  /** What the variants of a kind are. */
  private enum Family {
    SHAPES,
    NODES,
    LINKS
  }

  private final String word = name().toLowerCase(Locale.ROOT);
  private final Family family;
  private final Capability capability;
  private final String description;

  FaultKind(Family family, Capability capability, String description) {
    this.family = family;
    this.capability = capability;
    this.description = description;
  }

  /** Returns the word a user writes for this kind. */
  public String word() {
    return word;
  }

  /** Returns one line that says what happens. */
  public String description() {
    return description;
  }

  /** Returns the variants of this kind, as a user writes them. */
  public List<String> variants() {
    return switch (family) {
      case SHAPES -> Arrays.stream(PartitionShape.values()).map(PartitionShape::word).toList();
      case NODES -> Arrays.stream(Target.values()).map(Target::word).toList();
      case LINKS -> Arrays.stream(LinkSelection.values()).map(LinkSelection::word).toList();
    };
  }

  /**
   * Returns what a cluster must be able to do for a variant of this kind.
   *
   * @param variant one of {@link #variants}
   * @param nodes how many nodes the cluster has: among three, a majorities ring is one-way
   */
  public Set<Capability> needs(String variant, int nodes) {
    EnumSet<Capability> needed =
        EnumSet.of(family == Family.SHAPES ? shape(variant).needs(nodes) : capability);
    if (variant.endsWith("leader")) {
      needed.add(Capability.LEADER);
    }
    return needed;
  }

  /** Returns how many nodes a cluster must have for a variant to mean anything. */
  int leastNodes(String variant) {
    return switch (family) {
      case SHAPES -> shape(variant).leastNodes();
      case NODES -> variant.equals(Target.MINORITY.word()) ? 3 : 1;
      case LINKS -> 2;
    };
  }

  private static PartitionShape shape(String variant) {
    return FaultDrawer.named(PartitionShape.values(), variant);
  }
}

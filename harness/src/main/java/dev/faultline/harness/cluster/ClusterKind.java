package dev.faultline.harness.cluster;

import dev.faultline.harness.system.SystemUnderTest;
import dev.faultline.nemeses.Capability;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A way to run nodes. */
public enum ClusterKind {
  /** Each node a local process on 127.0.0.1. */
  PROCESS,
  /** Each node a container on a network of the cluster's own. */
  DOCKER;

  /** Returns the word that users write for this. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Returns what can stand in the links of such a cluster, what is taken unless a plan needs
   * another first.
   */
  public List<LinkBackend> backends() {
    return switch (this) {
      case PROCESS -> List.of(LinkBackend.PROXIES);
      case DOCKER -> List.of(LinkBackend.PACKETS, LinkBackend.PROXIES);
    };
  }

  /** Returns what can be done to such a cluster of {@code system}. */
  public Set<Capability> capabilities(LinkBackend links, SystemUnderTest system) {
    Set<Capability> all =
        EnumSet.of(Capability.CUT, Capability.LOSSY, Capability.KILL, Capability.PAUSE);
    if (system.tellsStatus()) {
      all.add(Capability.LEADER);
    }
    if (this == DOCKER) {
      all.add(Capability.DISCONNECT);
    }
    all.addAll(
        switch (links) {
          case PROXIES ->
              EnumSet.of(
                  Capability.ONE_WAY,
                  Capability.SLOW,
                  Capability.RESET,
                  Capability.BANDWIDTH,
                  Capability.SLICE);
          case PACKETS -> EnumSet.of(Capability.PACKET_DROP);
        });
    return Collections.unmodifiableSet(all);
  }
}

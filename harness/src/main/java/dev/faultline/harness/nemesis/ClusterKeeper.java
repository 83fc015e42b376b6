package dev.faultline.harness.nemesis;

import dev.faultline.nemeses.Capability;
import dev.faultline.nemeses.Cluster;
import dev.faultline.nemeses.fault.ActiveFault;
import dev.faultline.nemeses.fault.ActiveFaults;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Holds the set of active faults, and keeps the cluster the way that the set says. */
final class ClusterKeeper {

  /**
   * How putting a fault in place, or taking it away, went.
   *
   * @param errors what could not be done
   * @param skewNanos the time between the first link's change and the last's
   */
  record Settled(List<String> errors, long skewNanos) {}

  private final LinkKeeper links;
  private final Map<String, NodeKeeper> nodes = new LinkedHashMap<>();
  private final Map<String, CableKeeper> cables = new LinkedHashMap<>();
  private ActiveFaults faults = ActiveFaults.NONE;

  ClusterKeeper(Cluster cluster, Calls calls, Timing timing, NodeKeeper.Watcher watcher) {
    this.links = new LinkKeeper(cluster, calls, timing.act());
    for (String node : cluster.nodes()) {
      nodes.put(node, new NodeKeeper(node, cluster, calls, timing, watcher));
      if (cluster.capabilities().contains(Capability.DISCONNECT)) {
        cables.put(node, new CableKeeper(node, cluster, calls, timing.act()));
      }
    }
  }

  ActiveFaults faults() {
    return faults;
  }

  void add(ActiveFault fault, Consumer<Settled> then) {
    faults = faults.with(fault);
    settle(!fault.links().isEmpty(), touched(fault), fault.unplugged(), then);
  }

  void remove(ActiveFault fault, Consumer<Settled> then) {
    faults = faults.without(fault.id());
    settle(!fault.links().isEmpty(), touched(fault), fault.unplugged(), then);
  }

  /** Takes every fault away and looks at everything, whatever was believed before. */
  void clear(Consumer<Settled> then) {
    faults = ActiveFaults.NONE;
    nodes.values().forEach(NodeKeeper::forget);
    Set<String> used = new LinkedHashSet<>();
    cables.forEach((node, cable) -> {
      if (cable.used()) {
        used.add(node);
      }
    });
    settle(true, nodes.keySet(), used, then);
  }

  private static Set<String> touched(ActiveFault fault) {
    Set<String> touched = new LinkedHashSet<>(fault.down());
    touched.addAll(fault.paused());
    return touched;
  }

  private void settle(
      boolean shapeLinks, Set<String> touched, Set<String> replugged, Consumer<Settled> then) {
    if (!shapeLinks && touched.isEmpty() && replugged.isEmpty()) {
      then.accept(new Settled(List.of(), 0));
      return;
    }
    Gathering gathering =
        new Gathering(touched.size() + replugged.size() + (shapeLinks ? 1 : 0), then);
    // In the order of the cluster, so that the same plan makes the same calls.
    nodes.forEach((node, keeper) -> {
      if (touched.contains(node)) {
        keeper.bring(faults.condition(node), error -> gathering.done(error, 0));
      }
    });
    cables.forEach((node, keeper) -> {
      if (replugged.contains(node)) {
        keeper.bring(!faults.unplugged(node), error -> gathering.done(error, 0));
      }
    });
    if (shapeLinks) {
      links.bring(faults.links(), shaped -> gathering.done(shaped.error(), shaped.skewNanos()));
    }
  }

  /** Waits for several answers. */
  private static final class Gathering {
    private final Consumer<Settled> then;
    private final List<String> errors = new ArrayList<>();
    private int open;
    private long skewNanos;

    Gathering(int open, Consumer<Settled> then) {
      this.open = open;
      this.then = then;
    }

    void done(@Nullable String error, long skew) {
      if (error != null) {
        errors.add(error);
      }
      skewNanos = Math.max(skewNanos, skew);
      if (--open == 0) {
        then.accept(new Settled(List.copyOf(errors), skewNanos));
      }
    }
  }
}

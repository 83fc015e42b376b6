package dev.faultline.nemeses.fault;

import dev.faultline.nemeses.Link;
import dev.faultline.nemeses.LinkState;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A fault whose targets are known. Immutable.
 *
 * @param id the step of the plan that it belongs to
 * @param fault what was planned
 * @param targets the nodes that it is about, the leader found among them
 * @param links what it does to links, only those that it touches
 * @param down the nodes that it keeps down
 * @param paused the nodes that it keeps stopped
 * @param unplugged the nodes that it keeps off their network
 */
public record ActiveFault(
    String id,
    Fault fault,
    List<String> targets,
    Map<Link, LinkState> links,
    Set<String> down,
    Set<String> paused,
    Set<String> unplugged) {

  public ActiveFault {
    targets = List.copyOf(targets);
    links = Collections.unmodifiableMap(new LinkedHashMap<>(links));
    down = Set.copyOf(down);
    paused = Set.copyOf(paused);
    unplugged = Set.copyOf(unplugged);
  }

  static ActiveFault onLinks(
      String id, Fault fault, List<String> targets, Map<Link, LinkState> links) {
    return new ActiveFault(id, fault, targets, links, Set.of(), Set.of(), Set.of());
  }

  static ActiveFault killing(String id, Fault fault, List<String> targets) {
    return new ActiveFault(id, fault, targets, Map.of(), Set.copyOf(targets), Set.of(), Set.of());
  }

  static ActiveFault pausing(String id, Fault fault, List<String> targets) {
    return new ActiveFault(id, fault, targets, Map.of(), Set.of(), Set.copyOf(targets), Set.of());
  }

  static ActiveFault unplugging(String id, Fault fault, List<String> targets) {
    return new ActiveFault(id, fault, targets, Map.of(), Set.of(), Set.of(), Set.copyOf(targets));
  }

  /** Returns the links on which it shows: those that it shapes, and those of unplugged nodes. */
  public Set<Link> observedLinks(List<String> cluster) {
    Set<Link> observed = new LinkedHashSet<>(links.keySet());
    Fault.allLinks(cluster).stream()
        .filter(link -> unplugged.contains(link.from()) || unplugged.contains(link.to()))
        .forEach(observed::add);
    return observed;
  }
}

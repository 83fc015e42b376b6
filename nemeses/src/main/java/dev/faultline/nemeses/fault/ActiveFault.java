package dev.faultline.nemeses.fault;

import dev.faultline.nemeses.Link;
import dev.faultline.nemeses.LinkState;
import java.util.Collections;
import java.util.LinkedHashMap;
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
 */
public record ActiveFault(
    String id,
    Fault fault,
    List<String> targets,
    Map<Link, LinkState> links,
    Set<String> down,
    Set<String> paused) {

  public ActiveFault {
    targets = List.copyOf(targets);
    links = Collections.unmodifiableMap(new LinkedHashMap<>(links));
    down = Set.copyOf(down);
    paused = Set.copyOf(paused);
  }
}

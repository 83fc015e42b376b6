package dev.faultline.nemeses.fault;

import dev.faultline.nemeses.Link;
import dev.faultline.nemeses.LinkState;
import dev.faultline.nemeses.NodeCondition;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The faults that are active at a moment, as a set, and the state of links and nodes that follows
 * from it.
 *
 * <p>The rules of composition, from which it follows that healing one fault never undoes another
 * and that the order of starts and stops does not matter:
 *
 * <ul>
 *   <li>a link suffers the worst of everything that touches it ({@link LinkState#and}): a cut wins
 *       over slowness, of two delays the longer one counts;
 *   <li>a node that any fault keeps down is {@link NodeCondition#DOWN}; else, if any keeps it
 *       stopped, {@link NodeCondition#PAUSED}; else {@link NodeCondition#RUNNING};
 *   <li>a node is off its network as long as any fault keeps it off, whether it runs or not.
 * </ul>
 *
 * <p>Immutable.
 */
public final class ActiveFaults {

  /** No fault at all. */
  public static final ActiveFaults NONE = new ActiveFaults(Collections.emptySortedMap());

  private final SortedMap<String, ActiveFault> byId;

  private ActiveFaults(SortedMap<String, ActiveFault> byId) {
    this.byId = byId;
  }

  /** Returns this set with {@code fault}, in place of any other with the same id. */
  public ActiveFaults with(ActiveFault fault) {
    SortedMap<String, ActiveFault> more = new TreeMap<>(byId);
    more.put(fault.id(), fault);
    return new ActiveFaults(more);
  }

  /** Returns this set without the fault of that id; itself if there is none. */
  public ActiveFaults without(String id) {
    if (!byId.containsKey(id)) {
      return this;
    }
    SortedMap<String, ActiveFault> fewer = new TreeMap<>(byId);
    fewer.remove(id);
    return new ActiveFaults(fewer);
  }

  /** Returns the faults, by id. */
  public Collection<ActiveFault> faults() {
    return Collections.unmodifiableCollection(byId.values());
  }

  /** Returns the state of every link that is not healthy. */
  public Map<Link, LinkState> links() {
    Map<Link, LinkState> links = new TreeMap<>();
    for (ActiveFault fault : byId.values()) {
      fault.links().forEach((link, state) -> links.merge(link, state, LinkState::and));
    }
    return links;
  }

  /** Returns the condition that {@code node} ought to be in. */
  public NodeCondition condition(String node) {
    if (byId.values().stream().anyMatch(fault -> fault.down().contains(node))) {
      return NodeCondition.DOWN;
    }
    if (byId.values().stream().anyMatch(fault -> fault.paused().contains(node))) {
      return NodeCondition.PAUSED;
    }
    return NodeCondition.RUNNING;
  }

  /** Tells whether any fault keeps {@code node} off its network, whatever its condition. */
  public boolean unplugged(String node) {
    return byId.values().stream().anyMatch(fault -> fault.unplugged().contains(node));
  }

  /** Tells whether {@code node} ought to run and to be plugged in, so that it should answer. */
  public boolean answers(String node) {
    return condition(node) == NodeCondition.RUNNING && !unplugged(node);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ActiveFaults that && byId.equals(that.byId);
  }

  @Override
  public int hashCode() {
    return byId.hashCode();
  }

  @Override
  public String toString() {
    return "ActiveFaults" + byId.keySet();
  }
}

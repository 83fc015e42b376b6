package dev.faultline.nemeses.fault;

import dev.faultline.nemeses.Capability;
import dev.faultline.nemeses.Link;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The shapes that a partition can have.
 *
 * <p>A shape is laid out over an <em>order</em> of nodes that the plan has drawn; each constant
 * says what the order means to it. The leader shapes take the leader found when the fault strikes.
 */
public enum PartitionShape {
  /** The node named is cut off from all others, both ways. */
  ISOLATE_ONE(2, Choice.ONE),
  /** The leader is cut off from all others, both ways. */
  ISOLATE_LEADER(2, Choice.LEADER),
  /** The nodes named, half of all (rounded down), are cut off from the rest. */
  HALVES(2, Choice.GROUP),
  /** The nodes named, a strict minority of any size, are cut off from the rest. */
  MAJORITY_MINORITY(3, Choice.GROUP),
  /**
   * Every node hears a majority, and no two nodes the same one (after Jepsen's {@code
   * majorities-ring}). The order is that of the ring. From four nodes on a node is joined both ways
   * with its nearest neighbours, as few as make a majority; among three, where any two joined both
   * ways would share their majority, messages pass in one direction around the ring.
   */
  MAJORITIES_RING(3, Choice.ORDER),
  /** Two halves that only the first node of the order can still speak with, both ways. */
  BRIDGE(3, Choice.ORDER),
  /** The messages that the node named sends are lost; it still hears. */
  MUTE(2, Choice.ONE),
  /** The messages that the leader sends are lost; it still hears. */
  MUTE_LEADER(2, Choice.LEADER),
  /** The node named hears nothing; it still speaks. */
  DEAF(2, Choice.ONE),
  /** The leader hears nothing; it still speaks. */
  DEAF_LEADER(2, Choice.LEADER),
  /**
   * The packets that the node named sends to its peers are dropped. Unlike {@link #MUTE} this takes
   * TCP's acknowledgements too: what the peers send arrives once and is never confirmed, so that
   * after a window's worth, and at once on new connections, nothing passes either way.
   */
  DROP_OUT(2, Choice.ONE),
  /**
   * The packets that the node named should receive from its peers are dropped, acknowledgements
   * included: the mirror image of {@link #DROP_OUT}, and no more {@link #DEAF} than that is mute.
   */
  DROP_IN(2, Choice.ONE);

  /** What a plan draws for a shape. */
  enum Choice {
    ONE,
    LEADER,
    GROUP,
    ORDER
  }

  private final String word = name().toLowerCase(Locale.ROOT).replace('_', '-');
  private final int leastNodes;
  private final Choice choice;

  PartitionShape(int leastNodes, Choice choice) {
    this.leastNodes = leastNodes;
    this.choice = choice;
  }

  /** Returns the word a user writes for this shape. */
  public String word() {
    return word;
  }

  /** Returns how many nodes a cluster must have for this shape to mean anything. */
  public int leastNodes() {
    return leastNodes;
  }

  /** Tells whether the shape is laid around the leader found when the fault strikes. */
  public boolean needsLeader() {
    return choice == Choice.LEADER;
  }

  /** Returns what a cluster of so many nodes must be able to do for this shape's links. */
  Capability needs(int nodes) {
    return switch (this) {
      case MUTE, MUTE_LEADER, DEAF, DEAF_LEADER -> Capability.ONE_WAY;
      case DROP_OUT, DROP_IN -> Capability.PACKET_DROP;
      case MAJORITIES_RING -> nodes == 3 ? Capability.ONE_WAY : Capability.CUT;
      case ISOLATE_ONE, ISOLATE_LEADER, HALVES, MAJORITY_MINORITY, BRIDGE -> Capability.CUT;
    };
  }

  Choice choice() {
    return choice;
  }

  /**
   * Returns the links that this shape cuts.
   *
   * @param nodes all nodes of the cluster
   * @param chosen the nodes drawn (or the leader), as the constant says
   */
  Set<Link> cuts(List<String> nodes, List<String> chosen) {
    return switch (this) {
      case ISOLATE_ONE, ISOLATE_LEADER, HALVES, MAJORITY_MINORITY ->
          between(chosen, without(nodes, chosen));
      case MUTE, MUTE_LEADER, DROP_OUT -> oneWay(chosen, without(nodes, chosen));
      case DEAF, DEAF_LEADER, DROP_IN -> oneWay(without(nodes, chosen), chosen);
      case BRIDGE -> {
        List<String> others = chosen.subList(1, chosen.size());
        int half = others.size() / 2;
        yield between(others.subList(0, half), others.subList(half, others.size()));
      }
      case MAJORITIES_RING -> ring(chosen);
    };
  }

  private static Set<Link> ring(List<String> order) {
    int n = order.size();
    int neighboursNeeded = n / 2; // with itself, a majority
    int before = n == 3 ? 1 : (neighboursNeeded + 1) / 2;
    int after = n == 3 ? 0 : before;
    Set<Link> cuts = new LinkedHashSet<>();
    for (int to = 0; to < n; to++) {
      for (int from = 0; from < n; from++) {
        int distance = Math.floorMod(to - from, n);
        if (from != to && distance > before && n - distance > after) {
          cuts.add(new Link(order.get(from), order.get(to)));
        }
      }
    }
    return cuts;
  }

  private static List<String> without(List<String> nodes, List<String> some) {
    List<String> rest = new ArrayList<>(nodes);
    rest.removeAll(some);
    return rest;
  }

  private static Set<Link> between(List<String> left, List<String> right) {
    Set<Link> links = oneWay(left, right);
    links.addAll(oneWay(right, left));
    return links;
  }

  private static Set<Link> oneWay(List<String> senders, List<String> receivers) {
    Set<Link> links = new LinkedHashSet<>();
    for (String from : senders) {
      for (String to : receivers) {
        links.add(new Link(from, to));
      }
    }
    return links;
  }
}

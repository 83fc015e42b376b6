package dev.faultline.nemeses.fault;

import dev.faultline.nemeses.Link;
import dev.faultline.nemeses.LinkState;
import dev.faultline.nemeses.PlanException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One thing to break, every random choice made: which node, which group, how slow.
 *
 * <p>Only "the leader" is left open until the fault strikes; {@link #resolve} then gives the {@link
 * ActiveFault} whose links and nodes are known. Immutable.
 */
public sealed interface Fault {

  /** Returns the family that this fault belongs to. */
  FaultKind kind();

  /** Returns what the user's name says beyond the kind: {@code leader}, {@code bridge}… */
  String variant();

  /** Tells whether the leader must be known for the fault to strike. */
  boolean needsLeader();

  /** Returns the nodes that were drawn; what they mean depends on the variant. */
  List<String> nodes();

  /** Returns the user-facing name, such as {@code partition:isolate-leader}. */
  default String name() {
    return kind().word() + ":" + variant();
  }

  /**
   * Returns what this fault does to the cluster.
   *
   * @param id the step that it belongs to
   * @param cluster all nodes of the cluster
   * @param leader the leader found; must not be null if {@link #needsLeader}
   * @throws IllegalArgumentException if the leader is needed and null
   */
  ActiveFault resolve(String id, List<String> cluster, @Nullable String leader);

  /**
   * Checks that the fault fits a cluster.
   *
   * @throws PlanException if a node does not exist, or if too few or too many are named
   */
  void check(List<String> cluster);

  /**
   * Messages between some nodes do not arrive.
   *
   * @param shape which links are cut
   * @param nodes the choice drawn for the shape; empty if it is laid around the leader
   */
  record Partition(PartitionShape shape, List<String> nodes) implements Fault {
    public Partition {
      nodes = List.copyOf(nodes);
    }

    @Override
    public FaultKind kind() {
      return FaultKind.PARTITION;
    }

    @Override
    public String variant() {
      return shape.word();
    }

    @Override
    public boolean needsLeader() {
      return shape.needsLeader();
    }

    @Override
    public ActiveFault resolve(String id, List<String> cluster, @Nullable String leader) {
      List<String> chosen = needsLeader() ? List.of(Choices.known(leader)) : nodes;
      Map<Link, LinkState> links = new LinkedHashMap<>();
      shape.cuts(cluster, chosen).forEach(link -> links.put(link, LinkState.CUT));
      return new ActiveFault(id, this, chosen, links, Set.of(), Set.of());
    }

    @Override
    public void check(List<String> cluster) {
      if (cluster.size() < shape.leastNodes()) {
        throw new PlanException(
            name() + " needs " + shape.leastNodes() + " nodes, the cluster has " + cluster.size(),
            "Use more nodes, or leave this fault out.");
      }
      int n = cluster.size();
      switch (shape.choice()) {
        case LEADER -> Choices.check(this, cluster, 0, 0);
        case ONE -> Choices.check(this, cluster, 1, 1);
        case GROUP ->
            Choices.check(
                this,
                cluster,
                shape == PartitionShape.HALVES ? n / 2 : 1,
                shape == PartitionShape.HALVES ? n / 2 : (n - 1) / 2);
        case ORDER -> Choices.check(this, cluster, n, n);
      }
    }
  }

  /**
   * Nodes are killed at once, and started again when the fault ends.
   *
   * @param target which nodes
   * @param nodes the nodes drawn; empty for {@link Target#LEADER} and {@link Target#ALL}
   */
  record Kill(Target target, List<String> nodes) implements Fault {
    public Kill {
      nodes = List.copyOf(nodes);
    }

    @Override
    public FaultKind kind() {
      return FaultKind.KILL;
    }

    @Override
    public String variant() {
      return target.word();
    }

    @Override
    public boolean needsLeader() {
      return target == Target.LEADER;
    }

    @Override
    public ActiveFault resolve(String id, List<String> cluster, @Nullable String leader) {
      List<String> hit = Choices.hit(target, nodes, cluster, leader);
      return new ActiveFault(id, this, hit, Map.of(), Set.copyOf(hit), Set.of());
    }

    @Override
    public void check(List<String> cluster) {
      Choices.check(this, target, cluster);
    }
  }

  /**
   * Nodes are stopped in their tracks, and go on when the fault ends.
   *
   * @param target which nodes
   * @param nodes the nodes drawn; empty for {@link Target#LEADER} and {@link Target#ALL}
   */
  record Pause(Target target, List<String> nodes) implements Fault {
    public Pause {
      nodes = List.copyOf(nodes);
    }

    @Override
    public FaultKind kind() {
      return FaultKind.PAUSE;
    }

    @Override
    public String variant() {
      return target.word();
    }

    @Override
    public boolean needsLeader() {
      return target == Target.LEADER;
    }

    @Override
    public ActiveFault resolve(String id, List<String> cluster, @Nullable String leader) {
      List<String> hit = Choices.hit(target, nodes, cluster, leader);
      return new ActiveFault(id, this, hit, Map.of(), Set.of(), Set.copyOf(hit));
    }

    @Override
    public void check(List<String> cluster) {
      Choices.check(this, target, cluster);
    }
  }

  /**
   * Messages arrive late.
   *
   * @param links which links
   * @param nodes the node drawn for {@link LinkSelection#ONE}; else empty
   * @param latency how late, more than zero
   * @param jitter how much that varies to either side, at most {@code latency}
   */
  record Slow(LinkSelection links, List<String> nodes, Duration latency, Duration jitter)
      implements Fault {
    public Slow {
      nodes = List.copyOf(nodes);
      Choices.positive("latency", latency);
      if (jitter.isNegative() || jitter.compareTo(latency) > 0) {
        throw new PlanException(
            "jitter must lie between 0 and the latency", "Choose a smaller jitter.");
      }
    }

    @Override
    public FaultKind kind() {
      return FaultKind.SLOW;
    }

    @Override
    public String variant() {
      return links.word();
    }

    @Override
    public boolean needsLeader() {
      return links == LinkSelection.LEADER;
    }

    @Override
    public ActiveFault resolve(String id, List<String> cluster, @Nullable String leader) {
      LinkState state = LinkState.slow(latency, jitter);
      return Choices.onLinks(id, this, links, cluster, leader, state);
    }

    @Override
    public void check(List<String> cluster) {
      Choices.check(this, links, cluster);
    }
  }

  /**
   * Streams stall at random moments for as long as a retransmission would take, and are reset now
   * and then: what an application sees of a network that loses packets. Packets themselves cannot
   * be lost through a TCP proxy, and the application could not tell.
   *
   * @param links which links
   * @param nodes the node drawn for {@link LinkSelection#ONE}; else empty
   * @param stallProbability the share of time during which a stream stalls, in (0, 1)
   * @param stall how long one stall lasts, more than zero
   * @param resetEvery how often connections are reset; zero for never
   */
  record Lossy(
      LinkSelection links,
      List<String> nodes,
      double stallProbability,
      Duration stall,
      Duration resetEvery)
      implements Fault {
    public Lossy {
      nodes = List.copyOf(nodes);
      Choices.positive("stall", stall);
      if (!(stallProbability > 0 && stallProbability < 1)) {
        throw new PlanException(
            "the probability of a stall must lie between 0 and 1, it is " + stallProbability,
            "Choose a probability such as 0.2.");
      }
      if (resetEvery.isNegative()) {
        throw new PlanException("resetEvery must not be negative", "Use 0s for never.");
      }
    }

    @Override
    public FaultKind kind() {
      return FaultKind.LOSSY;
    }

    @Override
    public String variant() {
      return links.word();
    }

    @Override
    public boolean needsLeader() {
      return links == LinkSelection.LEADER;
    }

    @Override
    public ActiveFault resolve(String id, List<String> cluster, @Nullable String leader) {
      LinkState state = LinkState.lossy(stallProbability, stall, resetEvery);
      return Choices.onLinks(id, this, links, cluster, leader, state);
    }

    @Override
    public void check(List<String> cluster) {
      Choices.check(this, links, cluster);
    }
  }

  /**
   * Connections are reset every so often.
   *
   * @param links which links
   * @param nodes the node drawn for {@link LinkSelection#ONE}; else empty
   * @param resetEvery how often, more than zero
   */
  record Reset(LinkSelection links, List<String> nodes, Duration resetEvery) implements Fault {
    public Reset {
      nodes = List.copyOf(nodes);
      Choices.positive("resetEvery", resetEvery);
    }

    @Override
    public FaultKind kind() {
      return FaultKind.RESET;
    }

    @Override
    public String variant() {
      return links.word();
    }

    @Override
    public boolean needsLeader() {
      return links == LinkSelection.LEADER;
    }

    @Override
    public ActiveFault resolve(String id, List<String> cluster, @Nullable String leader) {
      LinkState state = LinkState.resetting(resetEvery);
      return Choices.onLinks(id, this, links, cluster, leader, state);
    }

    @Override
    public void check(List<String> cluster) {
      Choices.check(this, links, cluster);
    }
  }

  /** Returns every link of a cluster. */
  static List<Link> allLinks(List<String> cluster) {
    List<Link> links = new ArrayList<>();
    for (String from : cluster) {
      for (String to : cluster) {
        if (!from.equals(to)) {
          links.add(new Link(from, to));
        }
      }
    }
    return links;
  }
}

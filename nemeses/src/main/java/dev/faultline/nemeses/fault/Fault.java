package dev.faultline.nemeses.fault;

import dev.faultline.nemeses.Link;
import dev.faultline.nemeses.LinkState;
import dev.faultline.nemeses.PlanException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One thing to break, every random choice made: which node, which group, how slow.
 *
 * <p>Only "the leader" is left open until the fault strikes; {@link #resolve} then gives the {@link
 * ActiveFault} whose links and nodes are known. Immutable.
 */
public sealed interface Fault permits Fault.Partition, NodeFault, LinkFault {

  /** Returns the family that this fault belongs to. */
  FaultKind kind();

  /** Returns what the user's name says beyond the kind: {@code leader}, {@code bridge}… */
  String variant();

  /** Tells whether the leader must be known for the fault to strike. */
  boolean needsLeader();

  /** Returns the nodes that were drawn; what they mean depends on the variant. */
  List<String> nodes();

  /** Returns how its effect is observed. */
  Symptom symptom();

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
    public Symptom symptom() {
      return new Symptom.Silence();
    }

    @Override
    public ActiveFault resolve(String id, List<String> cluster, @Nullable String leader) {
      List<String> chosen = needsLeader() ? List.of(Choices.known(leader)) : nodes;
      Map<Link, LinkState> links = new LinkedHashMap<>();
      shape.cuts(cluster, chosen).forEach(link -> links.put(link, LinkState.CUT));
      return ActiveFault.onLinks(id, this, chosen, links);
    }

    @Override
    public void check(List<String> cluster) {
      Choices.check(this, shape, cluster);
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

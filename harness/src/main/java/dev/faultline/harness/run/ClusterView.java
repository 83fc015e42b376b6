package dev.faultline.harness.run;

import dev.faultline.nemeses.NodeStatus;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What the nodes that answered said at one moment.
 *
 * @param statuses one for each node that answered, in no particular order
 */
record ClusterView(List<NodeStatus> statuses) {

  ClusterView {
    statuses = List.copyOf(statuses);
  }

  static ClusterView of(Collection<NodeStatus> statuses) {
    return new ClusterView(List.copyOf(statuses));
  }

  /** Returns the node that claims to lead; of several, the one in the highest term. */
  Optional<NodeStatus> leader() {
    return statuses.stream()
        .filter(NodeStatus::claimsLeadership)
        .max(Comparator.comparingLong(NodeStatus::term));
  }

  /** Returns the highest log index that anybody knows to be committed. */
  long highestCommit() {
    return statuses.stream().mapToLong(NodeStatus::commitIndex).max().orElse(0);
  }

  /**
   * Tells whether {@code nodes} nodes answered, follow one leader, and have all applied {@code
   * index}.
   */
  boolean isLevelAt(long index, int nodes) {
    return statuses.size() == nodes
        && leader().isPresent()
        && astray().isEmpty()
        && statuses.stream().allMatch(status -> status.appliedIndex() >= index);
  }

  /** Returns the nodes that follow somebody else than the leader, or nobody. */
  private List<NodeStatus> astray() {
    String leads = leader().map(NodeStatus::node).orElse("");
    return statuses.stream().filter(status -> !leads.equals(status.leader())).toList();
  }

  /** Says what is still missing for {@link #isLevelAt}, for people. */
  String missing(long index, List<String> nodes) {
    List<String> silent =
        nodes.stream()
            .filter(node -> statuses.stream().noneMatch(status -> status.node().equals(node)))
            .toList();
    if (!silent.isEmpty()) {
      return "no answer from " + String.join(", ", silent);
    }
    if (leader().isEmpty()) {
      return "no node leads";
    }
    if (!astray().isEmpty()) {
      return leader().get().node()
          + " leads, but not for "
          + String.join(", ", astray().stream().map(NodeStatus::node).toList());
    }
    return "applied indexes below "
        + index
        + ": "
        + String.join(
            ", ",
            statuses.stream()
                .filter(status -> status.appliedIndex() < index)
                .map(status -> status.node() + " at " + status.appliedIndex())
                .toList());
  }
}

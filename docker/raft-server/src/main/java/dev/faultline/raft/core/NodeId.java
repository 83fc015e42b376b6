package dev.faultline.raft.core;

/**
 * A member of the cluster.
 *
 * @param name its name, unique in the cluster, such as {@code n1}
 */
public record NodeId(String name) implements Comparable<NodeId> {

  @Override
  public int compareTo(NodeId other) {
    return name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return name;
  }
}

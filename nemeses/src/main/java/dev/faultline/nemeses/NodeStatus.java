package dev.faultline.nemeses;

import org.jspecify.annotations.Nullable;

/**
 * What a node says of itself.
 *
 * @param node the node's name
 * @param leader the name of the node that it takes for the leader, or null
 * @param term its current term
 * @param commitIndex the highest log index that it knows to be committed
 * @param appliedIndex the highest log index that its state machine has applied
 */
public record NodeStatus(
    String node, @Nullable String leader, long term, long commitIndex, long appliedIndex) {

  /** Tells whether the node says that it leads itself. */
  public boolean claimsLeadership() {
    return node.equals(leader);
  }
}

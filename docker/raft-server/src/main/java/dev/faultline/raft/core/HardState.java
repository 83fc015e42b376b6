package dev.faultline.raft.core;

import org.jspecify.annotations.Nullable;

/**
 * What must be durable before a node speaks of it (paper, figure 2).
 *
 * @param term the latest term the node has seen
 * @param votedFor whom it voted for in that term, or null
 */
public record HardState(long term, @Nullable NodeId votedFor) {

  /** The state of a node that never ran. */
  public static final HardState INITIAL = new HardState(0, null);
}

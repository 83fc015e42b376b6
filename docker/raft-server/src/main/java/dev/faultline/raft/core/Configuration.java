package dev.faultline.raft.core;

import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Who takes part in decisions.
 *
 * @param voters the nodes that vote and are counted, in order
 */
public record Configuration(SortedSet<NodeId> voters) {

  public Configuration {
    voters = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(voters));
  }

  /** Returns how many voters make a majority. */
  public int quorum() {
    return voters.size() / 2 + 1;
  }
}

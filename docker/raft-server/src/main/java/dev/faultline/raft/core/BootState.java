package dev.faultline.raft.core;

import java.util.List;

/**
 * What a node finds on its disk when it starts.
 *
 * @param hardState the durable term and vote
 * @param log every durable entry, without gaps, from index 1
 * @param incarnation how often this node has been started, this time included; durable before the
 *     core is made
 */
public record BootState(HardState hardState, List<Entry> log, long incarnation) {

  public BootState {
    log = List.copyOf(log);
  }
}

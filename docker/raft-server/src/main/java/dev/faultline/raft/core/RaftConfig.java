package dev.faultline.raft.core;

import java.time.Duration;

/**
 * The parameters of consensus.
 *
 * @param heartbeat how often a leader speaks to a follower that it has nothing to tell
 * @param electionTimeout the least time without a leader after which a follower stands; the
 *     randomised timeout lies between this and twice this
 * @param maxBatchBytes the most bytes of entries in one append request, unless it has only one
 * @param maxInflight the most append requests under way to one follower
 * @param requestTimeout how long a proposal or a read is kept before it is given up
 */
public record RaftConfig(
    Duration heartbeat,
    Duration electionTimeout,
    int maxBatchBytes,
    int maxInflight,
    Duration requestTimeout) {

  /** etcd's timing: heartbeats every 100 ms, elections after 1 s. */
  public static RaftConfig standard() {
    return new RaftConfig(
        Duration.ofMillis(100), Duration.ofSeconds(1), 1 << 20, 256, Duration.ofSeconds(7));
  }
}

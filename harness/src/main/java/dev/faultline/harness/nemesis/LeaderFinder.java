package dev.faultline.harness.nemesis;

import dev.faultline.nemeses.Cluster;
import dev.faultline.nemeses.NodeStatus;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who leads, by asking every node at once. Of several that claim to lead the one in the
 * highest term is believed: the others do not know yet that they have been replaced. The answer is
 * given as soon as a majority has spoken and none of them knows a later term, for a node that is
 * stopped would keep a fault waiting that is to strike milliseconds after an election.
 */
final class LeaderFinder {

  private final Cluster cluster;
  private final Calls calls;
  private final Duration deadline;

  LeaderFinder(Cluster cluster, Calls calls, Duration deadline) {
    this.cluster = cluster;
    this.calls = calls;
    this.deadline = deadline;
  }

  /** Asks once; tells null if nobody claims to lead. */
  void find(Consumer<@Nullable NodeStatus> then) {
    Poll poll = new Poll(cluster.nodes().size(), then);
    for (String node : cluster.nodes()) {
      calls.call(() -> cluster.status(node), deadline, (status, _) -> poll.answered(status));
    }
  }

  private static final class Poll {
    private final int nodes;
    private final Consumer<@Nullable NodeStatus> then;
    private int answers;
    private int statuses;
    private long highestTerm = Long.MIN_VALUE;
    private boolean told;
    private @Nullable NodeStatus leader;

    Poll(int nodes, Consumer<@Nullable NodeStatus> then) {
      this.nodes = nodes;
      this.then = then;
    }

    void answered(@Nullable NodeStatus status) {
      answers++;
      if (status != null) {
        statuses++;
        highestTerm = Math.max(highestTerm, status.term());
        if (status.claimsLeadership() && (leader == null || status.term() > leader.term())) {
          leader = status;
        }
      }
      boolean sure = leader != null && leader.term() >= highestTerm && statuses > nodes / 2;
      if (!told && (sure || answers == nodes)) {
        told = true;
        then.accept(leader);
      }
    }
  }
}

package dev.faultline.raft.core;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a leader knows besides what every node knows; made anew for each term that it leads. */
final class LeaderState {

  private final int quorum;
  private final boolean selfVotes;
  private final Map<NodeId, Progress> followers = new TreeMap<>();
  private final ReadRounds reads = new ReadRounds();
  private long heartbeatDeadlineNanos;
  private long quorumCheckNanos;

  LeaderState(Replica replica) {
    Configuration configuration = replica.configuration();
    quorum = configuration.quorum();
    selfVotes = configuration.voters().contains(replica.self());
    for (NodeId voter : configuration.voters()) {
      if (!voter.equals(replica.self())) {
        followers.put(voter, new Progress(replica.log().lastIndex() + 1, replica.nowNanos()));
      }
    }
  }

  Map<NodeId, Progress> followers() {
    return followers;
  }

  @Nullable Progress progress(NodeId follower) {
    return followers.get(follower);
  }

  ReadRounds reads() {
    return reads;
  }

  long heartbeatDeadlineNanos() {
    return heartbeatDeadlineNanos;
  }

  void heartbeatDueAt(long deadlineNanos) {
    heartbeatDeadlineNanos = deadlineNanos;
  }

  /** When to look again whether a quorum is still heard; never later than the truth. */
  long quorumCheckNanos() {
    return quorumCheckNanos;
  }

  void quorumCheckDueAt(long deadlineNanos) {
    quorumCheckNanos = deadlineNanos;
  }

  /** Returns the highest index that a quorum has on disk, {@code ownDurableIndex} counted in. */
  long quorumMatchIndex(long ownDurableIndex) {
    long[] values = new long[followers.size() + 1];
    int i = 0;
    for (Progress progress : followers.values()) {
      values[i++] = progress.matchIndex();
    }
    return quorumValue(values, i, ownDurableIndex);
  }

  /** Returns the latest round that a quorum has answered. */
  long quorumRound() {
    long[] values = new long[followers.size() + 1];
    int i = 0;
    for (Progress progress : followers.values()) {
      values[i++] = progress.ackedRound();
    }
    return quorumValue(values, i, reads.round());
  }

  /** Returns the latest time since which a quorum has been heard. */
  long quorumHeardNanos(long nowNanos) {
    long[] values = new long[followers.size() + 1];
    int i = 0;
    for (Progress progress : followers.values()) {
      values[i++] = progress.heardNanos();
    }
    return quorumValue(values, i, nowNanos);
  }

  /** Returns the highest value that a quorum has reached, the leader's own one counted in. */
  private long quorumValue(long[] values, int count, long own) {
    int size = count;
    if (selfVotes) {
      values[size++] = own;
    }
    Arrays.sort(values, 0, size);
    return values[size - quorum];
  }
}

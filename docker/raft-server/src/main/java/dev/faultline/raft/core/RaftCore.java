package dev.faultline.raft.core;

import java.util.List;

/**
 * Raft for one node: a state machine from inputs to effects. Not thread-safe; owned by one thread.
 *
 * <p>Deterministic: the same boot state and the same sequence of steps give the same effects.
 */
public final class RaftCore {

  /** Makes the core of node {@code self}, as a follower. */
  public RaftCore(
      NodeId self,
      Configuration configuration,
      RaftConfig config,
      RaftPolicy policy,
      BootState boot,
      long nowNanos,
      long entropy) {}

  /**
   * Takes one input and returns what has to be done.
   *
   * @param nowNanos the time, from a monotonic clock
   * @param entropy 64 random bits, fresh for every call; the only source of jitter
   */
  public List<Effect> step(Input input, long nowNanos, long entropy) {
    return List.of();
  }

  /**
   * Takes several inputs as one step, in order: what they lead to is persisted and sent in common,
   * so that a shell that drains its queue gets group commit and full append requests for free.
   */
  public List<Effect> step(List<Input> inputs, long nowNanos, long entropy) {
    return List.of();
  }

  /** Returns how the node stands. */
  public RaftStatus status() {
    throw new IllegalStateException("not started");
  }

  /** Returns the time at which the next {@link Input.Tick} is due. */
  public long nextDeadlineNanos() {
    return Long.MAX_VALUE;
  }
}

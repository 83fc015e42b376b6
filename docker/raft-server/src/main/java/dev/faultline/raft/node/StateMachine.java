package dev.faultline.raft.node;

/**
 * What a committed log is applied to. Deterministic: the same commands in the same order give the
 * same results.
 *
 * <p>{@link #apply} and {@link #skip} are called by one thread, in log order; {@link #preview} by
 * the same thread.
 *
 * @param <R> what a command results in
 */
public interface StateMachine<R> {

  /** Applies the command of log entry {@code index} and returns its result. */
  R apply(long index, long term, byte[] command);

  /** Notes that log entry {@code index} changes nothing. */
  void skip(long index, long term);

  /** Returns what {@code command} would result in if it were applied now; changes nothing. */
  R preview(byte[] command);
}

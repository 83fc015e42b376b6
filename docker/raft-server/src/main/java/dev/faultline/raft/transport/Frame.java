package dev.faultline.raft.transport;

import dev.faultline.raft.core.Message;

/** One unit on an established connection. */
sealed interface Frame {

  /**
   * Asks the acceptor to answer once it has read all of this.
   *
   * @param token means something to the dialler only
   * @param paddingBytes how many zeros follow, to see how long so many take
   */
  record Ping(long token, int paddingBytes) implements Frame {}

  /** Answers a {@link Ping}. */
  record Pong(long token) implements Frame {}

  /** Carries a message of consensus. */
  record Carry(Message message) implements Frame {}
}

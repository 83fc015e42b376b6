package dev.faultline.raft.transport;

import dev.faultline.raft.core.Message;

/** One unit on an established connection. */
sealed interface Frame {

  /** Asks the acceptor to answer; {@code token} means something to the dialler only. */
  record Ping(long token) implements Frame {}

  /** Answers a {@link Ping}. */
  record Pong(long token) implements Frame {}

  /** Carries a message of consensus. */
  record Carry(Message message) implements Frame {}
}

package dev.faultline.raft.core;

/** Something that happened to a node. */
public sealed interface Input {

  /** Time has passed; {@link RaftCore#nextDeadlineNanos()} says when this is due. */
  record Tick() implements Input {}

  /** A message arrived. */
  record Receive(NodeId from, Message message) implements Input {}

  /**
   * A client of this node proposes a command.
   *
   * @param sequence names it among the proposals of this incarnation; grows by one with each, from
   *     1
   */
  @SuppressWarnings(
      "ArrayRecordComponent") // Opaque bytes are handed through; nobody compares inputs.
  record Propose(long sequence, byte[] command) implements Input {}

  /**
   * A client of this node wants to read linearizably.
   *
   * @param token names the read; never used twice by one incarnation
   */
  record Read(long token) implements Input {}

  /**
   * Everything up to and including the {@link Effect.Persist} of this {@code sequence} is durable.
   */
  record Persisted(long sequence) implements Input {}
}

package dev.faultline.raft.node;

import dev.faultline.raft.core.Message;
import dev.faultline.raft.core.NodeId;
import java.util.concurrent.CompletableFuture;

/**
 * Something that waits for the raft loop.
 *
 * @param <R> what a command results in
 */
sealed interface Event<R> {

  /** A peer's message arrived. */
  record Arrived<R>(NodeId from, Message message, long sizeBytes) implements Event<R> {}

  /** A client proposes. */
  @SuppressWarnings("ArrayRecordComponent") // Handed through; nobody compares events.
  record Proposed<R>(byte[] command, CompletableFuture<R> answer) implements Event<R> {}

  /** A client reads. */
  record ReadAsked<R>(CompletableFuture<Long> answer) implements Event<R> {}

  /** The disk has everything up to this sequence. */
  record Persisted<R>(long sequence) implements Event<R> {}
}

package dev.faultline.raft.node;

import dev.faultline.raft.core.RaftStatus;
import java.util.concurrent.CompletionStage;

/**
 * A running Raft node as its API layer sees it. Safe for use by several threads; nothing blocks.
 *
 * @param <R> what a command results in
 */
public interface RaftNode<R> {

  /**
   * Proposes {@code command}; completes with its result once it is applied here, or with a {@link
   * ProposalDroppedException}. Stages complete on the node's own thread: continuations must be
   * short.
   */
  CompletionStage<R> propose(byte[] command);

  /**
   * Completes with an index once everything up to it is applied here, the index being at least what
   * was committed anywhere when this was called (thesis, section 6.4); or with a {@link
   * ReadDroppedException}.
   */
  CompletionStage<Long> readIndex();

  /** Returns how the node stood a moment ago. */
  RaftStatus status();
}

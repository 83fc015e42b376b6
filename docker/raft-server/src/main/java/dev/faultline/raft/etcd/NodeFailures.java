package dev.faultline.raft.etcd;

import dev.faultline.raft.core.RaftStatus;
import dev.faultline.raft.node.ProposalDroppedException;
import dev.faultline.raft.node.ReadDroppedException;
import java.util.concurrent.CompletionException;

/**
 * Says in etcd's words why a node gave something up. Only a proposal that certainly never takes
 * effect may be answered with another code than UNAVAILABLE.
 */
final class NodeFailures {

  /** What a node says that has no room for another proposal. */
  private static final String TOO_MANY_REQUESTS = "too many requests";

  /** What a node says that ends. */
  private static final String STOPPED = "the node has stopped";

  private NodeFailures() {}

  static CompletionException ofProposal(Throwable failure) {
    Throwable cause = unwrapped(failure);
    if (!(cause instanceof ProposalDroppedException dropped)) {
      return new CompletionException(cause);
    }
    if (!dropped.isDefinite()) {
      return answer(STOPPED.equals(dropped.getMessage()) ? EtcdError.STOPPED : EtcdError.TIMEOUT);
    }
    return answer(
        switch (String.valueOf(dropped.getMessage())) {
          case TOO_MANY_REQUESTS -> EtcdError.TOO_MANY_REQUESTS;
          case STOPPED -> EtcdError.STOPPED;
          default -> EtcdError.NOT_LEADER;
        });
  }

  /** A read changes nothing, so that any answer is true; this one helps most. */
  static CompletionException ofRead(Throwable failure, RaftStatus status) {
    Throwable cause = unwrapped(failure);
    if (!(cause instanceof ReadDroppedException dropped)) {
      return new CompletionException(cause);
    }
    return answer(
        switch (String.valueOf(dropped.getMessage())) {
          case TOO_MANY_REQUESTS -> EtcdError.TOO_MANY_REQUESTS;
          case STOPPED -> EtcdError.STOPPED;
          default -> status.leader() == null ? EtcdError.NO_LEADER : EtcdError.TIMEOUT;
        });
  }

  private static CompletionException answer(EtcdError error) {
    return new CompletionException(error.exception());
  }

  private static Throwable unwrapped(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }
}

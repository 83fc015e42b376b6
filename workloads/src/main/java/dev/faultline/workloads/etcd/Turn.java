package dev.faultline.workloads.etcd;

import dev.faultline.workloads.client.Operation;
import dev.faultline.workloads.client.Outcome;

/** How an operation goes on after its first reply. */
public sealed interface Turn {

  /** It is over. */
  record Over(Outcome outcome) implements Turn {}

  /**
   * A transaction has read and is now to write.
   *
   * @param transaction the transaction
   * @param seen what it read
   * @param request what it sends next
   */
  record Next(Operation.Transaction transaction, EtcdReply.Seen seen, EtcdRequest request)
      implements Turn {

    /** Returns what the reply to {@link #request} says of the transaction. */
    public Outcome outcome(EtcdReply reply) {
      return switch (reply) {
        case EtcdReply.Swapped(long revision) ->
            TransactionMapping.written(transaction, seen, revision);
        case EtcdReply.Changed(long revision) -> TransactionMapping.refused(revision);
        case EtcdReply.Ranged _, EtcdReply.PutDone _, EtcdReply.Refused _, EtcdReply.Seen _ ->
            throw new IllegalArgumentException("no reply to a write of a transaction: " + reply);
      };
    }
  }
}

package dev.faultline.raft.etcd;

import io.etcd.jetcd.api.DeleteRangeResponse;
import io.etcd.jetcd.api.PutResponse;
import io.etcd.jetcd.api.TxnResponse;

/**
 * What a command came to. In the headers only the revision is set: the rest belongs to the node
 * that answers.
 */
public sealed interface CommandResult {

  /** A key was written. */
  record Put(PutResponse response) implements CommandResult {}

  /** Keys were deleted. */
  record DeleteRange(DeleteRangeResponse response) implements CommandResult {}

  /** A transaction was carried out. */
  record Txn(TxnResponse response) implements CommandResult {}

  /** The command was refused when its turn came, and changed nothing. */
  record Refused(EtcdError error) implements CommandResult {}
}

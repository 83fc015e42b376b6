package dev.faultline.raft.etcd;

import dev.faultline.raft.kv.Bytes;
import dev.faultline.raft.kv.KeyRange;
import io.etcd.jetcd.api.DeleteRangeRequest;
import io.etcd.jetcd.api.RequestOp;
import io.etcd.jetcd.api.TxnRequest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The keys that a list of operations writes, gathered in order to refuse a transaction that writes
 * one key twice: all its writes share one revision, so it could not say which came last.
 *
 * <p>The rule is etcd's. No two puts of one key; no put of a key that is deleted on the same level
 * or further in. The branches of a nested transaction exclude each other, so both may put the same
 * key. Two deletions may overlap.
 */
final class TxnKeys {

  private final Set<Bytes> puts = new HashSet<>();
  private final List<KeyRange> deletes = new ArrayList<>();

  private TxnKeys() {}

  static void check(TxnRequest request) throws EtcdException {
    of(request.getSuccessList());
    of(request.getFailureList());
  }

  private static TxnKeys of(List<RequestOp> ops) throws EtcdException {
    TxnKeys keys = new TxnKeys();
    for (RequestOp op : ops) {
      if (op.hasRequestDeleteRange()) {
        DeleteRangeRequest delete = op.getRequestDeleteRange();
        keys.deletes.add(Protos.range(delete.getKey(), delete.getRangeEnd()));
      }
    }
    for (RequestOp op : ops) {
      if (op.hasRequestTxn()) {
        keys.addNested(op.getRequestTxn());
      }
    }
    for (RequestOp op : ops) {
      if (op.hasRequestPut()) {
        keys.addPut(Protos.bytes(op.getRequestPut().getKey()));
      }
    }
    return keys;
  }

  private void addNested(TxnRequest nested) throws EtcdException {
    TxnKeys success = of(nested.getSuccessList());
    TxnKeys failure = of(nested.getFailureList());
    Set<Bytes> either = new HashSet<>(success.puts);
    either.addAll(failure.puts);
    for (Bytes key : either) {
      addPut(key);
    }
    deletes.addAll(success.deletes);
    deletes.addAll(failure.deletes);
  }

  private void addPut(Bytes key) throws EtcdException {
    if (!puts.add(key) || deletes.stream().anyMatch(range -> range.contains(key))) {
      throw EtcdError.DUPLICATE_KEY.exception();
    }
  }
}

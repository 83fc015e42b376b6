package dev.faultline.raft.etcd;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import io.etcd.jetcd.api.Compare;
import io.etcd.jetcd.api.DeleteRangeRequest;
import io.etcd.jetcd.api.PutRequest;
import io.etcd.jetcd.api.RangeRequest;
import io.etcd.jetcd.api.RequestOp;
import io.etcd.jetcd.api.TxnRequest;
import java.util.List;

/**
 * What can be said against a request by looking at it alone. A request that fails here is never
 * proposed.
 */
final class RequestChecks {

  /** etcd's default of {@code --max-request-bytes}. */
  static final int MAX_REQUEST_BYTES = 3 * 512 * 1024;

  /** etcd's default of {@code --max-txn-ops}. */
  static final int MAX_TXN_OPS = 128;

  private RequestChecks() {}

  static void check(RangeRequest request) throws EtcdException {
    checkKey(request.getKey());
    if (request.getSortOrder() == RangeRequest.SortOrder.UNRECOGNIZED
        || request.getSortTarget() == RangeRequest.SortTarget.UNRECOGNIZED) {
      throw EtcdError.INVALID_SORT_OPTION.exception();
    }
  }

  static void check(PutRequest request) throws EtcdException {
    checkKey(request.getKey());
    if (request.getIgnoreValue() && !request.getValue().isEmpty()) {
      throw EtcdError.VALUE_PROVIDED.exception();
    }
    if (request.getIgnoreLease() && request.getLease() != 0) {
      throw EtcdError.LEASE_PROVIDED.exception();
    }
  }

  static void check(DeleteRangeRequest request) throws EtcdException {
    checkKey(request.getKey());
  }

  static void check(TxnRequest request) throws EtcdException {
    check(request, MAX_TXN_OPS);
    TxnKeys.check(request);
  }

  static void checkSize(MessageLite request) throws EtcdException {
    if (request.getSerializedSize() > MAX_REQUEST_BYTES) {
      throw EtcdError.REQUEST_TOO_LARGE.exception();
    }
  }

  /**
   * Checks a transaction and those inside it. As in etcd, the longest of its three lists counts,
   * and what it leaves of the allowance is what each nested transaction may use: so nesting is
   * bounded.
   */
  private static void check(TxnRequest request, int allowedOps) throws EtcdException {
    int ops =
        Math.max(
            request.getCompareCount(),
            Math.max(request.getSuccessCount(), request.getFailureCount()));
    if (ops > allowedOps) {
      throw EtcdError.TOO_MANY_OPS.exception();
    }
    for (Compare compare : request.getCompareList()) {
      checkKey(compare.getKey());
    }
    checkAll(request.getSuccessList(), allowedOps - ops);
    checkAll(request.getFailureList(), allowedOps - ops);
  }

  private static void checkAll(List<RequestOp> ops, int allowedOps) throws EtcdException {
    for (RequestOp op : ops) {
      switch (op.getRequestCase()) {
        case REQUEST_RANGE -> check(op.getRequestRange());
        case REQUEST_PUT -> check(op.getRequestPut());
        case REQUEST_DELETE_RANGE -> check(op.getRequestDeleteRange());
        case REQUEST_TXN -> check(op.getRequestTxn(), allowedOps);
        // An empty operation; the odd text is etcd's.
        case REQUEST_NOT_SET -> throw EtcdError.KEY_NOT_FOUND.exception();
      }
    }
  }

  private static void checkKey(ByteString key) throws EtcdException {
    if (key.isEmpty()) {
      throw EtcdError.EMPTY_KEY.exception();
    }
  }
}

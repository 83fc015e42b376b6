package dev.faultline.raft.etcd;

import dev.faultline.raft.kv.Bytes;
import dev.faultline.raft.kv.KeyValue;
import dev.faultline.raft.kv.KvSnapshot;
import dev.faultline.raft.kv.KvTransaction;
import dev.faultline.raft.kv.KvView;
import io.etcd.jetcd.api.DeleteRangeRequest;
import io.etcd.jetcd.api.DeleteRangeResponse;
import io.etcd.jetcd.api.PutRequest;
import io.etcd.jetcd.api.PutResponse;
import io.etcd.jetcd.api.RangeRequest;
import io.etcd.jetcd.api.RangeResponse;
import io.etcd.jetcd.api.RequestOp;
import io.etcd.jetcd.api.ResponseHeader;
import io.etcd.jetcd.api.ResponseOp;
import io.etcd.jetcd.api.TxnRequest;
import io.etcd.jetcd.api.TxnResponse;
import java.util.ArrayList;
import java.util.List;

/**
 * Carries out requests within one transaction of the store. A request that is refused has written
 * nothing.
 *
 * <p>A transaction of requests goes in three steps, as in etcd: which branches are taken, those of
 * nested transactions included, is decided on the state before anything is written; then every
 * operation on those branches is checked; only then are they carried out, and nothing can go wrong
 * any more.
 */
final class Executor {

  private final KvTransaction transaction;
  private final KvSnapshot start;

  Executor(KvTransaction transaction) {
    this.transaction = transaction;
    this.start = transaction.start();
  }

  RangeResponse range(RangeRequest request) throws EtcdException {
    checkRevision(request);
    return readChecked(request);
  }

  PutResponse put(PutRequest request) throws EtcdException {
    checkLease(request);
    checkPrevious(request);
    return putChecked(request);
  }

  DeleteRangeResponse deleteRange(DeleteRangeRequest request) {
    List<KeyValue> deleted =
        transaction.deleteRange(Protos.range(request.getKey(), request.getRangeEnd()));
    DeleteRangeResponse.Builder response =
        DeleteRangeResponse.newBuilder().setHeader(header()).setDeleted(deleted.size());
    if (request.getPrevKv()) {
      deleted.forEach(gone -> response.addPrevKvs(Protos.keyValue(gone)));
    }
    return response.build();
  }

  TxnResponse txn(TxnRequest request) throws EtcdException {
    Branch branch = choose(request);
    check(branch);
    return carryOut(branch);
  }

  /** The operations of a transaction that its comparisons have chosen. */
  private record Branch(boolean succeeded, List<Step> steps) {}

  private sealed interface Step {

    record Plain(RequestOp op) implements Step {}

    record Nested(Branch branch) implements Step {}
  }

  private Branch choose(TxnRequest request) {
    boolean succeeded =
        request.getCompareList().stream().allMatch(compare -> new Comparison(compare).holds(start));
    List<Step> steps = new ArrayList<>();
    for (RequestOp op : succeeded ? request.getSuccessList() : request.getFailureList()) {
      steps.add(
          op.hasRequestTxn() ? new Step.Nested(choose(op.getRequestTxn())) : new Step.Plain(op));
    }
    return new Branch(succeeded, steps);
  }

  private void check(Branch branch) throws EtcdException {
    for (Step step : branch.steps()) {
      switch (step) {
        case Step.Nested(Branch nested) -> check(nested);
        case Step.Plain(RequestOp op) when op.hasRequestRange() ->
            checkRevision(op.getRequestRange());
        case Step.Plain(RequestOp op) when op.hasRequestPut() -> {
          checkPrevious(op.getRequestPut());
          checkLease(op.getRequestPut());
        }
        case Step.Plain _ -> {}
      }
    }
  }

  private TxnResponse carryOut(Branch branch) {
    TxnResponse.Builder response = TxnResponse.newBuilder().setSucceeded(branch.succeeded());
    for (Step step : branch.steps()) {
      response.addResponses(
          switch (step) {
            case Step.Nested(Branch nested) ->
                ResponseOp.newBuilder().setResponseTxn(carryOut(nested)).build();
            case Step.Plain(RequestOp op) -> carryOut(op);
          });
    }
    return response.setHeader(header()).build();
  }

  private ResponseOp carryOut(RequestOp op) {
    ResponseOp.Builder response = ResponseOp.newBuilder();
    return switch (op.getRequestCase()) {
      case REQUEST_RANGE -> response.setResponseRange(readChecked(op.getRequestRange())).build();
      case REQUEST_PUT -> response.setResponsePut(putChecked(op.getRequestPut())).build();
      case REQUEST_DELETE_RANGE ->
          response.setResponseDeleteRange(deleteRange(op.getRequestDeleteRange())).build();
      case REQUEST_TXN, REQUEST_NOT_SET ->
          throw new IllegalStateException("not a plain operation: " + op.getRequestCase());
    };
  }

  /** Only the newest revision is kept so far; within a transaction that is also its start. */
  private void checkRevision(RangeRequest request) throws EtcdException {
    long revision = request.getRevision();
    if (revision > start.revision()) {
      throw EtcdError.FUTURE_REVISION.exception();
    }
    if (revision > 0 && revision < start.revision()) {
      throw EtcdError.COMPACTED.exception();
    }
  }

  private RangeResponse readChecked(RangeRequest request) {
    KvView view = request.getRevision() > 0 ? start : transaction;
    RangeResponse response = new RangeReader(request).read(view);
    return view == transaction ? response : response.toBuilder().setHeader(header()).build();
  }

  private void checkPrevious(PutRequest request) throws EtcdException {
    boolean needsPrevious = request.getIgnoreValue() || request.getIgnoreLease();
    if (needsPrevious && start.get(Protos.bytes(request.getKey())) == null) {
      throw EtcdError.KEY_NOT_FOUND.exception();
    }
  }

  private void checkLease(PutRequest request) throws EtcdException {
    if (request.getLease() != 0) {
      throw EtcdError.LEASE_NOT_FOUND.exception();
    }
  }

  private PutResponse putChecked(PutRequest request) {
    Bytes key = Protos.bytes(request.getKey());
    KeyValue previous = transaction.get(key);
    Bytes value =
        request.getIgnoreValue() && previous != null
            ? previous.value()
            : Protos.bytes(request.getValue());
    transaction.put(key, value);
    PutResponse.Builder response = PutResponse.newBuilder().setHeader(header());
    if (request.getPrevKv() && previous != null) {
      response.setPrevKv(Protos.keyValue(previous));
    }
    return response.build();
  }

  private ResponseHeader header() {
    return ResponseHeader.newBuilder().setRevision(transaction.revision()).build();
  }
}

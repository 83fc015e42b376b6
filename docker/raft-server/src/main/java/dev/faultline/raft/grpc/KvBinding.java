package dev.faultline.raft.grpc;

import dev.faultline.raft.etcd.EtcdService;
import io.etcd.jetcd.api.DeleteRangeRequest;
import io.etcd.jetcd.api.DeleteRangeResponse;
import io.etcd.jetcd.api.KVGrpc;
import io.etcd.jetcd.api.PutRequest;
import io.etcd.jetcd.api.PutResponse;
import io.etcd.jetcd.api.RangeRequest;
import io.etcd.jetcd.api.RangeResponse;
import io.etcd.jetcd.api.TxnRequest;
import io.etcd.jetcd.api.TxnResponse;
import io.grpc.stub.StreamObserver;

/** The service {@code etcdserverpb.KV}. */
final class KvBinding extends KVGrpc.KVImplBase {

  private final EtcdService service;

  KvBinding(EtcdService service) {
    this.service = service;
  }

  @Override
  public void range(RangeRequest request, StreamObserver<RangeResponse> client) {
    Call.answer(request, client, service::range);
  }

  @Override
  public void put(PutRequest request, StreamObserver<PutResponse> client) {
    Call.answer(request, client, service::put);
  }

  @Override
  public void deleteRange(DeleteRangeRequest request, StreamObserver<DeleteRangeResponse> client) {
    Call.answer(request, client, service::deleteRange);
  }

  @Override
  public void txn(TxnRequest request, StreamObserver<TxnResponse> client) {
    Call.answer(request, client, service::txn);
  }
}

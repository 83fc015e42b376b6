package dev.faultline.raft.grpc;

import dev.faultline.raft.etcd.EtcdService;
import io.etcd.jetcd.api.ClusterGrpc;
import io.etcd.jetcd.api.MemberListRequest;
import io.etcd.jetcd.api.MemberListResponse;
import io.grpc.stub.StreamObserver;

/** The service {@code etcdserverpb.Cluster}. */
final class ClusterBinding extends ClusterGrpc.ClusterImplBase {

  private final EtcdService service;

  ClusterBinding(EtcdService service) {
    this.service = service;
  }

  @Override
  public void memberList(MemberListRequest request, StreamObserver<MemberListResponse> client) {
    Call.answer(request, client, service::memberList);
  }
}

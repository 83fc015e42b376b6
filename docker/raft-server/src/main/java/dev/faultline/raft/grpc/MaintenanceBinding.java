package dev.faultline.raft.grpc;

import dev.faultline.raft.etcd.EtcdService;
import io.etcd.jetcd.api.AlarmRequest;
import io.etcd.jetcd.api.AlarmResponse;
import io.etcd.jetcd.api.MaintenanceGrpc;
import io.etcd.jetcd.api.StatusRequest;
import io.etcd.jetcd.api.StatusResponse;
import io.grpc.stub.StreamObserver;

/** The service {@code etcdserverpb.Maintenance}. */
final class MaintenanceBinding extends MaintenanceGrpc.MaintenanceImplBase {

  private final EtcdService service;

  MaintenanceBinding(EtcdService service) {
    this.service = service;
  }

  @Override
  public void status(StatusRequest request, StreamObserver<StatusResponse> client) {
    Call.answer(request, client, service::status);
  }

  @Override
  public void alarm(AlarmRequest request, StreamObserver<AlarmResponse> client) {
    Call.answer(request, client, service::alarm);
  }
}

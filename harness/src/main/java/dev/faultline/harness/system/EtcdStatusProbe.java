package dev.faultline.harness.system;

import com.google.common.util.concurrent.FutureCallback;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.MoreExecutors;
import dev.faultline.nemeses.NodeStatus;
import dev.faultline.workloads.client.ClientFactory;
import io.etcd.jetcd.api.ClusterGrpc;
import io.etcd.jetcd.api.MaintenanceGrpc;
import io.etcd.jetcd.api.MemberListRequest;
import io.etcd.jetcd.api.MemberListResponse;
import io.etcd.jetcd.api.StatusRequest;
import io.etcd.jetcd.api.StatusResponse;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Asks nodes that speak the etcd v3 API how they stand, by {@code Maintenance.Status}.
 *
 * <p>Every question goes over a connection of its own: one that was opened before a fault may be
 * stuck in TCP's back-off long after the fault has gone, and would tell of that rather than of the
 * node. ({@link ClientFactory} clients are renewed for the same reason.)
 */
final class EtcdStatusProbe implements SystemUnderTest.StatusProbe {

  private final Map<String, InetSocketAddress> endpoints;
  private final Map<Long, String> names = new ConcurrentHashMap<>();

  EtcdStatusProbe(Map<String, InetSocketAddress> endpoints) {
    this.endpoints = Map.copyOf(endpoints);
  }

  @Override
  public CompletionStage<NodeStatus> status(String node, Duration timeout) {
    InetSocketAddress endpoint = endpoints.get(node);
    if (endpoint == null) {
      return CompletableFuture.failedFuture(new IllegalArgumentException("no node " + node));
    }
    ManagedChannel channel =
        NettyChannelBuilder.forAddress(endpoint).usePlaintext().directExecutor().build();
    long millis = Math.max(1, timeout.toMillis());
    var maintenance =
        MaintenanceGrpc.newFutureStub(channel).withDeadlineAfter(millis, TimeUnit.MILLISECONDS);
    return stage(maintenance.status(StatusRequest.getDefaultInstance()))
        .thenCompose(status -> {
          names.put(status.getHeader().getMemberId(), node);
          return isKnown(status.getLeader())
              ? CompletableFuture.completedFuture(status)
              : learnNames(channel, millis).handle((_, _) -> status);
        })
        .thenApply(status -> toStatus(node, status))
        .whenComplete((_, _) -> channel.shutdownNow());
  }

  private boolean isKnown(long member) {
    return member == 0 || names.containsKey(member);
  }

  /** Asks for the members' names, which also tells that of a leader who has not answered yet. */
  private CompletionStage<MemberListResponse> learnNames(ManagedChannel channel, long millis) {
    var cluster =
        ClusterGrpc.newFutureStub(channel).withDeadlineAfter(millis, TimeUnit.MILLISECONDS);
    return stage(cluster.memberList(MemberListRequest.getDefaultInstance()))
        .thenApply(members -> {
          members.getMembersList().forEach(member -> names.put(member.getID(), member.getName()));
          return members;
        });
  }

  private NodeStatus toStatus(String node, StatusResponse status) {
    return new NodeStatus(
        node,
        names.get(status.getLeader()),
        status.getRaftTerm(),
        status.getRaftIndex(),
        status.getRaftAppliedIndex());
  }

  private static <T> CompletionStage<T> stage(ListenableFuture<T> future) {
    CompletableFuture<T> stage = new CompletableFuture<>();
    Futures.addCallback(
        future,
        new FutureCallback<T>() {
          @Override
          public void onSuccess(T result) {
            stage.complete(result);
          }

          @Override
          public void onFailure(Throwable t) {
            stage.completeExceptionally(t);
          }
        },
        MoreExecutors.directExecutor());
    return stage;
  }

  @Override
  public void close() {
    // Every question closes its own connection.
  }
}

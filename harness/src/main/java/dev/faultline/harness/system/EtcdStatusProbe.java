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
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

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
    return overFreshConnection(
        node,
        channel ->
            ask(channel, timeout)
                .thenCompose(status -> {
                  names.put(status.getHeader().getMemberId(), node);
                  return isKnown(status.getLeader())
                      ? CompletableFuture.completedFuture(status)
                      : learnNames(channel, timeout).handle((_, _) -> status);
                })
                .thenApply(status -> toStatus(node, status)));
  }

  /** An answer without a version is one of a server that only imitates etcd. */
  @Override
  public CompletionStage<Optional<String>> version(String node, Duration timeout) {
    return overFreshConnection(
        node,
        channel ->
            ask(channel, timeout)
                .thenApply(status ->
                    Optional.of(status.getVersion()).filter(version -> !version.isEmpty())));
  }

  private <T> CompletionStage<T> overFreshConnection(
      String node, Function<ManagedChannel, CompletionStage<T>> question) {
    InetSocketAddress endpoint = endpoints.get(node);
    if (endpoint == null) {
      return CompletableFuture.failedFuture(new IllegalArgumentException("no node " + node));
    }
    ManagedChannel channel =
        NettyChannelBuilder.forAddress(endpoint).usePlaintext().directExecutor().build();
    return question.apply(channel).whenComplete((_, _) -> channel.shutdownNow());
  }

  private static CompletionStage<StatusResponse> ask(ManagedChannel channel, Duration timeout) {
    return stage(
        MaintenanceGrpc.newFutureStub(channel)
            .withDeadlineAfter(millis(timeout), TimeUnit.MILLISECONDS)
            .status(StatusRequest.getDefaultInstance()));
  }

  private static long millis(Duration timeout) {
    return Math.max(1, timeout.toMillis());
  }

  private boolean isKnown(long member) {
    return member == 0 || names.containsKey(member);
  }

  /** Asks for the members' names, which also tells that of a leader who has not answered yet. */
  private CompletionStage<MemberListResponse> learnNames(ManagedChannel channel, Duration timeout) {
    var cluster =
        ClusterGrpc.newFutureStub(channel)
            .withDeadlineAfter(millis(timeout), TimeUnit.MILLISECONDS);
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

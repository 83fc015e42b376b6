package dev.faultline.workloads.jetcd;

import dev.faultline.workloads.etcd.CallFailure;
import dev.faultline.workloads.etcd.EtcdReply;
import dev.faultline.workloads.etcd.EtcdRequest;
import io.etcd.jetcd.api.KVGrpc;
import io.grpc.CallOptions;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One channel to one node. Each call is sent at most once and ends by its deadline. */
final class NodeConnection {

  /** How etcd's own errors begin; whoever got one has a connection that works. */
  private static final String SAID_BY_SERVER = "etcdserver:";

  private final ManagedChannel channel;
  private final Duration deadline;
  private volatile boolean suspect;

  /** Takes {@code channel} over and makes it connect. */
  NodeConnection(ManagedChannel channel, Duration deadline) {
    this.channel = channel;
    this.deadline = deadline;
    var _ = channel.getState(true);
  }

  /** Sends {@code request} once. The future completes normally, at the deadline at the latest. */
  CompletableFuture<Answer> send(EtcdRequest request) {
    return switch (request) {
      case EtcdRequest.Range range ->
          call(KVGrpc.getRangeMethod(), Messages.range(range), Messages::ranged);
      case EtcdRequest.Put put -> call(KVGrpc.getPutMethod(), Messages.put(put), Messages::put);
      case EtcdRequest.PutIfValue txn ->
          call(KVGrpc.getTxnMethod(), Messages.txn(txn), Messages::txn);
    };
  }

  /** Tells whether the next operation should rather go over a fresh connection. */
  boolean isSuspect() {
    return suspect || channel.getState(false) == ConnectivityState.TRANSIENT_FAILURE;
  }

  /** Closes the connection at once; calls under way fail. Idempotent. */
  void close() {
    channel.shutdownNow();
  }

  private <Q, R> CompletableFuture<Answer> call(
      MethodDescriptor<Q, R> method, Q request, Function<R, EtcdReply> reply) {
    WireWitness witness = new WireWitness();
    CallOptions options =
        CallOptions.DEFAULT
            .withDeadlineAfter(deadline.toNanos(), TimeUnit.NANOSECONDS)
            .withStreamTracerFactory(witness);
    CompletableFuture<R> response = new CompletableFuture<>();
    ClientCalls.asyncUnaryCall(
        channel.newCall(method, options), request, new ResponseObserver<>(response));
    return response.thenApply(reply).handle((answer, error) -> answer(answer, error, witness));
  }

  private Answer answer(@Nullable EtcdReply reply, @Nullable Throwable error, WireWitness witness) {
    if (reply != null) {
      return new Answer.Replied(reply);
    }
    CallFailure failure =
        failure(error instanceof CompletionException ? error.getCause() : error, witness);
    if (putsConnectionInDoubt(failure)) {
      suspect = true;
    }
    return new Answer.Failed(failure);
  }

  private static CallFailure failure(@Nullable Throwable error, WireWitness witness) {
    if (error instanceof StatusException || error instanceof StatusRuntimeException) {
      Status status = Status.fromThrowable(error);
      return new CallFailure(status.getCode().name(), describe(status), witness.sent());
    }
    // gRPC did not end this call; the reply could not be understood.
    return new CallFailure(Status.Code.UNKNOWN.name(), String.valueOf(error), true);
  }

  private static String describe(Status status) {
    String description = status.getDescription();
    Throwable cause = status.getCause();
    if (cause == null) {
      return description == null ? "" : description;
    }
    String detail =
        cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    return description == null ? detail : description + " (" + detail + ")";
  }

  private static boolean putsConnectionInDoubt(CallFailure failure) {
    boolean broken =
        failure.status().equals(Status.Code.UNAVAILABLE.name())
            && !failure.message().startsWith(SAID_BY_SERVER);
    boolean silent = failure.status().equals(Status.Code.DEADLINE_EXCEEDED.name());
    return broken || silent || !failure.sent();
  }

  /** Hands the one response of a unary call to a future. */
  private record ResponseObserver<R>(CompletableFuture<R> response) implements StreamObserver<R> {

    @Override
    public void onNext(R message) {
      response.complete(message);
    }

    @Override
    public void onError(Throwable error) {
      response.completeExceptionally(error);
    }

    @Override
    public void onCompleted() {
      // A unary call has completed the response by now, or fails it here.
      response.completeExceptionally(
          Status.INTERNAL.withDescription("the call ended without a response").asException());
    }
  }
}

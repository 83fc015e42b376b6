package dev.faultline.workloads.jetcd;

import dev.faultline.workloads.etcd.CallFailure;
import dev.faultline.workloads.etcd.EtcdReply;
import dev.faultline.workloads.etcd.EtcdRequest;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.KV;
import io.grpc.Deadline;
import io.grpc.Status;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One jetcd client of one node. Each call is made at most once and ends by its deadline. */
final class NodeConnection {

  /** How etcd's own errors begin; whoever got one has a connection that works. */
  private static final String SAID_BY_SERVER = "etcdserver:";

  private final Client client;
  private final KV kv;
  private final Executor caller;
  private final Duration deadline;
  private volatile boolean suspect;

  /**
   * Takes {@code client} over.
   *
   * @param client a client that {@link OneAttempt} watches
   * @param caller where calls begin, which may take a while if the connection is not up
   * @param deadline what a call has from its beginning to its end
   */
  NodeConnection(Client client, Executor caller, Duration deadline) {
    this.client = client;
    this.kv = client.getKVClient();
    this.caller = caller;
    this.deadline = deadline;
  }

  /** Sends {@code request} once. The future completes normally, at the deadline at the latest. */
  CompletableFuture<Answer> send(EtcdRequest request) {
    Attempt attempt = new Attempt(Deadline.after(deadline.toNanos(), TimeUnit.NANOSECONDS));
    return CompletableFuture.completedFuture(request)
        .thenComposeAsync(it -> attempt.makeWith(() -> Messages.send(kv, it)), caller)
        .handle((reply, error) -> answer(reply, error, attempt));
  }

  /** Tells whether the next operation should rather go over a fresh connection. */
  boolean isSuspect() {
    return suspect;
  }

  /** Closes the connection at once; calls under way fail. Idempotent. */
  void close() {
    client.close();
  }

  private Answer answer(@Nullable EtcdReply reply, @Nullable Throwable error, Attempt attempt) {
    if (reply != null) {
      return new Answer.Replied(reply);
    }
    CallFailure failure = failure(error, attempt);
    if (putsConnectionInDoubt(failure)) {
      suspect = true;
    }
    return new Answer.Failed(failure);
  }

  private static CallFailure failure(@Nullable Throwable error, Attempt attempt) {
    if (attempt.abandon()) {
      // It ended before jetcd came to call, as when the factory is closed already.
      return new CallFailure(Status.Code.CANCELLED.name(), String.valueOf(error), false);
    }
    Status end = attempt.end();
    if (end == null || end.isOk()) {
      // gRPC did not fail this call; the reply could not be understood.
      return new CallFailure(Status.Code.UNKNOWN.name(), String.valueOf(error), true);
    }
    return new CallFailure(end.getCode().name(), describe(end), attempt.sent());
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
}

package dev.faultline.raft.grpc;

import dev.faultline.raft.etcd.EtcdException;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers one unary call from the stage of its result. */
final class Call {

  private static final Logger LOG = LoggerFactory.getLogger(Call.class);

  private Call() {}

  /** Hands {@code request} to {@code service}, and what becomes of it to {@code client}. */
  static <Q, A> void answer(
      Q request, StreamObserver<A> client, Function<Q, CompletionStage<A>> service) {
    if (client instanceof ServerCallStreamObserver<A> call) {
      // With a handler set, answering a call that its client has given up is silent.
      call.setOnCancelHandler(() -> {});
    }
    Deadline deadline = Context.current().getDeadline();
    if (deadline != null && deadline.isExpired()) {
      client.onError(
          Status.DEADLINE_EXCEEDED
              .withDescription("context deadline exceeded")
              .asRuntimeException());
      return;
    }
    service
        .apply(request)
        .whenComplete((answer, failure) -> {
          if (failure == null) {
            client.onNext(answer);
            client.onCompleted();
          } else {
            client.onError(status(failure).asRuntimeException());
          }
        });
  }

  private static Status status(Throwable failure) {
    Throwable cause = causeOf(failure);
    if (cause instanceof EtcdException refused) {
      return Status.fromCodeValue(refused.error().codeNumber())
          .withDescription(refused.error().text());
    }
    LOG.error("a request failed for a reason that is no answer", failure);
    return Status.INTERNAL.withDescription("internal error: " + cause);
  }

  private static @Nullable Throwable causeOf(Throwable failure) {
    return failure instanceof CompletionException ? failure.getCause() : failure;
  }
}

package dev.faultline.workloads.jetcd;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;

/**
 * Lets through the one call that belongs to an {@link Attempt}, and none beside it.
 *
 * <p>jetcd learns of every failure as {@link #FAILED}, which it neither retries nor logs; the
 * attempt keeps what gRPC said. Should jetcd try again all the same, the call is answered here and
 * nothing is sent.
 */
final class OneAttempt implements ClientInterceptor {

  /** What jetcd is told of a failure: a status that is not on its lists of those to retry. */
  static final Status FAILED = Status.ABORTED.withDescription("the only attempt failed");

  /** What a call beside the attempt ends with. */
  static final Status VETOED = Status.ABORTED.withDescription("an operation has one attempt");

  private static final Status NO_RESPONSE =
      Status.INTERNAL.withDescription("the call ended without a response");

  @Override
  public <Q, R> ClientCall<Q, R> interceptCall(
      MethodDescriptor<Q, R> method, CallOptions options, Channel next) {
    return Attempt.take()
        .<ClientCall<Q, R>>map(
            attempt -> new WatchedCall<>(next.newCall(method, attempt.options(options)), attempt))
        .orElseGet(VetoedCall::new);
  }

  /** The call that is the attempt. */
  private static final class WatchedCall<Q, R> extends SimpleForwardingClientCall<Q, R> {

    private final Attempt attempt;

    WatchedCall(ClientCall<Q, R> call, Attempt attempt) {
      super(call);
      this.attempt = attempt;
    }

    @Override
    public void start(Listener<R> listener, Metadata headers) {
      super.start(new WatchedListener<>(listener, attempt), headers);
    }
  }

  /** Notes the end before jetcd hears of it. */
  private static final class WatchedListener<R> extends SimpleForwardingClientCallListener<R> {

    private final Attempt attempt;
    private boolean responded;

    WatchedListener(ClientCall.Listener<R> listener, Attempt attempt) {
      super(listener);
      this.attempt = attempt;
    }

    @Override
    public void onMessage(R message) {
      responded = true;
      super.onMessage(message);
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      // jetcd would wait for ever for the response of a call that ended well without one.
      Status end = status.isOk() && !responded ? NO_RESPONSE : status;
      attempt.ended(end);
      super.onClose(end.isOk() ? end : FAILED, trailers);
    }
  }

  /** A call that ends where it begins. */
  private static final class VetoedCall<Q, R> extends ClientCall<Q, R> {

    @Override
    public void start(Listener<R> listener, Metadata headers) {
      listener.onClose(VETOED, new Metadata());
    }

    @Override
    public void request(int messages) {}

    @Override
    public void cancel(@Nullable String message, @Nullable Throwable cause) {}

    @Override
    public void halfClose() {}

    @Override
    public void sendMessage(Q message) {}
  }
}

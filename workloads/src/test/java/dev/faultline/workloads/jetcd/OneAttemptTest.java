package dev.faultline.workloads.jetcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.common.util.concurrent.MoreExecutors;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.kv.GetResponse;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.Deadline;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OneAttemptTest {

  private static final ByteSequence KEY = ByteSequence.from("k7", StandardCharsets.UTF_8);
  private static final Status REFUSAL = Status.UNAVAILABLE.withDescription("etcdserver: no leader");

  private final ScriptedServer server = new ScriptedServer();
  private final AtomicInteger calls = new AtomicInteger();
  private final Client client =
      Client.builder()
          .endpoints("http://127.0.0.1:" + server.address().getPort())
          // The latter is the outer one: it stands between jetcd and ours.
          .interceptor(new OneAttempt(), new Provocation(calls))
          .executorService(MoreExecutors.newDirectExecutorService())
          .retryMaxAttempts(2)
          .retryDelay(1)
          .retryMaxDelay(2)
          .build();
  private final Attempt attempt = new Attempt(Deadline.after(20, TimeUnit.SECONDS));

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  @Test
  void jetcdsOwnFurtherAttemptSendsNothingAndTheFirstOneCounts() {
    server.answers(REFUSAL);

    CompletableFuture<GetResponse> read = attempt.makeWith(this::read);

    assertThat(end(read)).isEqualTo(OneAttempt.VETOED.getCode());
    assertThat(calls).as("calls that jetcd made").hasValue(2);
    assertThat(server.received()).as("attempts on the wire").hasSize(1);
    assertThat(attempt.end())
        .returns(REFUSAL.getCode(), Status::getCode)
        .returns(REFUSAL.getDescription(), Status::getDescription);
    assertThat(attempt.sent()).isTrue();
  }

  @Test
  void aSecondCallInOneAttemptSendsNothing() {
    assertThat(end(attempt.makeWith(this::read))).isEqualTo(Status.Code.OK);
    assertThat(end(attempt.makeWith(this::read))).isEqualTo(OneAttempt.VETOED.getCode());
    assertThat(server.received()).hasSize(1);
  }

  @Test
  void aCallOutsideOfEveryAttemptSendsNothing() {
    assertThat(end(read())).isEqualTo(OneAttempt.VETOED.getCode());
    assertThat(server.received()).isEmpty();
  }

  @Test
  void anAttemptWhoseTimeIsUpSendsNothing() {
    Attempt late = new Attempt(Deadline.after(-1, TimeUnit.SECONDS));

    assertThat(end(late.makeWith(this::read))).isEqualTo(OneAttempt.VETOED.getCode());
    assertThat(late.end()).returns(Status.Code.DEADLINE_EXCEEDED, Status::getCode);
    assertThat(late.sent()).isFalse();
    assertThat(server.received()).isEmpty();
  }

  private CompletableFuture<GetResponse> read() {
    return client.getKVClient().get(KEY);
  }

  private static Status.Code end(CompletableFuture<GetResponse> read) {
    Throwable error = catchThrowable(() -> read.orTimeout(60, TimeUnit.SECONDS).join());
    return error == null ? Status.Code.OK : Status.fromThrowable(error).getCode();
  }

  /** Counts calls and undoes what keeps jetcd from calling again: the disguise of failures. */
  private record Provocation(AtomicInteger calls) implements ClientInterceptor {

    @Override
    public <Q, R> ClientCall<Q, R> interceptCall(
        MethodDescriptor<Q, R> method, CallOptions options, Channel next) {
      calls.incrementAndGet();
      return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
        @Override
        public void start(Listener<R> listener, Metadata headers) {
          super.start(
              new SimpleForwardingClientCallListener<>(listener) {
                @Override
                public void onClose(Status status, Metadata trailers) {
                  boolean disguised =
                      Objects.equals(status.getDescription(), OneAttempt.FAILED.getDescription());
                  super.onClose(disguised ? REFUSAL : status, trailers);
                }
              },
              headers);
        }
      };
    }
  }
}

package dev.faultline.workloads.jetcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import dev.faultline.checkers.history.OperationError;
import dev.faultline.checkers.json.Json;
import dev.faultline.workloads.client.Client;
import dev.faultline.workloads.client.Operation;
import dev.faultline.workloads.client.Outcome;
import io.etcd.jetcd.api.Compare;
import io.etcd.jetcd.api.KeyValue;
import io.etcd.jetcd.api.PutRequest;
import io.etcd.jetcd.api.RangeRequest;
import io.etcd.jetcd.api.RangeResponse;
import io.etcd.jetcd.api.ResponseOp;
import io.etcd.jetcd.api.TxnRequest;
import io.etcd.jetcd.api.TxnResponse;
import io.grpc.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JetcdClientTest {

  private static final Operation READ = new Operation.Read("k7");
  private static final Operation WRITE = new Operation.Write("k7", 5);
  private static final Operation CAS = new Operation.CompareAndSet("k7", 3, 5);

  /** Long enough for any answer that comes at all, on a busy machine too. */
  private static final Duration LONG = Duration.ofSeconds(20);

  /** For calls that nothing but the deadline ends. */
  private static final Duration SHORT = Duration.ofMillis(200);

  /** One that opens, up to four that call, and Vert.x's: event loop, watchdog, one to spare. */
  private static final int MOST_THREADS = 8;

  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable resource : open.reversed()) {
      resource.close();
    }
  }

  @Test
  void readsLinearizably() {
    ScriptedServer server =
        server()
            .answers(
                RangeResponse.newBuilder()
                    .addKvs(
                        KeyValue.newBuilder()
                            .setValue(bytes("17"))
                            .setModRevision(40)
                            .setVersion(3)));

    Outcome outcome = invoke(client(server.address(), LONG), READ);

    assertThat(outcome)
        .isEqualTo(
            new Outcome.Ok(
                Json.of(17),
                new Json.Obj(
                    Map.of(
                        "revision", Json.of(ScriptedServer.REVISION),
                        "modRevision", Json.of(40),
                        "version", Json.of(3)))));
    assertThat(server.received())
        .containsExactly(RangeRequest.newBuilder().setKey(bytes("k7")).build());
  }

  @Test
  void writes() {
    ScriptedServer server = server();

    Outcome outcome = invoke(client(server.address(), LONG), WRITE);

    assertThat(((Outcome.Ok) outcome).value()).isEqualTo(Json.of(5));
    assertThat(server.received())
        .containsExactly(PutRequest.newBuilder().setKey(bytes("k7")).setValue(bytes("5")).build());
  }

  @Test
  void comparesTheValueAndSets() {
    ScriptedServer server = server().answers(TxnResponse.newBuilder().setSucceeded(true));

    Outcome outcome = invoke(client(server.address(), LONG), CAS);

    assertThat(((Outcome.Ok) outcome).value()).isEqualTo(Json.array(Json.of(3), Json.of(5)));
    TxnRequest sent = (TxnRequest) server.received().getFirst();
    assertThat(sent.getCompare(0))
        .returns(Compare.CompareTarget.VALUE, Compare::getTarget)
        .returns(Compare.CompareResult.EQUAL, Compare::getResult)
        .returns(bytes("3"), Compare::getValue);
    assertThat(sent.getSuccess(0).getRequestPut().getValue()).isEqualTo(bytes("5"));
    assertThat(sent.getFailure(0).getRequestRange().getKey()).isEqualTo(bytes("k7"));
  }

  @Test
  void tellsWhatARefusedCompareFound() {
    ScriptedServer server =
        server()
            .answers(
                TxnResponse.newBuilder()
                    .addResponses(
                        ResponseOp.newBuilder()
                            .setResponseRange(
                                RangeResponse.newBuilder()
                                    .addKvs(KeyValue.newBuilder().setValue(bytes("4"))))));

    OperationError error = failed(invoke(client(server.address(), LONG), CAS));

    assertThat(error.code()).isEqualTo(OperationError.COMPARE_FAILED);
    assertThat(error.definite()).isTrue();
    assertThat(error.message()).contains("was 4");
  }

  @ParameterizedTest
  @EnumSource(value = Status.Code.class, mode = EnumSource.Mode.EXCLUDE, names = "OK")
  void sendsEveryOperationOnceWhateverTheServerAnswers(Status.Code code) {
    ScriptedServer server = server().answers(code.toStatus().withDescription("etcdserver: no"));
    Client client = client(server.address(), LONG);

    for (Operation operation : List.of(READ, WRITE, CAS)) {
      Outcome outcome = invoke(client, operation);
      if (operation.isReadOnly()) {
        assertThat(outcome).isInstanceOf(Outcome.Fail.class);
      } else if (outcome instanceof Outcome.Fail(OperationError error)) {
        assertThat(error.definite()).isTrue();
      } else {
        assertThat(outcome).isInstanceOf(Outcome.Info.class);
      }
    }

    assertThat(server.received()).as("attempts on the wire").hasSize(3);
  }

  @Test
  void aReadThatTheNodeCannotServeIsNotReadAgain() {
    // jetcd calls again on this one, whatever the options of the read.
    Status status = Status.UNAVAILABLE.withDescription("etcdserver: leader changed");
    ScriptedServer server = server().answers(status);

    OperationError error = failed(invoke(client(server.address(), LONG), READ));

    assertThat(error.code()).isEqualTo("leader-changed");
    assertThat(error.message()).isEqualTo("UNAVAILABLE: etcdserver: leader changed");
    assertThat(server.received()).as("attempts on the wire").hasSize(1);
  }

  @Test
  void aStreamThatIsAlwaysRefusedLeavesTheWriteUnknown() {
    // gRPC begins a second stream by itself: the server said that it never looked at the first.
    RefusingHttp2Server server = keep(new RefusingHttp2Server(Integer.MAX_VALUE));

    Outcome outcome = invoke(client(server.address(), LONG), WRITE);

    assertThat(outcome).isInstanceOf(Outcome.Info.class);
    assertThat(server.streams()).as("streams begun").isEqualTo(2);
    assertThat(server.processed()).isZero();
  }

  @Test
  void aStreamThatIsRefusedOnceIsProcessedOnce() {
    RefusingHttp2Server server = keep(new RefusingHttp2Server(1));

    Outcome outcome = invoke(client(server.address(), LONG), WRITE);

    assertThat(outcome).isInstanceOf(Outcome.Ok.class);
    assertThat(server.streams()).as("streams begun").isEqualTo(2);
    assertThat(server.processed()).isEqualTo(1);
  }

  @Test
  void aWriteWithoutAnswerIsUnknownAtTheDeadline() {
    ScriptedServer server = server();
    Client client = client(server.address(), JetcdClientFactory.STANDARD_DEADLINE);
    await().until(() -> invoke(client, WRITE) instanceof Outcome.Ok);
    server.neverAnswers();
    int before = server.received().size();

    OperationError error = unknown(invoke(client, WRITE));

    assertThat(error.code()).isEqualTo("timeout");
    assertThat(server.received()).hasSize(before + 1);
  }

  @Test
  void aServerThatDiesInMidCallLeavesTheWriteUnknownAndTheReadFailed() {
    for (Operation operation : List.of(WRITE, READ)) {
      ScriptedServer server = server().neverAnswers();
      CompletableFuture<Outcome> pending = begin(client(server.address(), LONG), operation);
      await().until(() -> server.received().size() == 1);

      server.die();

      Outcome outcome = get(pending);
      OperationError error = operation.isReadOnly() ? failed(outcome) : unknown(outcome);
      assertThat(error.definite()).isFalse();
      assertThat(server.received()).hasSize(1);
    }
  }

  @Test
  void aRefusedConnectionIsADefiniteFailureAndTheNodeIsBackAtOnce() {
    ScriptedServer first = server();
    InetSocketAddress address = first.address();
    first.die();
    Client client = client(address, LONG);

    for (int attempt = 0; attempt < 5; attempt++) {
      OperationError error = failed(invoke(client, WRITE));
      assertThat(error.code()).isEqualTo("not-connected");
      assertThat(error.definite()).isTrue();
      assertThat(error.message()).contains("refused");
    }

    ScriptedServer second = keep(serverAgainAt(address.getPort()));
    // No pause of gRPC's between attempts stands in the way, however often it failed before. The
    // first operation may still join the attempt that was refused.
    Outcome firstTry = invoke(client, WRITE);
    Outcome secondTry = firstTry instanceof Outcome.Ok ? firstTry : invoke(client, WRITE);
    assertThat(secondTry).isInstanceOf(Outcome.Ok.class);
    assertThat(second.received()).hasSize(1);
  }

  @Test
  void aNodeThatAcceptsAndNeverSpeaksIsADefiniteFailureAtTheDeadline() throws IOException {
    // So does one that is stopped: its kernel still accepts connections.
    ServerSocket mute = keep(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));

    OperationError error = failed(invoke(client(address(mute), SHORT), WRITE));

    assertThat(error.code()).isEqualTo("not-connected");
    assertThat(error.definite()).isTrue();
  }

  @Test
  void aNodeThatClosesEveryConnectionFailsTheOperation() throws IOException {
    ServerSocket rude = keep(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    Thread doorman =
        Thread.ofVirtual()
            .start(() -> {
              try {
                while (!rude.isClosed()) {
                  try (Socket visitor = rude.accept()) {
                    visitor.setSoLinger(true, 0);
                  }
                }
              } catch (IOException _) {
                // The test is over.
              }
            });

    OperationError error = failed(invoke(client(address(rude), LONG), WRITE));

    assertThat(error.code()).isEqualTo("not-connected");
    assertThat(doorman.isAlive()).isTrue();
  }

  @Test
  void afterATimeoutTheNextOperationGoesOverAFreshConnection() {
    ScriptedServer server = server().neverAnswers();
    Client client = client(server.address(), SHORT);
    await().until(() -> failed(invoke(client, READ)).code().equals("timeout"));
    InetSocketAddress address = server.address();
    server.die();
    ScriptedServer next = keep(serverAgainAt(address.getPort()));

    await().until(() -> invoke(client, READ) instanceof Outcome.Ok);
    assertThat(next.received()).isNotEmpty();
  }

  /** A client that tries again may hold the port for a moment, connected to itself. */
  private static ScriptedServer serverAgainAt(int port) {
    return await()
        .ignoreExceptionsInstanceOf(UncheckedIOException.class)
        .until(() -> new ScriptedServer(port), Objects::nonNull);
  }

  @Test
  void closingAClientEndsItsOperationAndNoOthers() {
    ScriptedServer server = server().neverAnswers();
    JetcdClientFactory factory = factory(server.address(), LONG);
    Client closed = get(factory.open("n1").toCompletableFuture());
    Client other = keep(get(factory.open("n1").toCompletableFuture()));
    CompletableFuture<Outcome> pending = begin(closed, WRITE);
    CompletableFuture<Outcome> untouched = begin(other, WRITE);
    await().until(() -> server.received().size() == 2);

    get(closed.close().toCompletableFuture());

    assertThat(get(pending)).isInstanceOf(Outcome.Info.class);
    assertThat(untouched).isNotDone();
    assertThat(failed(invoke(closed, WRITE)).definite()).as("nothing is sent any more").isTrue();
    get(closed.close().toCompletableFuture());
    get(other.close().toCompletableFuture());
  }

  @Test
  void twoHundredClientsLeaveNoThreadAndNoConnectionBehind() {
    ScriptedServer server = server();
    JetcdClientFactory factory = factory(server.address(), LONG);

    for (int i = 0; i < 200; i++) {
      openUseClose(factory);
    }

    assertThat(clientThreads()).isLessThanOrEqualTo(MOST_THREADS);
    assertThat(server.received()).hasSize(200);
    assertThat(server.connectionsAccepted()).isEqualTo(200);
    await().until(() -> server.connectionsOpen() == 0);
    factory.close();
    await().until(() -> clientThreads() == 0);
  }

  @Test
  void closingAClientLeavesTheVertxOfTheOthersRunning() {
    ScriptedServer server = server();
    JetcdClientFactory factory = factory(server.address(), LONG);
    Client survivor = keep(get(factory.open("n1").toCompletableFuture()));

    openUseClose(factory);

    assertThat(invoke(survivor, WRITE)).isInstanceOf(Outcome.Ok.class);
    openUseClose(factory);
  }

  @Test
  void anOperationAfterTheFactoryIsClosedIsADefiniteFailure() {
    ScriptedServer server = server();
    JetcdClientFactory factory = factory(server.address(), LONG);
    Client client = keep(get(factory.open("n1").toCompletableFuture()));
    factory.close();

    assertThat(failed(invoke(client, WRITE)).definite()).isTrue();
    assertThat(server.received()).isEmpty();
  }

  @Test
  void anUnknownNodeIsAnErrorThatNamesTheKnownOnes() {
    JetcdClientFactory factory =
        factory(new InetSocketAddress(InetAddress.getLoopbackAddress(), 1), LONG);

    assertThatThrownBy(() -> get(factory.open("n9").toCompletableFuture()))
        .hasMessageContaining("n9")
        .hasMessageContaining("[n1]");
  }

  @Test
  void aClosedFactoryOpensNothing() {
    JetcdClientFactory factory =
        factory(new InetSocketAddress(InetAddress.getLoopbackAddress(), 1), LONG);
    factory.close();

    assertThatThrownBy(() -> get(factory.open("n1").toCompletableFuture()))
        .hasMessageContaining("the factory is closed");
  }

  @Test
  void aReplyThatMakesNoSenseLeavesTheWriteUnknown() {
    // A refused compare without the range that was asked for in that case.
    ScriptedServer server = server().answers(TxnResponse.newBuilder().setSucceeded(false));

    OperationError error = unknown(invoke(client(server.address(), LONG), CAS));

    assertThat(error.definite()).isFalse();
    assertThat(server.received()).hasSize(1);
  }

  @Test
  void aCallThatEndsWellWithoutAResponseLeavesTheWriteUnknown() {
    RefusingHttp2Server server = keep(new RefusingHttp2Server(0).withoutResponses());

    OperationError error = unknown(invoke(client(server.address(), LONG), WRITE));

    assertThat(error.message()).contains("without a response");
    assertThat(server.processed()).isEqualTo(1);
  }

  @Test
  void anIpv6AddressIsUnderstood() {
    // Port 1 is nobody's; where there is no IPv6, the connection fails in another way.
    InetAddress loopback = InetAddress.ofLiteral("::1");

    OperationError error = failed(invoke(client(new InetSocketAddress(loopback, 1), LONG), WRITE));

    assertThat(error.code()).isEqualTo("not-connected");
    assertThat(error.message()).contains("0:0:0:0:0:0:0:1");
  }

  private void openUseClose(JetcdClientFactory factory) {
    Client client = get(factory.open("n1").toCompletableFuture());
    assertThat(invoke(client, WRITE)).isInstanceOf(Outcome.Ok.class);
    get(client.close().toCompletableFuture());
  }

  /** Counts threads of ours, of Vert.x, of jetcd and of gRPC; the server has its own. */
  private static long clientThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name ->
            name.startsWith("etcd-client")
                || name.startsWith("vert")
                || name.startsWith("jetcd")
                || name.startsWith("grpc-default"))
        .count();
  }

  private ScriptedServer server() {
    return keep(new ScriptedServer());
  }

  private JetcdClientFactory factory(InetSocketAddress address, Duration deadline) {
    return keep(new JetcdClientFactory(Map.of("n1", address), deadline));
  }

  private Client client(InetSocketAddress address, Duration deadline) {
    return keep(get(factory(address, deadline).open("n1").toCompletableFuture()));
  }

  private Client keep(Client client) {
    open.add(() -> get(client.close().toCompletableFuture()));
    return client;
  }

  private <T extends AutoCloseable> T keep(T resource) {
    open.add(resource);
    return resource;
  }

  private static CompletableFuture<Outcome> begin(Client client, Operation operation) {
    return client.invoke(operation).toCompletableFuture();
  }

  private static Outcome invoke(Client client, Operation operation) {
    return get(begin(client, operation));
  }

  private static <T> T get(CompletableFuture<T> future) {
    return future.orTimeout(60, TimeUnit.SECONDS).join();
  }

  private static OperationError failed(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Fail.class);
    return ((Outcome.Fail) outcome).error();
  }

  private static OperationError unknown(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Info.class);
    return ((Outcome.Info) outcome).error();
  }

  private static InetSocketAddress address(ServerSocket socket) {
    return (InetSocketAddress) socket.getLocalSocketAddress();
  }

  private static ByteString bytes(String text) {
    return ByteString.copyFromUtf8(text);
  }
}

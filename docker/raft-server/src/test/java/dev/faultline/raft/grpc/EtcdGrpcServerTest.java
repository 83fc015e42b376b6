package dev.faultline.raft.grpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import dev.faultline.raft.etcd.ClusterView;
import dev.faultline.raft.etcd.EtcdService;
import dev.faultline.raft.etcd.ImmediateNode;
import dev.faultline.raft.etcd.KvStateMachine;
import dev.faultline.raft.node.ProposalDroppedException;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.KV;
import io.etcd.jetcd.api.CompactionRequest;
import io.etcd.jetcd.api.KVGrpc;
import io.etcd.jetcd.api.KVGrpc.KVBlockingStub;
import io.etcd.jetcd.api.PutRequest;
import io.etcd.jetcd.api.RangeRequest;
import io.etcd.jetcd.kv.TxnResponse;
import io.etcd.jetcd.op.Cmp;
import io.etcd.jetcd.op.CmpTarget;
import io.etcd.jetcd.op.Op;
import io.etcd.jetcd.options.GetOption;
import io.etcd.jetcd.options.PutOption;
import io.grpc.ManagedChannel;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EtcdGrpcServerTest {

  private static final ByteString KEY_BYTES = ByteString.copyFromUtf8("a");
  private static final ByteSequence KEY = ByteSequence.from(KEY_BYTES.toByteArray());

  private final KvStateMachine machine = new KvStateMachine();
  private final ImmediateNode node = new ImmediateNode(machine);
  private final EtcdService service =
      new EtcdService(
          node,
          machine,
          new ClusterView(
              ImmediateNode.SELF,
              "token",
              new TreeMap<>(
                  Map.of(ImmediateNode.SELF, new ClusterView.Addresses(List.of(), List.of())))));
  private final List<ManagedChannel> channels = new ArrayList<>();
  private EtcdGrpcServer server;

  @BeforeEach
  void start() throws Exception {
    server =
        EtcdGrpcServer.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), service);
  }

  @AfterEach
  void stop() {
    channels.forEach(ManagedChannel::shutdownNow);
    server.close();
  }

  @Test
  void servesJetcd() throws Exception {
    try (Client client = Client.builder().endpoints("http://127.0.0.1:" + port()).build()) {
      KV kv = client.getKVClient();
      kv.put(KEY, value("1")).get();
      assertThat(
              kv.put(KEY, value("2"), PutOption.builder().withPrevKV().build())
                  .get()
                  .getPrevKv()
                  .getValue())
          .isEqualTo(value("1"));
      assertThat(kv.get(KEY).get().getKvs().getFirst().getValue()).isEqualTo(value("2"));
      assertThat(
              kv.get(KEY, GetOption.builder().isPrefix(true).withSerializable(true).build())
                  .get()
                  .getCount())
          .isEqualTo(1);
      TxnResponse swapped =
          kv.txn()
              .If(new Cmp(KEY, Cmp.Op.EQUAL, CmpTarget.value(value("2"))))
              .Then(Op.put(KEY, value("3"), PutOption.DEFAULT))
              .Else(Op.get(KEY, GetOption.DEFAULT))
              .commit()
              .get();
      assertThat(swapped.isSucceeded()).isTrue();
      assertThat(swapped.getHeader().getRevision()).isEqualTo(4);
      assertThat(kv.delete(KEY).get().getDeleted()).isEqualTo(1);
      assertThat(client.getClusterClient().listMember().get().getMembers()).hasSize(1);
      assertThat(
              client
                  .getMaintenanceClient()
                  .statusMember("http://127.0.0.1:" + port())
                  .get()
                  .getRaftTerm())
          .isEqualTo(ImmediateNode.TERM);
    }
  }

  @Test
  void answersErrorsWithEtcdsCodesAndTexts() throws Exception {
    KVBlockingStub kv = stub();
    PutRequest put = PutRequest.newBuilder().setKey(KEY_BYTES).build();
    assertStatus(
        () -> kv.range(RangeRequest.getDefaultInstance()),
        Code.INVALID_ARGUMENT,
        "etcdserver: key is not provided");
    assertStatus(
        () -> kv.range(RangeRequest.newBuilder().setKey(KEY_BYTES).setRevision(8).build()),
        Code.OUT_OF_RANGE,
        "etcdserver: mvcc: required revision is a future revision");
    assertStatus(
        () -> kv.put(put.toBuilder().setLease(3).build()),
        Code.NOT_FOUND,
        "etcdserver: requested lease not found");
    node.fail(new ProposalDroppedException("gave up", false));
    assertStatus(() -> kv.put(put), Code.UNAVAILABLE, "etcdserver: request timed out");
    node.fail(new ProposalDroppedException("too many requests", true));
    assertStatus(() -> kv.put(put), Code.RESOURCE_EXHAUSTED, "etcdserver: too many requests");
    node.fail(new ProposalDroppedException("lost leadership", true));
    assertStatus(() -> kv.put(put), Code.FAILED_PRECONDITION, "etcdserver: not leader");
  }

  @Test
  void doesNotProposeWhatComesTooLate() throws Exception {
    StatusRuntimeException late =
        catchThrowableOfType(
            StatusRuntimeException.class,
            () ->
                stub()
                    .withDeadlineAfter(-1, TimeUnit.SECONDS)
                    .put(PutRequest.newBuilder().setKey(KEY_BYTES).build()));
    assertThat(late.getStatus().getCode()).isEqualTo(Code.DEADLINE_EXCEEDED);
    assertThat(machine.snapshot().revision()).isEqualTo(1);
  }

  @Test
  void saysWhatItDoesNotSupport() throws Exception {
    StatusRuntimeException refused =
        catchThrowableOfType(
            StatusRuntimeException.class,
            () -> stub().compact(CompactionRequest.getDefaultInstance()));
    assertThat(refused.getStatus().getCode()).isEqualTo(Code.UNIMPLEMENTED);
  }

  @Test
  void doesNotTakeAPortThatIsTaken() {
    assertThatThrownBy(() -> EtcdGrpcServer.start(server.address(), service))
        .hasRootCauseInstanceOf(BindException.class);
  }

  private KVBlockingStub stub() {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress(server.address()).usePlaintext().build();
    channels.add(channel);
    return KVGrpc.newBlockingStub(channel);
  }

  private int port() {
    return server.address().getPort();
  }

  private static ByteSequence value(String text) {
    return ByteSequence.from(text, UTF_8);
  }

  private static void assertStatus(ThrowingCallable call, Code code, String text) {
    StatusRuntimeException refused = catchThrowableOfType(StatusRuntimeException.class, call);
    assertThat(refused.getStatus().getCode()).isEqualTo(code);
    assertThat(refused.getStatus().getDescription()).isEqualTo(text);
  }
}

package dev.faultline.raft.etcd;

import static dev.faultline.raft.etcd.Requests.delete;
import static dev.faultline.raft.etcd.Requests.deleteRange;
import static dev.faultline.raft.etcd.Requests.get;
import static dev.faultline.raft.etcd.Requests.put;
import static dev.faultline.raft.etcd.Requests.range;
import static dev.faultline.raft.etcd.Requests.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.faultline.raft.core.NodeId;
import dev.faultline.raft.node.ProposalDroppedException;
import dev.faultline.raft.node.ReadDroppedException;
import io.etcd.jetcd.api.AlarmRequest;
import io.etcd.jetcd.api.DeleteRangeResponse;
import io.etcd.jetcd.api.Member;
import io.etcd.jetcd.api.MemberListRequest;
import io.etcd.jetcd.api.PutRequest;
import io.etcd.jetcd.api.PutResponse;
import io.etcd.jetcd.api.RangeRequest;
import io.etcd.jetcd.api.RangeRequest.SortOrder;
import io.etcd.jetcd.api.RangeRequest.SortTarget;
import io.etcd.jetcd.api.RangeResponse;
import io.etcd.jetcd.api.ResponseHeader;
import io.etcd.jetcd.api.StatusRequest;
import io.etcd.jetcd.api.StatusResponse;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class EtcdServiceTest {

  private final KvStateMachine machine = new KvStateMachine();
  private final ImmediateNode node = new ImmediateNode(machine);
  private final ClusterView cluster =
      new ClusterView(
          ImmediateNode.SELF,
          "token",
          new TreeMap<>(
              Map.of(
                  ImmediateNode.SELF,
                  new ClusterView.Addresses(List.of("http://h:1"), List.of("http://h:2")),
                  new NodeId("n2"),
                  new ClusterView.Addresses(List.of("http://h:3"), List.of()))));
  private final EtcdService service = new EtcdService(node, machine, cluster);

  @Test
  void fillsTheHeader() throws Exception {
    ResponseHeader header = await(service.put(put("a", "1"))).getHeader();
    assertThat(header.getRevision()).isEqualTo(2);
    assertThat(header.getRaftTerm()).isEqualTo(ImmediateNode.TERM);
    assertThat(header.getMemberId()).isEqualTo(cluster.memberId(ImmediateNode.SELF)).isNotZero();
    assertThat(header.getClusterId()).isEqualTo(cluster.clusterId()).isNotZero();
  }

  @Test
  void returnsThePreviousValueOnlyIfAsked() throws Exception {
    await(service.put(put("a", "1")));
    assertThat(await(service.put(put("a", "2"))).hasPrevKv()).isFalse();
    PutResponse response = await(service.put(put("a", "3").toBuilder().setPrevKv(true).build()));
    assertThat(response.getPrevKv().getValue()).isEqualTo(utf8("2"));
    assertThat(response.getPrevKv().getVersion()).isEqualTo(2);
    assertThat(response.getPrevKv().getModRevision()).isEqualTo(3);
  }

  @Test
  void ignoreValueTouchesAnExistingKey() throws Exception {
    PutRequest touch = PutRequest.newBuilder().setKey(utf8("a")).setIgnoreValue(true).build();
    assertRefused(service.put(touch), EtcdError.KEY_NOT_FOUND);
    await(service.put(put("a", "1")));
    await(service.put(touch));
    RangeResponse response = await(service.range(get("a")));
    assertThat(response.getKvs(0).getValue()).isEqualTo(utf8("1"));
    assertThat(response.getKvs(0).getVersion()).isEqualTo(2);
    assertRefused(
        service.put(touch.toBuilder().setValue(utf8("x")).build()), EtcdError.VALUE_PROVIDED);
  }

  @Test
  void knowsNoLease() throws Exception {
    assertRefused(
        service.put(put("a", "1").toBuilder().setLease(5).build()), EtcdError.LEASE_NOT_FOUND);
    assertRefused(
        service.put(put("a", "1").toBuilder().setLease(5).setIgnoreLease(true).build()),
        EtcdError.LEASE_PROVIDED);
    assertThat(machine.snapshot().revision()).isEqualTo(1);
  }

  @Test
  void deletesAndCounts() throws Exception {
    putAll("a", "b", "c");
    DeleteRangeResponse none = await(service.deleteRange(delete("x")));
    assertThat(none.getDeleted()).isZero();
    assertThat(none.getHeader().getRevision()).isEqualTo(4);
    DeleteRangeResponse two =
        await(service.deleteRange(deleteRange("a", "c").toBuilder().setPrevKv(true).build()));
    assertThat(two.getDeleted()).isEqualTo(2);
    assertThat(two.getHeader().getRevision()).isEqualTo(5);
    assertThat(two.getPrevKvsList())
        .extracting(kv -> kv.getKey().toStringUtf8())
        .containsExactly("a", "b");
    assertThat(keys(range("\0", "\0"))).containsExactly("c");
  }

  @Test
  void countsTheRangeButLimitsTheAnswer() throws Exception {
    putAll("a", "b", "c", "d");
    RangeResponse response = await(service.range(range("a", "d").setLimit(2).build()));
    assertThat(response.getKvsList()).hasSize(2);
    assertThat(response.getCount()).isEqualTo(3);
    assertThat(response.getMore()).isTrue();
    assertThat(await(service.range(range("a", "d").setLimit(3).build())).getMore()).isFalse();
    RangeResponse count = await(service.range(range("a", "\0").setCountOnly(true).build()));
    assertThat(count.getCount()).isEqualTo(4);
    assertThat(count.getKvsList()).isEmpty();
  }

  @Test
  void sortsBeforeItLimits() throws Exception {
    await(service.put(put("a", "3")));
    await(service.put(put("b", "1")));
    await(service.put(put("c", "2")));
    await(service.put(put("a", "3")));
    assertThat(keys(sorted(SortTarget.KEY, SortOrder.DESCEND))).containsExactly("c", "b", "a");
    assertThat(keys(sorted(SortTarget.KEY, SortOrder.NONE))).containsExactly("a", "b", "c");
    assertThat(keys(sorted(SortTarget.VALUE, SortOrder.ASCEND))).containsExactly("b", "c", "a");
    assertThat(keys(sorted(SortTarget.MOD, SortOrder.NONE))).containsExactly("b", "c", "a");
    assertThat(keys(sorted(SortTarget.CREATE, SortOrder.DESCEND))).containsExactly("c", "b", "a");
    assertThat(keys(sorted(SortTarget.VERSION, SortOrder.DESCEND))).startsWith("a");
    assertThat(keys(sorted(SortTarget.KEY, SortOrder.DESCEND).setLimit(1))).containsExactly("c");
    assertThat(keys(sorted(SortTarget.VALUE, SortOrder.ASCEND).setKeysOnly(true)))
        .containsExactly("b", "c", "a");
    assertRefused(service.range(unknownSortTarget()), EtcdError.INVALID_SORT_OPTION);
  }

  @Test
  void leavesOutValuesIfOnlyKeysAreAsked() throws Exception {
    await(service.put(put("a", "1")));
    RangeResponse response = await(service.range(get("a").toBuilder().setKeysOnly(true).build()));
    assertThat(response.getKvs(0).getValue()).isEqualTo(ByteString.EMPTY);
    assertThat(response.getKvs(0).getModRevision()).isEqualTo(2);
  }

  @Test
  void filtersByRevision() throws Exception {
    putAll("a", "b", "c");
    await(service.put(put("a", "again")));
    assertThat(keys(range("a", "z").setMinModRevision(4))).containsExactly("a", "c");
    assertThat(keys(range("a", "z").setMaxModRevision(4))).containsExactly("b", "c");
    assertThat(keys(range("a", "z").setMinCreateRevision(3).setMaxCreateRevision(3)))
        .containsExactly("b");
    RangeResponse filtered =
        await(service.range(range("a", "z").setMinModRevision(4).setLimit(1).build()));
    assertThat(filtered.getCount()).isEqualTo(3);
    assertThat(filtered.getMore()).isTrue();
  }

  @Test
  void keepsOnlyTheNewestRevision() throws Exception {
    putAll("a", "b");
    assertRefused(
        service.range(get("a").toBuilder().setRevision(4).build()), EtcdError.FUTURE_REVISION);
    assertRefused(service.range(get("a").toBuilder().setRevision(2).build()), EtcdError.COMPACTED);
    assertThat(await(service.range(get("a").toBuilder().setRevision(3).build())).getCount())
        .isEqualTo(1);
  }

  @Test
  void onlyLinearizableReadsAskTheCluster() throws Exception {
    await(service.range(get("a").toBuilder().setSerializable(true).build()));
    assertThat(node.reads()).isZero();
    await(service.range(get("a")));
    assertThat(node.reads()).isEqualTo(1);
    assertThat(node.proposals()).isZero();
  }

  @Test
  void refusesRequestsWithoutKeyOrTooLarge() {
    assertRefused(service.range(get("")), EtcdError.EMPTY_KEY);
    assertRefused(service.put(put("", "1")), EtcdError.EMPTY_KEY);
    assertRefused(service.deleteRange(delete("")), EtcdError.EMPTY_KEY);
    PutRequest large =
        PutRequest.newBuilder()
            .setKey(utf8("a"))
            .setValue(ByteString.copyFrom(new byte[EtcdService.MAX_REQUEST_BYTES]))
            .build();
    assertRefused(service.put(large), EtcdError.REQUEST_TOO_LARGE);
    assertThat(node.proposals()).isZero();
  }

  @Test
  void saysOfADroppedProposalOnlyWhatIsKnown() {
    node.fail(new ProposalDroppedException("gave up after 7 s", false));
    assertRefused(service.put(put("a", "1")), EtcdError.TIMEOUT);
    node.fail(new ProposalDroppedException("lost leadership", true));
    assertRefused(service.put(put("a", "1")), EtcdError.NOT_LEADER);
    node.fail(new ProposalDroppedException("too many requests", true));
    assertRefused(service.put(put("a", "1")), EtcdError.TOO_MANY_REQUESTS);
  }

  @Test
  void saysWhyALinearizableReadFailed() throws Exception {
    await(service.put(put("a", "1")));
    node.fail(new ReadDroppedException("gave up"));
    assertRefused(service.range(get("a")), EtcdError.TIMEOUT);
    node.loseLeader();
    assertRefused(service.range(get("a")), EtcdError.NO_LEADER);
    assertThat(await(service.range(get("a").toBuilder().setSerializable(true).build())).getCount())
        .isEqualTo(1);
  }

  @Test
  void hidesNoFaultBehindAnAnswer() {
    node.fail(new IllegalStateException("broken"));
    assertThatThrownBy(() -> await(service.put(put("a", "1"))))
        .hasRootCauseInstanceOf(IllegalStateException.class);
  }

  @Test
  void tellsHowTheNodeStands() throws Exception {
    putAll("a", "b");
    StatusResponse status = await(service.status(StatusRequest.getDefaultInstance()));
    assertThat(status.getVersion()).isEqualTo("3.5.0");
    assertThat(status.getLeader()).isEqualTo(cluster.memberId(ImmediateNode.SELF));
    assertThat(status.getRaftIndex()).isEqualTo(2);
    assertThat(status.getRaftAppliedIndex()).isEqualTo(2);
    assertThat(status.getRaftTerm()).isEqualTo(ImmediateNode.TERM);
    assertThat(status.getDbSize()).isPositive();
    assertThat(status.getErrorsList()).isEmpty();
    node.loseLeader();
    StatusResponse alone = await(service.status(StatusRequest.getDefaultInstance()));
    assertThat(alone.getLeader()).isZero();
    assertThat(alone.getErrorsList()).containsExactly("etcdserver: no leader");
  }

  @Test
  void listsMembers() throws Exception {
    List<Member> members =
        await(service.memberList(MemberListRequest.getDefaultInstance())).getMembersList();
    assertThat(members).extracting(Member::getName).containsExactly("n1", "n2");
    assertThat(members).extracting(Member::getID).doesNotHaveDuplicates();
    assertThat(members.getFirst().getClientURLsList()).containsExactly("http://h:2");
  }

  @Test
  void hasNoAlarmsAndRaisesNone() throws Exception {
    assertThat(await(service.alarm(AlarmRequest.getDefaultInstance())).getAlarmsList()).isEmpty();
    assertRefused(
        service.alarm(
            AlarmRequest.newBuilder().setAction(AlarmRequest.AlarmAction.ACTIVATE).build()),
        EtcdError.NOT_SUPPORTED);
  }

  @Test
  void aPreviewChangesNothing() throws Exception {
    await(service.put(put("a", "1")));
    byte[] command = new Command.Put(put("a", "2")).encode();
    CommandResult preview = machine.preview(command);
    assertThat(machine.snapshot().revision()).isEqualTo(2);
    assertThat(machine.apply(2, 1, command)).isEqualTo(preview);
    assertThat(machine.snapshot().revision()).isEqualTo(3);
  }

  @Test
  void numbersDoNotDependOnAddresses() {
    ClusterView elsewhere =
        new ClusterView(
            new NodeId("n2"),
            "token",
            new TreeMap<>(
                Map.of(
                    ImmediateNode.SELF,
                    new ClusterView.Addresses(List.of("http://proxy:9"), List.of()),
                    new NodeId("n2"),
                    new ClusterView.Addresses(List.of("http://h:4"), List.of()))));
    assertThat(elsewhere.clusterId()).isEqualTo(cluster.clusterId());
    assertThat(elsewhere.memberId(ImmediateNode.SELF))
        .isEqualTo(cluster.memberId(ImmediateNode.SELF));
  }

  @SuppressWarnings("AvoidValueSetter") // What a newer client may send.
  private static RangeRequest unknownSortTarget() {
    return range("a", "z").setSortTargetValue(9).build();
  }

  private static RangeRequest.Builder sorted(SortTarget target, SortOrder order) {
    return range("a", "z").setSortTarget(target).setSortOrder(order);
  }

  private void putAll(String... keys) throws Exception {
    for (String key : keys) {
      await(service.put(put(key, key)));
    }
  }

  private List<String> keys(RangeRequest.Builder request) throws Exception {
    return await(service.range(request.build())).getKvsList().stream()
        .map(kv -> kv.getKey().toStringUtf8())
        .toList();
  }

  static <T> T await(CompletionStage<T> stage) throws Exception {
    assertThat(stage.toCompletableFuture()).as("nothing blocks").isDone();
    return stage.toCompletableFuture().get();
  }

  static void assertRefused(CompletionStage<?> stage, EtcdError error) {
    assertThatThrownBy(() -> await(stage))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOfSatisfying(
            EtcdException.class, refused -> assertThat(refused.error()).isEqualTo(error));
  }
}

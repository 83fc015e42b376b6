package dev.faultline.raft.etcd;

import static dev.faultline.raft.etcd.EtcdServiceTest.assertRefused;
import static dev.faultline.raft.etcd.EtcdServiceTest.await;
import static dev.faultline.raft.etcd.Requests.compare;
import static dev.faultline.raft.etcd.Requests.delete;
import static dev.faultline.raft.etcd.Requests.get;
import static dev.faultline.raft.etcd.Requests.op;
import static dev.faultline.raft.etcd.Requests.put;
import static dev.faultline.raft.etcd.Requests.utf8;
import static dev.faultline.raft.etcd.Requests.value;
import static dev.faultline.raft.etcd.Requests.version;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.UnknownFieldSet;
import io.etcd.jetcd.api.Compare;
import io.etcd.jetcd.api.Compare.CompareResult;
import io.etcd.jetcd.api.Compare.CompareTarget;
import io.etcd.jetcd.api.PutRequest;
import io.etcd.jetcd.api.RangeRequest;
import io.etcd.jetcd.api.RequestOp;
import io.etcd.jetcd.api.TxnRequest;
import io.etcd.jetcd.api.TxnResponse;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EtcdTxnTest {

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

  @Test
  void comparesAndSets() throws Exception {
    TxnRequest create =
        TxnRequest.newBuilder()
            .addCompare(version("a", CompareResult.EQUAL, 0))
            .addSuccess(op(put("a", "1")))
            .addFailure(op(get("a")))
            .build();
    TxnResponse created = await(service.txn(create));
    assertThat(created.getSucceeded()).isTrue();
    assertThat(created.getHeader().getRevision()).isEqualTo(2);
    assertThat(created.getHeader().getRaftTerm()).isEqualTo(ImmediateNode.TERM);
    TxnResponse refused = await(service.txn(create));
    assertThat(refused.getSucceeded()).isFalse();
    assertThat(refused.getHeader().getRevision()).isEqualTo(2);
    assertThat(refused.getResponses(0).getResponseRange().getKvs(0).getValue())
        .isEqualTo(utf8("1"));
  }

  @ParameterizedTest
  @CsvSource({
    "EQUAL,   4, false", "EQUAL,   5, true", "EQUAL,   6, false",
    "NOT_EQUAL, 4, true", "NOT_EQUAL, 5, false", "NOT_EQUAL, 6, true",
    "GREATER, 4, true", "GREATER, 5, false", "GREATER, 6, false",
    "LESS,    4, false", "LESS,    5, false", "LESS,    6, true",
  })
  void comparesInFourWays(CompareResult result, int operand, boolean holds) throws Exception {
    for (int i = 0; i < 4; i++) {
      await(service.put(put("a", "5")));
    }
    // Four writes: value "5", modified at 5, created at 2, version 4.
    assertThat(holds(value("a", result, Integer.toString(operand)))).isEqualTo(holds);
    assertThat(holds(compare("a", CompareTarget.MOD, result).setModRevision(operand).build()))
        .isEqualTo(holds);
    assertThat(holds(version("a", result, operand - 1))).isEqualTo(holds);
    assertThat(
            holds(
                compare("a", CompareTarget.CREATE, result).setCreateRevision(operand - 3).build()))
        .isEqualTo(holds);
  }

  @Test
  void anAbsentKeyHasNoValueToCompare() throws Exception {
    assertThat(holds(value("a", CompareResult.EQUAL, ""))).isFalse();
    assertThat(holds(value("a", CompareResult.NOT_EQUAL, "x"))).isFalse();
    assertThat(holds(version("a", CompareResult.EQUAL, 0))).isTrue();
  }

  @Test
  void comparesValuesAsUnsignedBytes() throws Exception {
    await(service.put(put("a", "é")));
    assertThat(holds(value("a", CompareResult.GREATER, "z"))).isTrue();
  }

  @Test
  void aComparisonOfARangeHoldsForEachOfItsKeys() throws Exception {
    await(service.put(put("a", "1")));
    await(service.put(put("b", "1")));
    Compare all = value("a", CompareResult.EQUAL, "1").toBuilder().setRangeEnd(utf8("z")).build();
    assertThat(holds(all)).isTrue();
    await(service.put(put("a", "2")));
    assertThat(holds(all)).isFalse();
  }

  @Test
  void everyKeyHasLeaseZero() throws Exception {
    await(service.put(put("a", "1")));
    Compare noLease = compareLease("a");
    assertThat(holds(noLease)).isTrue();
    UnknownFieldSet lease =
        UnknownFieldSet.newBuilder()
            .addField(8, UnknownFieldSet.Field.newBuilder().addVarint(12).build())
            .build();
    assertThat(holds(noLease.toBuilder().setUnknownFields(lease).build())).isFalse();
  }

  @Test
  void readsItsOwnWrites() throws Exception {
    TxnResponse response =
        await(
            service.txn(
                TxnRequest.newBuilder()
                    .addSuccess(op(get("a")))
                    .addSuccess(op(put("a", "1")))
                    .addSuccess(op(get("a")))
                    .addSuccess(op(delete("b")))
                    .build()));
    assertThat(response.getResponses(0).getResponseRange().getCount()).isZero();
    assertThat(response.getResponses(0).getResponseRange().getHeader().getRevision()).isEqualTo(1);
    assertThat(response.getResponses(2).getResponseRange().getKvs(0).getModRevision()).isEqualTo(2);
    assertThat(response.getResponses(3).getResponseDeleteRange().getDeleted()).isZero();
    assertThat(response.getHeader().getRevision()).isEqualTo(2);
  }

  @Test
  void nestedBranchesAreChosenBeforeAnythingIsWritten() throws Exception {
    TxnRequest nested =
        TxnRequest.newBuilder()
            .addCompare(version("a", CompareResult.EQUAL, 0))
            .addSuccess(op(put("b", "chosen on the state before")))
            .addFailure(op(put("b", "chosen on the state after")))
            .build();
    await(
        service.txn(
            TxnRequest.newBuilder().addSuccess(op(put("a", "1"))).addSuccess(op(nested)).build()));
    assertThat(await(service.range(get("b"))).getKvs(0).getValue())
        .isEqualTo(utf8("chosen on the state before"));
  }

  @Test
  void aRefusedTransactionWritesNothing() throws Exception {
    PutRequest touch = PutRequest.newBuilder().setKey(utf8("b")).setIgnoreValue(true).build();
    assertRefused(
        service.txn(
            TxnRequest.newBuilder().addSuccess(op(put("a", "1"))).addSuccess(op(touch)).build()),
        EtcdError.KEY_NOT_FOUND);
    assertRefused(
        service.txn(
            TxnRequest.newBuilder()
                .addSuccess(op(put("a", "1")))
                .addSuccess(op(get("a").toBuilder().setRevision(9).build()))
                .build()),
        EtcdError.FUTURE_REVISION);
    assertThat(machine.snapshot().revision()).isEqualTo(1);
  }

  @Test
  void aTransactionThatOnlyReadsIsNotProposed() throws Exception {
    RangeRequest local = get("a").toBuilder().setSerializable(true).build();
    await(service.txn(TxnRequest.newBuilder().addSuccess(op(local)).build()));
    assertThat(node.reads()).isZero();
    await(
        service.txn(
            TxnRequest.newBuilder().addSuccess(op(local)).addFailure(op(get("b"))).build()));
    assertThat(node.reads()).isEqualTo(1);
    holds(version("a", CompareResult.EQUAL, 0));
    assertThat(node.reads()).as("comparisons alone are reads").isEqualTo(2);
    assertThat(node.proposals()).isZero();
  }

  @Test
  void boundsOperationsAndNesting() throws Exception {
    TxnRequest.Builder most = TxnRequest.newBuilder();
    for (int i = 0; i < 128; i++) {
      most.addSuccess(op(put("k" + i, "")));
    }
    await(service.txn(most.build()));
    assertRefused(service.txn(most.addSuccess(op(put("x", ""))).build()), EtcdError.TOO_MANY_OPS);
    TxnRequest deep = TxnRequest.newBuilder().addSuccess(op(put("a", ""))).build();
    for (int i = 0; i < 128; i++) {
      deep = TxnRequest.newBuilder().addSuccess(op(deep)).build();
    }
    assertRefused(service.txn(deep), EtcdError.TOO_MANY_OPS);
  }

  @Test
  void refusesWhatMakesNoSense() {
    assertRefused(
        service.txn(
            TxnRequest.newBuilder()
                .addSuccess(op(put("a", "1")))
                .addSuccess(op(put("a", "2")))
                .build()),
        EtcdError.DUPLICATE_KEY);
    assertRefused(
        service.txn(TxnRequest.newBuilder().addSuccess(RequestOp.getDefaultInstance()).build()),
        EtcdError.KEY_NOT_FOUND);
    assertRefused(
        service.txn(TxnRequest.newBuilder().addCompare(Compare.getDefaultInstance()).build()),
        EtcdError.EMPTY_KEY);
    assertThat(node.proposals()).isZero();
  }

  @SuppressWarnings("AvoidValueSetter") // jetcd's stubs have no constant for this target.
  private static Compare compareLease(String key) {
    return Compare.newBuilder()
        .setKey(utf8(key))
        .setTargetValue(4)
        .setResult(CompareResult.EQUAL)
        .build();
  }

  private boolean holds(Compare compare) throws Exception {
    return await(service.txn(TxnRequest.newBuilder().addCompare(compare).build())).getSucceeded();
  }
}

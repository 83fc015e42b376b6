package dev.faultline.workloads.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checkers.history.OperationError;
import dev.faultline.checkers.json.Json;
import dev.faultline.workloads.client.Operation;
import dev.faultline.workloads.client.Outcome;
import dev.faultline.workloads.etcd.EtcdReply.KeyValue;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EtcdMappingTest {

  private static final Operation READ = new Operation.Read("k7");
  private static final Operation WRITE = new Operation.Write("k7", -5);
  private static final Operation CAS = new Operation.CompareAndSet("k7", 3, 5);
  private static final CallFailure LEADER_CHANGED =
      new CallFailure("UNAVAILABLE", "etcdserver: leader changed", true);
  private static final CallFailure NOT_LEADER =
      new CallFailure("FAILED_PRECONDITION", "etcdserver: not leader", true);

  private final EtcdMapping mapping = new EtcdMapping(ErrorTable.etcd());

  @Test
  void eachOperationIsOneRequest() {
    assertThat(mapping.request(READ)).isEqualTo(new EtcdRequest.Range("k7"));
    assertThat(mapping.request(WRITE)).isEqualTo(new EtcdRequest.Put("k7", "-5"));
    assertThat(mapping.request(CAS)).isEqualTo(new EtcdRequest.PutIfValue("k7", "3", "5"));
  }

  @Test
  void aReadSeesTheValueAndTheRevisions() {
    assertThat(mapping.outcome(READ, new EtcdReply.Ranged(41, new KeyValue("17", 40, 3))))
        .isEqualTo(
            new Outcome.Ok(
                Json.of(17),
                new Json.Obj(
                    Map.of(
                        "revision",
                        Json.of(41),
                        "modRevision",
                        Json.of(40),
                        "version",
                        Json.of(3)))));
  }

  @Test
  void aReadOfAnAbsentKeySeesNull() {
    assertThat(mapping.outcome(READ, new EtcdReply.Ranged(41, null)))
        .isEqualTo(new Outcome.Ok(Json.NULL, new Json.Obj(Map.of("revision", Json.of(41)))));
  }

  @Test
  void aReadOfAValueThatNobodyWroteShowsIt() {
    Outcome outcome = mapping.outcome(READ, new EtcdReply.Ranged(9, new KeyValue("x\u0000", 8, 1)));

    assertThat(((Outcome.Ok) outcome).value()).isEqualTo(Json.of("x\u0000"));
  }

  @Test
  void aWriteThatWasAcknowledgedIsOkWithItsArgument() {
    assertThat(mapping.outcome(WRITE, new EtcdReply.PutDone(42)))
        .isEqualTo(new Outcome.Ok(Json.of(-5), new Json.Obj(Map.of("revision", Json.of(42)))));
    assertThat(mapping.outcome(CAS, new EtcdReply.Swapped(43)))
        .isEqualTo(
            new Outcome.Ok(
                Json.array(Json.of(3), Json.of(5)), new Json.Obj(Map.of("revision", Json.of(43)))));
  }

  @Test
  void aRefusedCompareIsADefiniteFailureThatSaysWhatWasThere() {
    Outcome.Fail other =
        (Outcome.Fail) mapping.outcome(CAS, new EtcdReply.Refused(44, new KeyValue("4", 12, 1)));
    Outcome.Fail absent = (Outcome.Fail) mapping.outcome(CAS, new EtcdReply.Refused(44, null));

    assertThat(other.error())
        .isEqualTo(
            new OperationError(OperationError.COMPARE_FAILED, "k7 was 4 at revision 44", true));
    assertThat(absent.error().message()).isEqualTo("k7 was absent at revision 44");
  }

  @Test
  void anIndefiniteFailureIsInfoForWritesAndFailForReads() {
    assertThat(mapping.outcome(WRITE, LEADER_CHANGED)).isInstanceOf(Outcome.Info.class);
    assertThat(mapping.outcome(CAS, LEADER_CHANGED)).isInstanceOf(Outcome.Info.class);

    Outcome.Fail read = (Outcome.Fail) mapping.outcome(READ, LEADER_CHANGED);
    assertThat(read.error().definite()).as("the table's word, not the operation's").isFalse();
  }

  @Test
  void aDefiniteFailureIsFailForEveryOperation() {
    for (Operation operation : new Operation[] {READ, WRITE, CAS}) {
      Outcome.Fail failed = (Outcome.Fail) mapping.outcome(operation, NOT_LEADER);
      assertThat(failed.error().definite()).isTrue();
    }
  }
}

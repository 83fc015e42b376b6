package dev.faultline.workloads.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checkers.json.Json;
import dev.faultline.checkers.json.JsonWriter;
import dev.faultline.workloads.client.MicroOperation;
import dev.faultline.workloads.client.Operation.Transaction;
import dev.faultline.workloads.client.Outcome;
import dev.faultline.workloads.etcd.EtcdReply.KeyValue;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TransactionMappingTest {

  private static final Transaction APPEND =
      new Transaction(
          List.of(
              new MicroOperation.ReadList("x"),
              new MicroOperation.Append("x", 3),
              new MicroOperation.Append("y", 1),
              new MicroOperation.ReadList("x"),
              new MicroOperation.Append("x", 4)),
          false);

  private final EtcdMapping mapping = new EtcdMapping(ErrorTable.etcd());

  @Test
  void readsThenWritesUnderGuardsOfAllThatItRead() {
    assertThat(mapping.request(APPEND))
        .isEqualTo(new EtcdRequest.Snapshot(List.of("x", "y"), false));
    Turn turn = mapping.turn(APPEND, new EtcdReply.Seen(9, Map.of("x", new KeyValue("1,2", 7, 2))));
    assertThat(turn).isInstanceOf(Turn.Next.class);
    Turn.Next next = (Turn.Next) turn;
    assertThat(next.request())
        .isEqualTo(
            new EtcdRequest.PutIfUnchanged(
                Map.of("x", 7L, "y", 0L), Map.of("x", "1,2,3,4", "y", "1")));
    assertThat(next.outcome(new EtcdReply.Swapped(12))).isInstanceOf(Outcome.Ok.class);
    Outcome.Ok ok = (Outcome.Ok) next.outcome(new EtcdReply.Swapped(12));
    assertThat(JsonWriter.toString(ok.value()))
        .isEqualTo(
            "[[\"r\",\"x\",[1,2]],[\"append\",\"x\",3],[\"append\",\"y\",1],[\"r\",\"x\",[1,2,3]],"
                + "[\"append\",\"x\",4]]");
    assertThat(String.valueOf(ok.meta())).contains("modRevision");
  }

  @Test
  void aRefusedGuardIsADefiniteFailure() {
    Turn turn = mapping.turn(APPEND, new EtcdReply.Seen(9, Map.of()));
    Outcome outcome = ((Turn.Next) turn).outcome(new EtcdReply.Changed(10));
    assertThat(outcome).isInstanceOf(Outcome.Fail.class);
    assertThat(((Outcome.Fail) outcome).error().definite()).isTrue();
    assertThat(((Outcome.Fail) outcome).error().code()).isEqualTo("compare-failed");
  }

  @Test
  void whatFailsBeforeTheWriteDidNotHappenAndAfterItNobodyKnows() {
    CallFailure silence = new CallFailure("DEADLINE_EXCEEDED", "", true);
    assertThat(mapping.unwritten(silence)).isInstanceOf(Outcome.Fail.class);
    assertThat(mapping.outcome(APPEND, silence)).isInstanceOf(Outcome.Info.class);
  }

  @Test
  void readsAloneAreOneRequestAndTellModRevisions() {
    Transaction reads =
        new Transaction(List.of(new MicroOperation.Read("x"), new MicroOperation.Read("y")), true);
    assertThat(mapping.request(reads)).isEqualTo(new EtcdRequest.Snapshot(List.of("x", "y"), true));
    Turn turn = mapping.turn(reads, new EtcdReply.Seen(9, Map.of("x", new KeyValue("torn", 7, 1))));
    Outcome.Ok ok = (Outcome.Ok) ((Turn.Over) turn).outcome();
    assertThat(JsonWriter.toString(ok.value()))
        .isEqualTo("[[\"r\",\"x\",\"torn\"],[\"r\",\"y\",null]]");
    assertThat(ok.meta())
        .isEqualTo(
            new Json.Obj(
                Map.of("revision", Json.of(9), "modRevision", Json.array(Json.of(7), Json.of(0)))));
  }

  @Test
  void writesAloneAreOneRequestWithoutGuards() {
    Transaction writes =
        new Transaction(
            List.of(new MicroOperation.Write("x", 1), new MicroOperation.Write("x", 2)), false);
    assertThat(mapping.request(writes))
        .isEqualTo(new EtcdRequest.PutIfUnchanged(Map.of(), Map.of("x", "2")));
    Turn turn = mapping.turn(writes, new EtcdReply.Swapped(5));
    assertThat(((Turn.Over) turn).outcome()).isInstanceOf(Outcome.Ok.class);
  }
}

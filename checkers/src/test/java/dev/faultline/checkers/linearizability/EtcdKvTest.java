package dev.faultline.checkers.linearizability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checkers.json.Json;
import dev.faultline.checkers.json.JsonReader;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a whole etcd store does, one transaction after the other. */
class EtcdKvTest {

  private static final String PUT_X1 = "txn [[\"put\",\"x\",1]] lost";
  private static final String PUT_X2 = "txn [[\"put\",\"x\",2]] lost";
  private static final String PUT_Y3 = "txn [[\"put\",\"y\",3]] lost";
  private static final String DELETE_X = "txn [[\"delete\",\"x\",null]] lost";

  private final EtcdKv model = new EtcdKv();

  @Test
  void aKeyHasItsValueItsVersionAndTheRevisionOfItsLastChange() {
    assertThat(possible(got("x", "null"))).isTrue();
    assertThat(possible(PUT_X1, got("x", "[1,1,2]"))).isTrue();
    assertThat(possible(PUT_X1, PUT_Y3, PUT_X2, got("x", "[2,2,4]"))).isTrue();
    assertThat(possible(PUT_X1, got("x", "1"))).as("the bare value will do").isTrue();
    assertThat(possible(PUT_X1, got("x", "[1,2,2]"))).isFalse();
    assertThat(possible(PUT_X1, got("x", "[1,1,3]"))).isFalse();
    assertThat(possible(PUT_X1, got("x", "2"))).isFalse();
    assertThat(possible(PUT_X1, got("x", "null"))).isFalse();
    assertThat(possible(got("x", "1"))).isFalse();
  }

  @Test
  void aDeletedKeyBeginsAgainWithVersionOne() {
    assertThat(possible(PUT_X1, DELETE_X, got("x", "null"))).isTrue();
    assertThat(possible(PUT_X1, PUT_X2, DELETE_X, PUT_X2, got("x", "[2,1,5]"))).isTrue();
  }

  @Test
  void onlyAChangeRaisesTheRevision() {
    assertThat(possible("txn [[\"put\",\"x\",1]] -> [2,[[\"put\",\"x\",1]]]")).isTrue();
    assertThat(possible("txn [[\"put\",\"x\",1]] -> [3,[[\"put\",\"x\",1]]]")).isFalse();
    assertThat(possible("txn [[\"put\",\"x\",1]] -> [null,[[\"put\",\"x\",1]]]")).isTrue();
    assertThat(possible(PUT_X1, "txn [[\"get\",\"x\",null]] -> [2,[[\"get\",\"x\",1]]]")).isTrue();
    assertThat(possible("txn [[\"delete\",\"x\",null]] -> [1,[[\"delete\",\"x\",null]]]")).isTrue();
    assertThat(possible(PUT_X1, "txn [[\"delete\",\"x\",null]] -> [3,[[\"delete\",\"x\",null]]]"))
        .isTrue();
  }

  @Test
  void partsTakeEffectInTheirOrderAtOneRevision() {
    assertThat(
            possible(
                "txn [[\"put\",\"x\",1],[\"get\",\"x\",null],[\"put\",\"y\",2]]"
                    + " -> [2,[[\"put\",\"x\",1],[\"get\",\"x\",[1,1,2]],[\"put\",\"y\",2]]]",
                got("y", "[2,1,2]")))
        .isTrue();
  }

  @Test
  void everyConditionMustHold() {
    assertHolds("[\"if-value\",\"x\",1]", true, PUT_X1);
    assertHolds("[\"if-value\",\"x\",2]", false, PUT_X1);
    assertHolds("[\"if-value\",\"x\",null]", true);
    assertHolds("[\"if-version\",\"x\",2]", true, PUT_X1, PUT_X2);
    assertHolds("[\"if-version\",\"x\",1]", false, PUT_X1, PUT_X2);
    assertHolds("[\"if-version\",\"x\",0]", true);
    assertHolds("[\"if-mod\",\"x\",3]", true, PUT_Y3, PUT_X1);
    assertHolds("[\"if-mod\",\"x\",2]", false, PUT_Y3, PUT_X1);
    assertHolds("[\"if-mod\",\"x\",0]", true);
    assertHolds("[\"if-mod\",\"x\",2],[\"if-value\",\"x\",7]", false, PUT_X1);
  }

  @Test
  void aRefusedTransactionChangesNothing() {
    assertThat(
            possible(
                PUT_X1,
                "txn [[\"if-value\",\"x\",7],[\"put\",\"x\",2]] refused",
                got("x", "[1,1,2]")))
        .isTrue();
    assertThat(
            possible(PUT_X1, "txn [[\"if-value\",\"x\",7],[\"put\",\"x\",2]] lost", got("x", "1")))
        .as("had it taken effect, its condition would have held")
        .isFalse();
  }

  @Test
  void theRevisionIsTakenFromWhatTheSystemToldBesideTheValue() {
    assertThat(model.observesMeta()).isTrue();
    assertThat(model.observed(Json.of(7), new Json.Obj(Map.of("revision", Json.of(4)))))
        .isEqualTo(JsonReader.parse("[4,7]"));
    assertThat(model.observed(Json.of(7), null)).isEqualTo(JsonReader.parse("[null,7]"));
    assertThat(model.observed(Json.of(7), new Json.Obj(Map.of())))
        .isEqualTo(JsonReader.parse("[null,7]"));
  }

  @Test
  void putsAndDeletesChangeIt() {
    assertThat(model.isReadOnly(Told.call("txn [[\"get\",\"x\",null]]"))).isTrue();
    assertThat(model.isReadOnly(Told.call("txn [[\"if-mod\",\"x\",1]]"))).isTrue();
    assertThat(model.isReadOnly(Told.call(PUT_X1))).isFalse();
    assertThat(model.isReadOnly(Told.call(DELETE_X))).isFalse();
  }

  @Test
  void saysWhatItDoesNotUnderstand() {
    assertThat(model.problem(Told.call(PUT_X1))).isNull();
    assertThat(model.problem(Told.call(got("x", "1")))).isNull();
    assertThat(model.problem(Told.call("get 1")))
        .contains("etcd-kv does not know the function get");
    for (String argument :
        new String[] {"1", "[1]", "[[\"get\",\"x\"]]", "[[7,\"x\",1]]", "[[\"inc\",\"x\",1]]"}) {
      assertThat(model.problem(Told.call("txn " + argument + " lost")))
          .contains("must be a list of", "not " + argument);
    }
    for (String answer : new String[] {"[]", "7", "[[\"get\",\"x\"]]"}) {
      assertThat(model.problem(Told.call("txn [[\"get\",\"x\",null]] -> [1," + answer + "]")))
          .contains("must be answered with", "not with " + answer, "for [[\"get\",\"x\",null]]");
    }
  }

  private static void assertHolds(String conditions, boolean holds, String... before) {
    String txn = "txn [" + conditions + ",[\"put\",\"z\",1]]";
    String done = txn + " -> [null,[" + conditions + ",[\"put\",\"z\",1]]]";
    assertThat(possible(then(before, done))).as(conditions).isEqualTo(holds);
    assertThat(possible(then(before, txn + " refused"))).as(conditions).isEqualTo(!holds);
  }

  private static String[] then(String[] before, String last) {
    String[] all = Arrays.copyOf(before, before.length + 1);
    all[before.length] = last;
    return all;
  }

  private static String got(String key, String answer) {
    return "txn [[\"get\",\"%s\",null]] -> [null,[[\"get\",\"%s\",%s]]]"
        .formatted(key, key, answer);
  }

  private static boolean possible(String... calls) {
    return Told.isPossible("etcd-kv", calls);
  }
}

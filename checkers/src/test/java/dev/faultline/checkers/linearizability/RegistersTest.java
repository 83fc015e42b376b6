package dev.faultline.checkers.linearizability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checkers.json.Json;
import dev.faultline.checkers.json.JsonReader;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What registers and key-value stores do, one call after the other. */
class RegistersTest {

  @Nested
  class CasRegister {

    private final Model<?> model = OneKey.model("cas-register");

    @Test
    void holdsWhatWasWrittenLast() {
      assertThat(possible("read -> null", "write 1", "read -> 1", "write 2", "read -> 2")).isTrue();
      assertThat(possible("read -> 1")).isFalse();
      assertThat(possible("write 1", "write 2", "read -> 1")).isFalse();
      assertThat(possible("write 1", "read lost")).isTrue();
    }

    @Test
    void comparesBeforeItSets() {
      assertThat(possible("write 1", "cas [1,2]", "read -> 2")).isTrue();
      assertThat(possible("write 1", "cas [2,3]")).isFalse();
      assertThat(possible("write 1", "cas [1,2] lost", "read -> 2")).isTrue();
      assertThat(possible("write 1", "cas [2,3] refused", "read -> 1")).isTrue();
      assertThat(possible("write 1", "cas [1,2] refused")).isFalse();
    }

    @Test
    void beginsWithWhatFollowsItsName() {
      assertThat(Told.isPossible("cas-register=0", "cas [0,1]", "read -> 1")).isTrue();
      assertThat(Told.isPossible("register=7", "read -> 7")).isTrue();
    }

    @Test
    void readsAndRefusalsChangeNothing() {
      assertThat(model.isReadOnly(Told.call("read -> 1"))).isTrue();
      assertThat(model.isReadOnly(Told.call("cas [1,2] refused"))).isTrue();
      assertThat(model.isReadOnly(Told.call("write 1"))).isFalse();
      assertThat(model.isReadOnly(Told.call("cas [1,2] lost"))).isFalse();
    }

    @Test
    void saysWhatItDoesNotUnderstand() {
      assertThat(model.problem(Told.call("cas [1,2]"))).isNull();
      assertThat(model.problem(Told.call("cas [1,2,3]")))
          .isEqualTo("the value of a cas must be [expected, new], not [1,2,3]");
      assertThat(model.problem(Told.call("cas 1"))).contains("must be [expected, new], not 1");
      assertThat(model.problem(Told.call("write 1 refused"))).isNull();
      assertThat(model.problem(Told.call("push 1")))
          .isEqualTo("model cas-register does not know the function push");
      assertThat(OneKey.model("register").problem(Told.call("cas [1,2]")))
          .isEqualTo("model register does not know the function cas");
    }

    private static boolean possible(String... calls) {
      return Told.isPossible("cas-register", calls);
    }
  }

  @Nested
  class VersionedRegisters {

    private final VersionedRegister model = new VersionedRegister();

    @Test
    void countItsChanges() {
      assertThat(possible("read -> [0,null]", "write 1 -> [1,1]", "read -> [1,1]")).isTrue();
      assertThat(possible("write 1 -> [2,1]")).isFalse();
      assertThat(possible("write 1", "read -> [2,1]")).isFalse();
      assertThat(possible("write 1", "read -> [1,2]")).isFalse();
      assertThat(possible("write 1", "cas [1,2] -> [2,[1,2]]", "read -> [2,2]")).isTrue();
      assertThat(possible("write 1", "cas [1,2] -> [3,[1,2]]")).isFalse();
    }

    @Test
    void takeAnAnswerWithoutVersionAsItIs() {
      assertThat(possible("write 1", "read -> 1")).isTrue();
      assertThat(possible("write 1", "read -> 2")).isFalse();
      assertThat(possible("write 1", "read lost")).isTrue();
      // This answer repeats the argument; its 1 is no version.
      assertThat(possible("write 0", "write 1", "cas [1,2] -> [1,2]", "read -> [3,2]")).isTrue();
      assertThat(possible("write 1 lost", "write 2 lost", "read -> [2,2]")).isTrue();
      assertThat(possible("write [1,2,3]", "read -> [1,2,3]")).isTrue();
      assertThat(possible("write [\"a\",2]", "write 1 -> [\"a\",2]", "read -> [2,1]")).isTrue();
    }

    @Test
    void compare() {
      assertThat(possible("write 1", "cas [2,3]")).isFalse();
      assertThat(possible("write 1", "cas [2,3] refused", "read -> [1,1]")).isTrue();
      assertThat(possible("write 1", "cas [1,3] refused")).isFalse();
    }

    @Test
    void lookAtWhatTheSystemToldBesideTheValue() {
      assertThat(model.observesMeta()).isTrue();
      Json.Obj meta = new Json.Obj(Map.of("version", Json.of(4)));
      assertThat(model.observed(Json.of(7), meta)).isEqualTo(JsonReader.parse("[4,7]"));
      assertThat(model.observed(Json.of(7), null)).isEqualTo(Json.of(7));
      assertThat(model.observed(Json.of(7), new Json.Obj(Map.of()))).isEqualTo(Json.of(7));
    }

    @Test
    void sayWhatTheyDoNotUnderstand() {
      assertThat(model.problem(Told.call("cas [1,2]"))).isNull();
      assertThat(model.problem(Told.call("cas [1]"))).contains("must be [expected, new], not [1]");
      assertThat(model.problem(Told.call("cas 1"))).contains("must be [expected, new], not 1");
      assertThat(model.problem(Told.call("push 1"))).contains("versioned-register", "push");
      assertThat(model.isReadOnly(Told.call("read"))).isTrue();
      assertThat(model.isReadOnly(Told.call("write 1"))).isFalse();
    }

    private static boolean possible(String... calls) {
      return Told.isPossible("versioned-register", calls);
    }
  }

  @Nested
  class MultiRegisters {

    private final Model<?> model = OneKey.model("multi-register");

    @Test
    void areReadAndWrittenAtOnce() {
      assertThat(possible("txn [[\"r\",\"x\",null]]", "txn [[\"w\",\"x\",1],[\"w\",\"y\",2]]"))
          .isTrue();
      assertThat(
              possible(
                  "txn [[\"w\",\"x\",1],[\"w\",\"y\",2]]",
                  "txn [[\"r\",\"x\",null],[\"read\",\"y\",null]] -> [[\"r\",\"x\",1],[\"read\",\"y\",2]]"))
          .isTrue();
      assertThat(
              possible(
                  "txn [[\"write\",\"x\",1]]", "txn [[\"r\",\"x\",null]] -> [[\"r\",\"x\",null]]"))
          .isFalse();
      assertThat(possible("txn [[\"w\",\"x\",1]]", "txn [[\"r\",\"x\",null]] lost")).isTrue();
      assertThat(possible("txn [[\"w\",\"x\",1],[\"r\",\"x\",1],[\"w\",\"x\",2]]")).isTrue();
    }

    @Test
    void areIndependentOfOneAnother() {
      assertThat(model.part(Told.call("txn [[\"r\",\"x\",null],[\"w\",\"x\",1]]")))
          .isEqualTo(Json.of("x"));
      assertThat(model.part(Told.call("txn [[\"r\",\"x\",null],[\"w\",\"y\",1]]"))).isNull();
    }

    @Test
    void changeByWritesOnly() {
      assertThat(model.isReadOnly(Told.call("txn [[\"r\",\"x\",null]]"))).isTrue();
      assertThat(model.isReadOnly(Told.call("txn [[\"r\",\"x\",null],[\"w\",\"x\",1]]"))).isFalse();
    }

    @Test
    void sayWhatTheyDoNotUnderstand() {
      assertThat(model.problem(Told.call("read"))).contains("does not know the function read");
      assertThat(model.problem(Told.call("txn 1"))).contains("must be a list of", "not 1");
      assertThat(model.problem(Told.call("txn [1]"))).contains("must be a list of");
      assertThat(model.problem(Told.call("txn [[\"r\",\"x\"]]"))).contains("must be a list of");
      assertThat(model.problem(Told.call("txn [[\"z\",\"x\",1]]"))).contains("must be a list of");
      assertThat(model.problem(Told.call("txn [[\"r\",\"x\",null]] -> 1"))).isNotNull();
      assertThat(model.problem(Told.call("txn [[\"r\",\"x\",null]]"))).isNull();
      assertThat(model.problem(Told.call("txn [[\"w\",\"x\",1]] lost"))).isNull();
    }

    private static boolean possible(String... calls) {
      return Told.isPossible("multi-register", calls);
    }
  }

  @Nested
  class AppendOnlyStore {

    private final Model<?> model = OneKey.model("append-kv");

    @Test
    void isPutAndAppendedTo() {
      assertThat(possible("get -> \"\"", "append \"a\"", "append \"b\"", "get -> \"ab\"")).isTrue();
      assertThat(possible("append \"a\"", "put \"c\"", "append \"d\"", "get -> \"cd\"")).isTrue();
      assertThat(possible("append \"a\"", "get -> \"\"")).isFalse();
      assertThat(possible("get -> null")).as("nothing there is the empty string").isTrue();
    }

    @Test
    void onlyAPutHidesWhatWasThere() {
      assertThat(model.overwrites(Told.call("put \"a\""))).isTrue();
      assertThat(model.overwrites(Told.call("append \"a\""))).isFalse();
      assertThat(model.isBlind(Told.call("append \"a\""))).isTrue();
      assertThat(model.isBlind(Told.call("get"))).isFalse();
    }

    @Test
    void saysWhatItDoesNotUnderstand() {
      assertThat(model.problem(Told.call("append 1")))
          .isEqualTo("the value of append must be a string, not 1");
      assertThat(model.problem(Told.call("get"))).isNull();
      assertThat(model.problem(Told.call("put \"a\""))).isNull();
      assertThat(model.problem(Told.call("push 1"))).contains("append-kv", "push");
    }

    private static boolean possible(String... calls) {
      return Told.isPossible("append-kv", calls);
    }
  }
}

package dev.faultline.checkers.linearizability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checkers.Script;
import dev.faultline.checkers.json.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** States and calls in numbers behave like those of the model. */
class SpacesTest {

  private static final List<String> CALLS =
      List.of(
          "read -> null",
          "read -> 1",
          "read -> 2",
          "write 1",
          "write 2",
          "write null",
          "cas [1,2]",
          "cas [2,1]",
          "cas [1,1]",
          "cas [1,2] refused",
          "cas [2,3] refused",
          "cas [null,1] lost",
          "write 3",
          "write 4",
          "cas [3,4]",
          "cas [4,3]",
          "cas [3,1]",
          "cas [4,1]",
          "read -> 3",
          "read -> 4",
          "cas [4,2]",
          "cas [4,2] refused",
          "cas [3,2] refused",
          "cas [null,2]");

  private static final Model<?> CAS = OneKey.model("cas-register");

  @Test
  void aRegisterStepsLikeItsModel() {
    assertStepsLike(new Register("cas-register", true, Json.NULL));
  }

  @Test
  void soDoesAnyOtherObject() {
    assertStepsLike(new Plain());
  }

  @Test
  void anOrderIsAcceptedOnlyIfEachCallCanFollow() {
    Script script = new Script().did(0, "write", "1").did(1, "write", "2").did(2, "read", "2");
    Operations register = OneKey.encoded("cas-register", script);
    assertThat(register.space()).isInstanceOf(RegisterSpace.class);
    script = new Script().did(0, "push", "1").did(1, "push", "2").invoke(2, "pop", "null");
    Operations stack = OneKey.encoded("stack", script.ok(2, "2"));
    assertThat(stack.space()).isInstanceOf(ModelSpace.class);
    for (Operations operations : List.of(register, stack)) {
      StateSpace space = operations.space();
      assertThat(space.accepts(operations, new int[] {0, 1, 2}, Limits.NONE)).isTrue();
      assertThat(space.accepts(operations, new int[] {1, 2, 0}, Limits.NONE)).isTrue();
      assertThat(space.accepts(operations, new int[] {1, 0, 2}, Limits.NONE)).isFalse();
      assertThat(space.accepts(operations, new int[] {2, 0, 1}, Limits.NONE)).isFalse();
      assertThat(space.accepts(operations, new int[0], Limits.NONE)).isTrue();
    }
  }

  @Test
  void callsThatDoTheSameToARegisterAreOne() {
    RegisterSpace space = new RegisterSpace(CAS, Json.NULL);
    int write = space.number(Told.call("write 1"));
    assertThat(space.number(Told.call("write 1 lost"))).isEqualTo(write);
    assertThat(space.number(Told.call("cas [1,1]")))
        .isEqualTo(space.number(Told.call("read -> 1")));
    Set<Integer> numbers = new HashSet<>();
    for (String call : CALLS) {
      numbers.add(space.number(Told.call(call)));
    }
    assertThat(space.calls()).isEqualTo(numbers.size()).isEqualTo(CALLS.size() - 1);
    assertThat(space.values()).isEqualTo(5);
  }

  @Test
  void whereValuesAreWrittenOnceNoCallTakesATable() {
    RegisterSpace space = new RegisterSpace(CAS, Json.NULL);
    for (int i = 0; i < 1_000; i++) {
      assertThat(space.number(Told.call("write " + i))).isEqualTo(3 * i);
      assertThat(space.number(Told.call("read -> " + i))).isEqualTo(3 * i + 1);
      assertThat(space.number(Told.call("cas [" + i + ",0] refused"))).isEqualTo(3 * i + 2);
    }
    assertThat(space.number(Told.call("write 500"))).isEqualTo(1_500);
    assertThat(space.number(Told.call("read -> 500"))).isEqualTo(1_501);
    // Values, what 4,096 calls do, what is first of 1,024 values, and a table as at first.
    assertThat(space.bytes())
        .isEqualTo(2_048 * 12 + 100 + (3 * 4_096 + 3 * 1_024 + 32) * Integer.BYTES);
  }

  @Test
  void furtherCallsThatLeaveAValueTakeATableThatGrows() {
    RegisterSpace space = new RegisterSpace(CAS, Json.NULL);
    for (int i = 0; i < 40; i++) {
      assertThat(space.number(Told.call("write " + i))).isEqualTo(i);
    }
    long before = space.bytes();
    for (int i = 1; i <= 17; i++) {
      assertThat(space.bytes()).isEqualTo(before);
      assertThat(space.number(Told.call("cas [" + i + ",0]"))).isEqualTo(39 + i);
    }
    assertThat(space.bytes()).isEqualTo(before + 32 * Integer.BYTES);
    for (int i = 1; i <= 17; i++) {
      assertThat(space.number(Told.call("cas [" + i + ",0]"))).isEqualTo(39 + i);
    }
  }

  @Test
  void aRegisterTellsWhatACallDoes() {
    RegisterSpace space = new RegisterSpace(CAS, Json.NULL);
    int write = space.number(Told.call("write 1"));
    int read = space.number(Told.call("read -> 1"));
    int cas = space.number(Told.call("cas [1,2]"));
    int refused = space.number(Told.call("cas [1,2] refused"));
    assertThat(List.of(space.isBlind(write), space.overwrites(write), space.isReadOnly(write)))
        .containsExactly(true, true, false);
    assertThat(List.of(space.isBlind(read), space.overwrites(read), space.isReadOnly(read)))
        .containsExactly(false, false, true);
    assertThat(List.of(space.isBlind(cas), space.overwrites(cas), space.isReadOnly(cas)))
        .containsExactly(false, false, false);
    assertThat(List.of(space.isBlind(refused), space.isReadOnly(refused)))
        .containsExactly(false, true);
    int anything = space.number(Told.call("read lost"));
    assertThat(List.of(space.isBlind(anything), space.overwrites(anything)))
        .containsExactly(true, false);
    assertThat(space.needs(cas)).isEqualTo(space.leaves(write)).isEqualTo(space.refutes(refused));
    assertThat(space.part(write)).isNull();
    // Three values and room for 16 calls, at the least.
    assertThat(space.bytes()).isBetween(3 * 80L + 3 * 16 * 4, 10_000L);
  }

  @Test
  void otherObjectsTellWhatTheirModelTells() {
    ModelSpace<?> space = new ModelSpace<>(OneKey.model("set"));
    int add = space.number(Told.call("add 1"));
    int told = space.number(Told.call("add 1 -> true"));
    int contains = space.number(Told.call("contains 1 -> true"));
    assertThat(space.number(Told.call("add 1 -> 7"))).as("the answer tells nothing").isEqualTo(add);
    assertThat(told).isNotEqualTo(add);
    assertThat(List.of(space.isBlind(add), space.isBlind(told))).containsExactly(true, false);
    assertThat(List.of(space.isReadOnly(add), space.isReadOnly(contains)))
        .containsExactly(false, true);
    assertThat(space.part(add)).isEqualTo(Json.of(1));
    ModelSpace<?> store = new ModelSpace<>(OneKey.model("append-kv"));
    assertThat(store.overwrites(store.number(Told.call("put \"a\"")))).isTrue();
    assertThat(store.overwrites(store.number(Told.call("append \"a\"")))).isFalse();
    ModelSpace<?> etcd = new ModelSpace<>(OneKey.model("etcd-kv"));
    assertThat(etcd.isReadOnly(etcd.number(Told.call("txn [[\"put\",\"x\",1]] refused")))).isTrue();
  }

  @Test
  void aSpaceOfStatesGrows() {
    ModelSpace<?> space = new ModelSpace<>(OneKey.model("counter"));
    int add = space.number(Told.call("add 1"));
    assertThat(space.bytes()).isEqualTo(256 * 12 + 200);
    int state = StateSpace.INITIAL;
    for (int i = 1; i <= 1_000; i++) {
      int next = space.step(state, add);
      assertThat(next).isEqualTo(i);
      state = next;
    }
    assertThat(space.bytes()).isEqualTo(2_048 * 12 + 1_001 * 200);
    assertThat(space.step(500, add)).isEqualTo(501);
    assertThat(space.step(500, space.number(Told.call("read -> 500")))).isEqualTo(500);
    assertThat(space.step(500, space.number(Told.call("read -> 499"))))
        .isEqualTo(StateSpace.IMPOSSIBLE);
  }

  /** A register of which nothing but the steps is told. */
  private record Plain() implements Model<Json> {

    @Override
    public String name() {
      return "plain";
    }

    @Override
    public Json initial() {
      return Json.NULL;
    }

    @Override
    public Json step(Json state, Call call) {
      return step(CAS, state, call);
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // The model is one of Json values.
    private static <S> Json step(Model<S> model, Json state, Call call) {
      return (Json) model.step((S) state, call);
    }

    @Override
    public boolean isReadOnly(Call call) {
      return false;
    }

    @Override
    public String problem(Call call) {
      return "";
    }
  }

  /** Walks all states that the calls lead to, in the space and in the model. */
  private static <S> void assertStepsLike(Model<S> model) {
    StateSpace space = StateSpace.of(model, Told.call(CALLS.getFirst()));
    assertThat(space)
        .isInstanceOf(model instanceof Register ? RegisterSpace.class : ModelSpace.class);
    List<S> states = new ArrayList<>(List.of(model.initial()));
    Map<S, Integer> numbers = new HashMap<>(Map.of(model.initial(), StateSpace.INITIAL));
    for (int at = 0; at < states.size(); at++) {
      S state = states.get(at);
      for (String call : CALLS) {
        S next = model.step(state, Told.call(call));
        int number = space.step(numbers.getOrDefault(state, -1), space.number(Told.call(call)));
        if (next == null) {
          assertThat(number).isEqualTo(StateSpace.IMPOSSIBLE);
        } else if (numbers.containsKey(next)) {
          assertThat(number).isEqualTo(numbers.get(next));
        } else {
          assertThat(numbers.values()).doesNotContain(number);
          numbers.put(next, number);
          states.add(next);
        }
      }
    }
    assertThat(states).hasSize(5);
  }
}

package dev.faultline.checkers.linearizability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checkers.json.Json;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What locks, counters and collections do, one call after the other. */
class LocksAndCollectionsTest {

  @Test
  void aMutexHasOneHolder() {
    assertThat(Told.isPossible("mutex", "acquire", "release", "acquire")).isTrue();
    assertThat(Told.isPossible("mutex", "release")).isFalse();
    assertThat(Told.isPossible("mutex", "acquire", "acquire lost")).isFalse();
    assertThat(OneKey.model("mutex").problem(Told.call("read"))).contains("mutex", "read");
    assertThat(OneKey.model("mutex").isReadOnly(Told.call("acquire"))).isFalse();
  }

  @Nested
  class AFencedLock {

    @Test
    void handsOutGrowingTokens() {
      assertThat(possible("acquire -> 3", "release 3", "acquire -> 4")).isTrue();
      assertThat(possible("acquire -> 3", "release", "acquire -> 3")).isFalse();
      assertThat(possible("acquire -> 3", "release", "acquire -> 2")).isFalse();
      assertThat(possible("acquire -> 3", "acquire -> 4")).isFalse();
      assertThat(possible("release")).isFalse();
    }

    @Test
    void takesBackTheTokenThatItGave() {
      assertThat(possible("acquire -> 3", "release 2")).isFalse();
      assertThat(possible("acquire -> 3", "release 4")).isFalse();
      assertThat(possible("acquire -> 3", "release", "release 3")).isFalse();
    }

    @Test
    void leavesRoomForATokenThatNobodyWasTold() {
      assertThat(possible("acquire -> 3", "release", "acquire lost", "release 9")).isTrue();
      assertThat(possible("acquire -> 3", "release", "acquire lost", "release 4")).isTrue();
      assertThat(possible("acquire -> 3", "release", "acquire lost", "release 3")).isFalse();
      assertThat(possible("acquire -> 3", "release", "acquire lost", "release", "acquire -> 4"))
          .as("the lost one had at least 4")
          .isFalse();
      assertThat(possible("acquire -> 3", "release", "acquire lost", "release", "acquire -> 5"))
          .isTrue();
      assertThat(possible("acquire lost", "release 9", "acquire -> 9")).isFalse();
      assertThat(possible("acquire lost", "release 9", "acquire -> 10", "release 11")).isFalse();
    }

    @Test
    void saysWhatItDoesNotUnderstand() {
      Model<?> model = OneKey.model("fenced-lock");
      assertThat(model.problem(Told.call("release 1"))).isNull();
      assertThat(model.problem(Told.call("read"))).contains("fenced-lock", "read");
      assertThat(model.isReadOnly(Told.call("acquire"))).isFalse();
    }

    private static boolean possible(String... calls) {
      return Told.isPossible("fenced-lock", calls);
    }
  }

  @Nested
  class ACounter {

    private final Model<?> model = OneKey.model("counter");

    @Test
    void adds() {
      assertThat(possible("read -> 0", "add 2", "add -5", "read -> -3")).isTrue();
      assertThat(possible("add 2", "read -> 0")).isFalse();
      assertThat(possible("add 2", "read lost")).isTrue();
      assertThat(possible("add 2", "add-and-get 3 -> 5", "read -> 5")).isTrue();
      assertThat(possible("add-and-get 3 -> 4")).isFalse();
      assertThat(possible("add-and-get 3 lost", "read -> 3")).isTrue();
      assertThat(possible("add 1", "read 5 -> 1")).as("a read adds nothing").isTrue();
    }

    @Test
    void tellsWhatMatters() {
      assertThat(model.isReadOnly(Told.call("read"))).isTrue();
      assertThat(model.isReadOnly(Told.call("add 1"))).isFalse();
      assertThat(model.isBlind(Told.call("add 1"))).isTrue();
      assertThat(model.isBlind(Told.call("add-and-get 1 -> 1"))).isFalse();
    }

    @Test
    void saysWhatItDoesNotUnderstand() {
      assertThat(model.problem(Told.call("add \"x\"")))
          .isEqualTo("the value of add must be an integer, not \"x\"");
      assertThat(model.problem(Told.call("add-and-get 1 -> 1"))).isNull();
      assertThat(model.problem(Told.call("read"))).isNull();
      assertThat(model.problem(Told.call("pop"))).contains("counter", "pop");
    }

    private static boolean possible(String... calls) {
      return Told.isPossible("counter", calls);
    }
  }

  @Nested
  class ASet {

    private final Model<?> model = OneKey.model("set");

    @Test
    void hasWhatWasAddedAndNotRemoved() {
      assertThat(possible("read -> []", "add 1", "add 2", "read -> [2,1]")).isTrue();
      assertThat(possible("add 1", "add 2", "read -> [1]")).isFalse();
      assertThat(possible("add 1", "read -> [1,1]")).isFalse();
      assertThat(possible("add 1", "add 2", "read -> [1,1]")).isFalse();
      assertThat(possible("add 1", "read -> [2]")).isFalse();
      assertThat(possible("add 1", "remove 1", "read -> []")).isTrue();
      assertThat(possible("add 1", "contains 1 -> true", "contains 2 -> false")).isTrue();
      assertThat(possible("add 1", "contains 1 -> false")).isFalse();
      assertThat(possible("contains 2 -> true")).isFalse();
    }

    @Test
    void mayTellWhetherItChanged() {
      assertThat(possible("add 1 -> true", "add 1 -> false", "read -> [1]")).isTrue();
      assertThat(possible("add 1 -> false")).isFalse();
      assertThat(possible("add 1", "add 1 -> true")).isFalse();
      assertThat(possible("remove 1 -> false", "add 1", "remove 1 -> true")).isTrue();
      assertThat(possible("remove 1 -> true")).isFalse();
      assertThat(possible("add 1 lost", "remove 1 lost", "add 1 -> true")).isTrue();
    }

    @Test
    void isMadeOfItsElements() {
      assertThat(model.part(Told.call("add 7"))).isEqualTo(Json.of(7));
      assertThat(model.part(Told.call("read -> []"))).isNull();
    }

    @Test
    void tellsWhatMatters() {
      assertThat(model.isReadOnly(Told.call("read -> []"))).isTrue();
      assertThat(model.isReadOnly(Told.call("contains 1 -> true"))).isTrue();
      assertThat(model.isReadOnly(Told.call("add 1"))).isFalse();
      assertThat(model.isBlind(Told.call("add 1"))).isTrue();
      assertThat(model.isBlind(Told.call("add 1 lost"))).isTrue();
      assertThat(model.isBlind(Told.call("add 1 -> true"))).isFalse();
      assertThat(model.isBlind(Told.call("contains 1 -> true"))).isFalse();
    }

    @Test
    void saysWhatItDoesNotUnderstand() {
      assertThat(model.problem(Told.call("read -> 1")))
          .isEqualTo("a read of a set must answer with an array, not 1");
      assertThat(model.problem(Told.call("read lost"))).isNull();
      assertThat(model.problem(Told.call("add 1"))).isNull();
      assertThat(model.problem(Told.call("pop"))).contains("set", "pop");
    }

    private static boolean possible(String... calls) {
      return Told.isPossible("set", calls);
    }
  }

  @Test
  void aQueueGivesTheOldestAndAStackTheLatest() {
    assertThat(
            Told.isPossible(
                "queue",
                "enqueue 1",
                "enqueue 2",
                "dequeue -> 1",
                "dequeue -> 2",
                "dequeue -> null"))
        .isTrue();
    assertThat(Told.isPossible("queue", "enqueue 1", "enqueue 2", "dequeue -> 2")).isFalse();
    assertThat(Told.isPossible("queue", "dequeue -> 1")).isFalse();
    assertThat(Told.isPossible("queue", "enqueue 1", "dequeue -> null")).isFalse();
    assertThat(Told.isPossible("queue", "dequeue lost", "enqueue 1", "dequeue lost", "dequeue"))
        .isTrue();
    assertThat(
            Told.isPossible(
                "stack", "push 1", "push 2", "push 3", "pop -> 3", "pop lost", "pop -> 1"))
        .isTrue();
    assertThat(Told.isPossible("stack", "push 1", "push 2", "pop -> 1")).isFalse();
  }

  @Test
  void toPutSomethingIsBlindAndToTakeItOnlyIfNobodyWasToldWhat() {
    Model<?> queue = OneKey.model("queue");
    assertThat(queue.isBlind(Told.call("enqueue 1"))).isTrue();
    assertThat(queue.isBlind(Told.call("dequeue lost"))).isTrue();
    assertThat(queue.isBlind(Told.call("dequeue -> 1"))).isFalse();
    assertThat(queue.isReadOnly(Told.call("dequeue -> 1"))).isFalse();
    assertThat(queue.problem(Told.call("dequeue"))).isNull();
    assertThat(queue.problem(Told.call("enqueue 1"))).isNull();
    assertThat(queue.problem(Told.call("pop"))).contains("queue", "pop");
  }

  /** A coin that is tossed where nobody looks; a look tells how it lies. */
  private record Coin() implements NondeterministicModel<String> {

    @Override
    public String name() {
      return "coin";
    }

    @Override
    public Set<String> initial() {
      return Set.of("heads");
    }

    @Override
    public Set<String> step(String state, Call call) {
      if (call.f().equals("toss")) {
        return Set.of("heads", "tails");
      }
      Set<String> same = new HashSet<>();
      if (call.result().equals(Json.of(state))) {
        same.add(state);
      }
      return same;
    }

    @Override
    public boolean isReadOnly(Call call) {
      return call.f().equals("look");
    }

    @Override
    public @Nullable String problem(Call call) {
      return call.f().equals("spend") ? call.unknownTo(name()) : null;
    }
  }

  @Test
  void whatMayChooseIsInAllPossibleStatesAtOnce() {
    Model<Set<String>> coin = new Coin().asModel();
    assertThat(coin.name()).isEqualTo("coin");
    assertThat(Told.isPossible(coin, "look -> \"heads\"")).isTrue();
    assertThat(Told.isPossible(coin, "look -> \"tails\"")).isFalse();
    assertThat(Told.isPossible(coin, "toss", "look -> \"tails\"", "look -> \"tails\"")).isTrue();
    assertThat(Told.isPossible(coin, "toss", "look -> \"tails\"", "look -> \"heads\"")).isFalse();
    assertThat(coin.isReadOnly(Told.call("look"))).as("it rules states out").isFalse();
    assertThat(coin.problem(Told.call("spend")))
        .isEqualTo("model coin does not know the function spend");
  }
}

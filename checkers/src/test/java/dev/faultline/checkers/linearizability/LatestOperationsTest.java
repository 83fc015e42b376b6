package dev.faultline.checkers.linearizability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checkers.json.Json;
import dev.faultline.checkers.linearizability.LatestOperations.Latest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Of what has an order, the latest operations have one too. */
class LatestOperationsTest {

  private static final Register REGISTER = new Register("cas-register", true, Json.NULL);

  @Test
  void aCompareAndSetLikeTheBlockedOneIsNotCutOffFromWhatItSaw() {
    List<Operation> operations =
        List.of(
            cas(0, 1, Json.NULL, Json.of(1)),
            cas(2, 7, Json.NULL, Json.of(1)),
            cas(3, 4, Json.of(1), Json.NULL),
            cas(5, 6, Json.of(1), Json.NULL));
    assertThat(partsWithoutOrder(operations)).isEmpty();
  }

  @Test
  void observersAreKeptFromTheFirstWriteSinceThatMomentOn() {
    List<Operation> operations =
        List.of(
            did(0, 1, "write 1"),
            did(2, 3, "read -> 1"),
            did(4, 5, "write 2"),
            did(6, 7, "read -> 2"),
            did(8, 9, "read -> 9"));
    assertThat(last(1, operations)).as("no write hides what was before").isEqualTo("[] since 6");
    assertThat(last(2, operations)).isEqualTo("[4, 6, 8] since 4");
    assertThat(last(3, operations)).isEqualTo("[4, 6, 8] since 2");
    assertThat(last(4, operations)).isEqualTo("[0, 2, 4, 6, 8] since 0");
    assertThat(last(99, operations)).isEqualTo("[0, 2, 4, 6, 8] since 0");
  }

  @Test
  void aWriteInFlightAtThatMomentIsKeptButHidesNothing() {
    List<Operation> operations =
        List.of(
            did(0, 9, "write 1"),
            did(1, 2, "write 2"),
            did(3, 4, "write 3"),
            did(5, 6, "write 4"),
            did(7, 8, "read -> 9"));
    assertThat(last(1, operations)).isEqualTo("[0, 5, 7] since 5");
    assertThat(last(2, operations)).isEqualTo("[0, 3, 5, 7] since 3");
  }

  @Test
  void aRefusalIsLeftOutIfItMayHaveSeenWhatIs() {
    List<Operation> operations =
        List.of(
            did(0, 1, "write 1"),
            did(2, 5, "cas [1,2] refused"),
            did(3, 4, "write 3"),
            did(6, 7, "cas [3,4] refused"),
            did(8, 9, "read -> 9"));
    assertThat(last(3, operations)).isEqualTo("[3, 6, 8] since 2");
  }

  @Test
  void aWriteThatMayHaveSeenWhatIsLeftOutLeavesNothing() {
    List<Operation> operations = List.of(did(0, 1, "cas [1,2]"), did(2, 3, "cas [1,2]"));
    assertThat(last(1, operations)).as("the blocked one's like").isEqualTo("[] since 0");
    List<Operation> others = List.of(did(0, 1, "cas [5,6]"), did(2, 3, "cas [1,2]"));
    assertThat(last(1, others)).as("another is taken for a write").isEqualTo("[0, 2] since 0");
  }

  @Test
  void whatHasAnOrderHasOneFromAnyMomentOn() {
    Vocabulary vocabulary = Vocabulary.of("cas-register");
    Random random = new Random(12);
    for (int i = 0; i < 4_000; i++) {
      List<Operation> operations =
          vocabulary.history(REGISTER, random, 3 + random.nextInt(8), 4, 0, 0.1);
      if (isLinearizable(REGISTER, operations)) {
        assertThat(partsWithoutOrder(operations)).as(operations::toString).isEmpty();
      }
    }
  }

  /** Returns those latest operations that have no order, up to every operation that is answered. */
  private static List<List<Operation>> partsWithoutOrder(List<Operation> operations) {
    List<List<Operation>> parts = new ArrayList<>();
    for (Operation last : operations) {
      Relaxed<Json> relaxed = new Relaxed<>(REGISTER, last.call());
      for (int count = 1; count <= operations.size() && !last.isOpenEnded(); count++) {
        Latest latest = new LatestOperations(relaxed, operations, last).last(count);
        if (latest.operations().contains(last) && !isLinearizable(relaxed, latest.operations())) {
          parts.add(latest.operations());
        }
      }
    }
    return parts;
  }

  private static boolean isLinearizable(Model<?> model, List<Operation> operations) {
    Limits limits = new Limits(System.nanoTime() + Duration.ofMinutes(1).toNanos(), 64 << 20);
    return Search.run(model, operations, limits, Reductions.ALL)
        instanceof SearchResult.Linearizable;
  }

  /** Returns what is kept before the last of {@code operations}, and since when. */
  private static String last(int count, List<Operation> operations) {
    Operation blocked = operations.getLast();
    Latest latest =
        new LatestOperations(new Relaxed<>(REGISTER, blocked.call()), operations, blocked)
            .last(count);
    return latest.operations().stream().map(Operation::invocation).toList()
        + " since "
        + latest.since();
  }

  private static Operation did(int invocation, int completion, String call) {
    return new Operation(invocation, completion, Told.call(call));
  }

  private static Operation cas(int invocation, int completion, Json expected, Json written) {
    Json pair = Json.array(expected, written);
    return new Operation(invocation, completion, new Call("cas", pair, pair, Call.Answer.OK));
  }
}

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

  private static Operation cas(int invocation, int completion, Json expected, Json written) {
    Json pair = Json.array(expected, written);
    return new Operation(invocation, completion, new Call("cas", pair, pair, Call.Answer.OK));
  }
}

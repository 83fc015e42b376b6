package dev.faultline.checkers.linearizability;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The order that is shown for a linearizable history is one, judged without the search. */
class OrderTest {

  private static final int HISTORIES =
      Integer.getInteger("faultline.oracle.histories", 200_000) / 100;

  static List<String> models() {
    return Models.names();
  }

  @ParameterizedTest
  @MethodSource("models")
  void isAnOrder(String name) {
    checkOrders(Models.named(name).orElseThrow());
  }

  private static <S> void checkOrders(Model<S> model) {
    Vocabulary vocabulary = Vocabulary.of(model.name());
    Random random = new Random(model.name().hashCode());
    int orders = 0;
    for (int i = 0; i < HISTORIES; i++) {
      List<Operation> operations =
          vocabulary.history(
              model, random, 1 + random.nextInt(12), 5, random.nextInt(2) * 0.1, 0.2);
      Limits limits = new Limits(System.nanoTime() + Duration.ofMinutes(1).toNanos(), 64 << 20);
      Operations encoded = Operations.of(model, operations);
      Optional<int[]> order = Search.order(encoded, limits);
      boolean linearizable =
          Linearization.decide(encoded, limits) instanceof SearchResult.Linearizable;
      assertThat(order.isPresent()).as(operations::toString).isEqualTo(linearizable);
      if (order.isPresent()) {
        orders++;
        assertIsOrder(model, operations, order.get());
      }
    }
    assertThat(orders).isGreaterThan(HISTORIES / 10);
  }

  private static <S> void assertIsOrder(Model<S> model, List<Operation> operations, int[] order) {
    Map<Integer, Operation> byInvocation =
        operations.stream().collect(Collectors.toMap(Operation::invocation, Function.identity()));
    Set<Integer> placed = new HashSet<>();
    S state = model.initial();
    int latestInvocation = -1;
    for (int invocation : order) {
      Operation operation = Objects.requireNonNull(byInvocation.get(invocation));
      assertThat(placed.add(invocation)).as("placed once").isTrue();
      assertThat(operation.completion())
          .as(() -> "real time in " + Arrays.toString(order) + " of " + operations)
          .isGreaterThan(latestInvocation);
      latestInvocation = Math.max(latestInvocation, invocation);
      S next = model.step(state, operation.call());
      if (next == null) {
        throw new AssertionError(Arrays.toString(order) + " of " + operations);
      }
      state = next;
    }
    assertThat(operations)
        .allMatch(operation -> operation.isOpenEnded() || placed.contains(operation.invocation()));
  }
}

package dev.faultline.checkers.linearizability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checkers.Script;
import dev.faultline.checkers.history.History;
import dev.faultline.checkers.json.Json;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The order that is shown for a linearizable history is one, judged without the search. */
class OrderTest {

  private static final int HISTORIES =
      Math.max(200, Integer.getInteger("faultline.oracle.histories", 200_000) / 100);

  private static final long LATER = System.nanoTime() + Duration.ofHours(1).toNanos();

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
      Optional<int[]> order = ShownOrder.of(encoded, limits);
      boolean linearizable =
          Linearization.decide(encoded, limits) instanceof SearchResult.Linearizable;
      assertThat(order.isPresent()).as(operations::toString).isEqualTo(linearizable);
      assertThat(Search.order(encoded, limits).isPresent())
          .as(operations::toString)
          .isEqualTo(linearizable);
      if (order.isPresent()) {
        orders++;
        assertIsOrder(model, operations, order.get());
      }
    }
    assertThat(orders).isGreaterThan(HISTORIES / 10);
  }

  @Test
  void ofUniqueValuesIsMadeByTheirZones() {
    Model<?> model = OneKey.model("cas-register");
    Random random = new Random(2);
    int orders = 0;
    for (int i = 0; i < HISTORIES; i++) {
      orders += checkOwnOrder(model, new UniqueValues(random, i % 2 == 0).next(1 + i % 9));
    }
    assertThat(orders).isGreaterThan(HISTORIES / 10);
  }

  @Test
  void ofQueuesAndStacksIsMadeByTheirOwnAlgorithms() {
    Random random = new Random(3);
    for (Sequence model : List.of(Sequence.QUEUE, Sequence.STACK)) {
      int orders = 0;
      for (int i = 0; i < HISTORIES; i++) {
        orders +=
            checkOwnOrder(
                model, RowHistories.next(model, random, 1 + i % 12, 4, 0.02, i % 3 * 0.1, 0));
      }
      assertThat(orders).isGreaterThan(HISTORIES / 10);
    }
  }

  /** Returns 1 if the object's own algorithm made an order, which then is one. */
  private static int checkOwnOrder(Model<?> model, List<Operation> operations) {
    if (operations.isEmpty()) {
      return 0;
    }
    Operations encoded = Operations.of(model, operations);
    if (!(encoded.space().specialist().decide(encoded) instanceof Specialist.Ordered ordered)) {
      return 0;
    }
    int[] order = Arrays.stream(ordered.order().get()).map(encoded::invocation).toArray();
    assertIsOrder(model, operations, order);
    assertThat(ShownOrder.of(encoded, new Limits(LATER, 1 << 20))).contains(order);
    return 1;
  }

  /** Where a search would not come to an end. */
  @Test
  void ofALongHistoryIsMadeWithoutSearch() {
    for (String name : List.of("queue", "stack", "mutex", "set", "register")) {
      Model<?> model = OneKey.model(name);
      List<Operation> operations = LongHistories.of(model, 3_000, 40, new Random(1));
      assertThat(checkOwnOrder(model, operations)).as(name).isOne();
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void anObjectThatChangesInPlaceIsItsModel(String name) {
    Model<?> model = Models.named(name).orElseThrow();
    if (model instanceof Specialised object && object.inPlace() != null) {
      holdAgainst(model, object);
    } else {
      assertThat(name).isNotIn("set", "queue", "stack");
    }
  }

  private static <S> void holdAgainst(Model<S> model, Specialised object) {
    Random random = new Random(4);
    int impossible = 0;
    for (int i = 0; i < HISTORIES; i++) {
      Predicate<Call> inPlace = Objects.requireNonNull(object.inPlace());
      S state = model.initial();
      for (Operation operation :
          Vocabulary.of(model.name()).history(model, random, 12, 3, 0.05, 0.2)) {
        Call call = operation.call();
        if (i % 5 == 0 && random.nextInt(9) == 0) {
          call = new Call(call.f(), call.argument(), call.result(), Call.Answer.REFUSED);
        }
        S next = model.step(state, call);
        assertThat(inPlace.test(call)).as("%s in %s", call, state).isEqualTo(next != null);
        if (next == null) {
          impossible++;
          break;
        }
        state = call.answer() == Call.Answer.REFUSED ? state : next;
      }
    }
    assertThat(impossible).isBetween(HISTORIES / 20, HISTORIES * 19 / 20);
  }

  @Test
  void partsAreMerged() {
    Script script = new Script();
    for (int i = 0; i < 300; i++) {
      script.invoke(0, "remove", Integer.toString(i % 3)).invoke(1, "add", Integer.toString(i % 5));
      script.ok(1).ok(0);
      script.did(2, "add", Integer.toString(i % 3));
    }
    List<Operation> operations = OneKey.operations("set", script);
    Operations encoded = OneKey.encoded("set", script);
    assertThat(Linearization.parts(encoded)).hasSize(5);
    Optional<int[]> order = ShownOrder.of(encoded, new Limits(LATER, 1 << 26));
    assertIsOrder(OneKey.model("set"), operations, order.orElseThrow());
  }

  @Test
  void whatIsNoOrderIsNotShown() {
    Script script = new Script().did(0, "inc", "1").did(0, "inc", "2").did(0, "inc", "3");
    List<List<Integer>> wrongOnes =
        List.of(List.of(1, 0, 2), List.of(0, 1), List.of(0, 1, 2, 2), List.of(0, 0, 1, 2));
    for (List<Integer> wrong : wrongOnes) {
      assertThat(shownBy(new Misled(wrong), script)).as(wrong::toString).isEmpty();
    }
    assertThat(shownBy(new Misled(List.of(0, 1, 2)), script)).contains(new int[] {0, 2, 4});
    Script lying = new Script().did(0, "inc", "1").did(0, "inc", "3");
    assertThat(shownBy(new Misled(List.of(0, 1)), lying)).isEmpty();
  }

  private static Optional<int[]> shownBy(Misled model, Script script) {
    History history = script.history();
    int[] invocations = KeyIndex.of(history).invocations(0);
    List<Operation> operations = KeyHistory.of(history, model, invocations).operations();
    return ShownOrder.of(Operations.of(model, operations), new Limits(LATER, 1 << 20));
  }

  /** Counts, and has an algorithm that makes the same order of every history. */
  private record Misled(List<Integer> order) implements Model<Long>, Specialised {

    @Override
    public String name() {
      return "misled";
    }

    @Override
    public Long initial() {
      return 0L;
    }

    @Override
    public @Nullable Long step(Long state, Call call) {
      return Json.of(state + 1).equals(call.result()) ? (Long) (state + 1) : null;
    }

    @Override
    public boolean isReadOnly(Call call) {
      return false;
    }

    @Override
    public @Nullable String problem(Call call) {
      return null;
    }

    @Override
    public Specialist specialist() {
      return _ ->
          new Specialist.Ordered(() -> order.stream().mapToInt(Integer::intValue).toArray());
    }

    @Override
    public Optional<Anomaly> explain(Violation violation) {
      return Optional.empty();
    }
  }

  @Test
  void anOrderThatTheLimitsDoNotAllowIsNotShown() {
    Script script = new Script();
    for (int i = 0; i < 5_000; i++) {
      script.did(0, "write", Integer.toString(i)).did(1, "read", Integer.toString(i));
    }
    Operations encoded = OneKey.encoded(script);
    assertThat(ShownOrder.of(encoded, new Limits(LATER, 1 << 20))).isPresent();
    for (int looks = 0; looks < 3; looks++) {
      AtomicInteger left = new AtomicInteger(looks);
      Limits limits = new Limits(1, 1 << 20, () -> left.getAndDecrement() > 0 ? 0 : 1);
      assertThat(ShownOrder.of(encoded, limits)).isEmpty();
    }
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

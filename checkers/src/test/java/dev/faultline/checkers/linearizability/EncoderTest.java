package dev.faultline.checkers.linearizability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.checkers.Script;
import dev.faultline.checkers.history.History;
import dev.faultline.checkers.history.OperationError;
import dev.faultline.checkers.json.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Columns say the same as objects, also where there are more calls than are remembered. */
class EncoderTest {

  private static final int OPERATIONS = 5_000;

  private final Model<?> model = Models.named("cas-register").orElseThrow();

  @ParameterizedTest
  @ValueSource(ints = {3, 400, 1_000_000})
  void encodesWhatTheHistorySays(int values) throws UnsuitableCallException {
    History history = history(values);
    int[] invocations =
        IntStream.range(0, history.size()).filter(i -> history.counterpart(i) > i).toArray();
    Operations expected =
        Operations.of(model, KeyHistory.of(history, model, invocations).operations());
    Operations encoded = new Encoder(history, model).encode(invocations, Limits.NONE);
    assertThat(encoded.size()).isEqualTo(expected.size()).isGreaterThan(OPERATIONS / 2);
    RegisterSpace space = (RegisterSpace) encoded.space();
    RegisterSpace expectedSpace = (RegisterSpace) expected.space();
    Map<Integer, Integer> same = new HashMap<>();
    Map<Integer, Integer> sameValue = new HashMap<>(Map.of(RegisterSpace.NONE, RegisterSpace.NONE));
    for (int i = 0; i < encoded.size(); i++) {
      assertThat(encoded.invocation(i)).isEqualTo(expected.invocation(i));
      assertThat(encoded.completion(i)).isEqualTo(expected.completion(i));
      int call = encoded.call(i);
      int expectedCall = expected.call(i);
      assertThat(same.computeIfAbsent(call, _ -> expectedCall)).isEqualTo(expectedCall);
      for (int[] pair :
          List.of(
              new int[] {space.needs(call), expectedSpace.needs(expectedCall)},
              new int[] {space.refutes(call), expectedSpace.refutes(expectedCall)},
              new int[] {space.leaves(call), expectedSpace.leaves(expectedCall)})) {
        assertThat(sameValue.computeIfAbsent(pair[0], _ -> pair[1])).isEqualTo(pair[1]);
      }
    }
    assertThat(same.values()).doesNotHaveDuplicates();
    assertThat(sameValue.values()).doesNotHaveDuplicates();
    assertThat(space.calls()).isEqualTo(same.size());
  }

  @Test
  void looksAtTheClockNowAndThenAndStopsWhenTheTimeIsUp() throws UnsuitableCallException {
    History history = history(3);
    int[] invocations =
        IntStream.range(0, history.size()).filter(i -> history.counterpart(i) > i).toArray();
    AtomicInteger looks = new AtomicInteger();
    Limits limits = new Limits(1, Long.MAX_VALUE, () -> -looks.incrementAndGet());
    assertThat(new Encoder(history, model).encode(invocations, limits).size()).isPositive();
    assertThat(looks).as("in %d operations", invocations.length).hasValue(2);
    assertThatThrownBy(
            () -> new Encoder(history, model).encode(invocations, new Limits(0, 0, () -> 0)))
        .isInstanceOf(BudgetSpentException.class);
  }

  @Test
  void whatDefinitelyFailedMustBeACallOfTheModelToo() {
    History history = new Script().invoke(0, "pop", "null").fail(0, "too-busy").history();
    assertThatThrownBy(() -> new Encoder(history, model).encode(new int[] {0}, Limits.NONE))
        .isInstanceOf(UnsuitableCallException.class)
        .hasMessageContaining("pop");
  }

  @Test
  void whatWasKnownEarlierIsWithoutLaterAnswers() {
    Script script = new Script().invoke(0, "add", "1").ok(0, "true").invoke(1, "add", "2");
    script.invoke(2, "contains", "1").invoke(3, "add", "3").ok(3, "true").ok(1, "true");
    script.ok(2, "true");
    Operations known = OneKey.encoded("set", script).knownAt(5);
    ModelSpace<?> space = (ModelSpace<?>) known.space();
    assertThat(IntStream.range(0, known.size()).mapToObj(known::invocation))
        .as("who only asks and has no answer tells nothing")
        .containsExactly(0, 2, 4);
    assertThat(IntStream.range(0, known.size()).mapToObj(known::completion))
        .containsExactly(1, Operation.NEVER, 5);
    assertThat(IntStream.range(0, known.size()).mapToObj(i -> space.call(known.call(i)).answer()))
        .containsExactly(Call.Answer.OK, Call.Answer.UNKNOWN, Call.Answer.OK);
  }

  @Test
  void numbersEachValueOnce() {
    ValueNumbers numbers = new ValueNumbers();
    Map<Json, Integer> expected = new HashMap<>();
    Random random = new Random(1);
    for (int i = 0; i < 20_000; i++) {
      long integer =
          switch (random.nextInt(4)) {
            case 0 -> i;
            case 1 -> (long) random.nextInt(1_000) << 40;
            case 2 -> random.nextLong();
            default -> -random.nextInt(2_000);
          };
      Json value = random.nextInt(10) == 0 ? Json.of("v" + integer) : Json.of(integer);
      int next = expected.size();
      assertThat(numbers.number(value)).isEqualTo(expected.computeIfAbsent(value, _ -> next));
      assertThat(numbers.size()).isEqualTo(expected.size());
    }
  }

  @Test
  void integersTakeATableThatIsHalfFullAtMost() {
    ValueNumbers numbers = new ValueNumbers();
    int entry = Long.BYTES + Integer.BYTES;
    assertThat(numbers.number(Json.of("word"))).isZero();
    for (int i = 0; i < 32; i++) {
      assertThat(numbers.number(Json.of(-i))).isEqualTo(i + 1);
    }
    assertThat(numbers.bytes()).isEqualTo(64 * entry + 100);
    assertThat(numbers.number(Json.of(100))).isEqualTo(33);
    assertThat(numbers.number(Json.of("words"))).isEqualTo(34);
    assertThat(numbers.bytes()).isEqualTo(128 * entry + 2 * 100);
    for (int i = 0; i < 32; i++) {
      assertThat(numbers.number(Json.of(-i))).isEqualTo(i + 1);
    }
  }

  /** Reads, writes and compare-and-sets of all three outcomes, one after the other. */
  private static History history(int values) {
    Random random = new Random(values);
    Script script = new Script();
    int process = 0;
    for (int i = 0; i < OPERATIONS; i++) {
      String value = random.nextInt(50) == 0 ? "null" : "" + random.nextInt(values);
      String pair = "[" + random.nextInt(values) + "," + random.nextInt(values) + "]";
      switch (random.nextInt(6)) {
        case 0 -> script.invoke(process, "read", "null").ok(process, value);
        case 1 -> script.did(process, "write", value);
        case 2 -> script.did(process, "cas", pair);
        case 3 -> script.invoke(process, "cas", pair).fail(process, OperationError.COMPARE_FAILED);
        case 4 -> script.invoke(process, "write", value).fail(process, "too-busy");
        default -> script.invoke(process, "cas", pair).info(process++);
      }
    }
    return script.history();
  }
}

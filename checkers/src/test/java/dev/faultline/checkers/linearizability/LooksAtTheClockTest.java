package dev.faultline.checkers.linearizability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checkers.Script;
import dev.faultline.checkers.history.History;
import dev.faultline.checkers.json.Json;
import dev.faultline.checkers.json.JsonReader;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Whatever walks over all operations looks at the clock on the way, so that a budget is honoured
 * wherever it ends.
 */
class LooksAtTheClockTest {

  /** So many operations that whoever walks over them looks more than once. */
  private static final int MANY = 5_000;

  /** Enough for what is no search. */
  private static final long MEMORY_BYTES = 1 << 22;

  private final Set<String> looking = new TreeSet<>();
  private final Limits limits =
      new Limits(
          Long.MAX_VALUE,
          MEMORY_BYTES,
          () -> {
            looking.add(caller());
            return 0;
          });

  @Test
  void aQueue() {
    show("queue", LongHistories.of(OneKey.model("queue"), MANY, 4, new Random(1)));
    assertThat(looking).contains("PutsAndTakes.sort", "ModelSpace.accepts");
  }

  @Test
  void aStack() {
    show("stack", sequential(i -> i % 2 == 0 ? ok("push", i, "null") : ok("pop", i - 1)));
    assertThat(looking)
        .contains(
            "PutsAndTakes.sort",
            "LifoOrder$Attempt.decide",
            "LifoSequence.order",
            "ModelSpace.accepts");
  }

  @Test
  void aSet() {
    show(
        "set",
        sequential(i -> i < MANY - 2 ? ok("add", i, "null") : ok("contains", i - 2, "true")));
    assertThat(looking).contains("SetOrder.decide", "ModelSpace.accepts");
  }

  @Test
  void aMutex() {
    show("mutex", sequential(i -> ok(i % 2 == 0 ? "acquire" : "release", "null", "null")));
    assertThat(looking).contains("LockOrder.decide", "LockOrder$Walk.decide", "ModelSpace.accepts");
  }

  @Test
  void aFencedLock() {
    show("fenced-lock", sequential(i -> i % 2 == 0 ? ok("acquire", i) : ok("release", "null")));
    assertThat(looking)
        .contains(
            "FencedLockOrder$Trial.<init>",
            "LockOrder.decide",
            "LockOrder$Walk.decide",
            "PinnedOrder.decide");
  }

  @Test
  void aVersionedRegister() {
    show(
        "versioned-register",
        sequential(i ->
            i % 2 == 0
                ? ok("write", i, "[" + (i / 2 + 1) + "," + i + "]")
                : ok("read", "null", "[" + (i / 2 + 1) + "," + (i - 1) + "]")));
    assertThat(looking).contains("PinnedOrder.decide");
  }

  @Test
  void aCounterOfWhichTheSearchDecides() {
    show("counter", sequential(i -> i % 2 == 0 ? ok("add", 1, "null") : ok("read", i / 2 + 1)));
    assertThat(looking)
        .contains(
            "CounterBounds.decide",
            "Timeline.assignClasses",
            "Timeline.assignSlots",
            "Timeline.events",
            "ModelSpace.accepts");
  }

  @Test
  void aRegisterWithUniqueValues() {
    show("cas-register", LongHistories.of(OneKey.model("cas-register"), MANY, 4, new Random(1)));
    assertThat(looking)
        .contains(
            "Zones.writers",
            "Zones.happenings",
            "Zones.chains",
            "Zones.isOrdered",
            "Zones.fillBlocks",
            "BlockLayout.<init>",
            "BlockLayout.order",
            "BlockLayout.refusalsFit",
            "RegisterSpace.accepts");
  }

  @Test
  void aRegisterOfWhichTheSearchDecides() {
    show(
        "cas-register",
        sequential(i -> i % 2 == 0 ? ok("write", i % 3, "null") : ok("read", (i - 1) % 3)));
    assertThat(looking)
        .contains(
            "Unobserved.<init>",
            "Unobserved.leaveOutAll",
            "Timeline.assignClasses",
            "Timeline.assignSlots",
            "Timeline.events");
  }

  @Test
  void whoeverGathersTheOperationsOfAKey() {
    Script script = new Script();
    for (int i = 0; i < MANY; i++) {
      script.did(0, "write", "1");
    }
    History history = script.history();
    KeyIndex index = KeyIndex.of(history, limits);
    assertThat(looking).containsExactly("KeyIndex.of");
    AtomicInteger looks = new AtomicInteger();
    assertThat(KeyIndex.of(history, new Limits(1, 0, () -> -looks.incrementAndGet())).size(0))
        .isEqualTo(MANY);
    assertThat(looks).as("twice over all events").hasValue(2 * (history.size() / 2_048));
    KeyHistory key =
        KeyHistory.of(history, OneKey.model("cas-register"), index.invocations(0), limits);
    assertThat(key.operations()).hasSize(MANY);
    assertThat(looking).containsExactly("KeyHistory.of", "KeyIndex.of");
  }

  /** Decides, and has an order shown. */
  private void show(String model, List<Operation> operations) {
    Operations all = limited(Operations.of(OneKey.model(model), operations));
    assertThat(ShownOrder.of(all, limits)).as("an order of a valid history").isPresent();
  }

  private Operations limited(Operations all) {
    int[] every = IntStream.range(0, all.size()).toArray();
    return new Operations(
        all.space(),
        all.size(),
        IntStream.of(every).map(all::invocation).toArray(),
        IntStream.of(every).map(all::completion).toArray(),
        IntStream.of(every).map(all::call).toArray(),
        limits);
  }

  private static List<Operation> sequential(IntFunction<Call> call) {
    return IntStream.range(0, MANY)
        .mapToObj(i -> new Operation(2 * i, 2 * i + 1, call.apply(i)))
        .toList();
  }

  private static Call ok(String f, Object result) {
    return ok(f, "null", result);
  }

  private static Call ok(String f, Object argument, Object result) {
    return new Call(f, json(argument), json(result), Call.Answer.OK);
  }

  private static Json json(Object text) {
    return JsonReader.parse(text.toString());
  }

  /** Returns class and method of who looks at the limits. */
  private static String caller() {
    String limits = Limits.class.getName();
    String test = LooksAtTheClockTest.class.getName();
    return StackWalker.getInstance()
        .walk(frames ->
            frames
                .dropWhile(frame ->
                    frame.getClassName().startsWith(test)
                        || frame.getClassName().startsWith(limits))
                .findFirst()
                .map(frame ->
                    frame.getClassName().substring(frame.getClassName().lastIndexOf('.') + 1)
                        + "."
                        + frame.getMethodName())
                .orElseThrow());
  }
}

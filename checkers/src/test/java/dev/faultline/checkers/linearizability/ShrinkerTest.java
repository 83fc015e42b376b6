package dev.faultline.checkers.linearizability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checkers.Script;
import dev.faultline.checkers.json.Json;
import dev.faultline.checkers.json.JsonWriter;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What shrinking leaves: a few operations that still have no order, of which all are needed. */
class ShrinkerTest {

  private final Script script = new Script();

  @Test
  void aReadOfWhatNobodyWroteIsEvidenceByItself() {
    script.did(0, "write", "1").did(1, "read", "1").did(2, "read", "7").did(0, "write", "7");
    Shrinker.Shrunk shrunk = shrink("cas-register", script);
    assertThat(words(shrunk)).containsExactly("read -> 7");
    assertThat(shrunk.states()).isZero();
  }

  @Test
  void aReadOfWhatWasThereFirstNeedsTheWriteThatReplacedIt() {
    script.did(0, "write", "1").did(1, "write", "2").did(2, "read", "null");
    Shrinker.Shrunk shrunk = shrink("cas-register", script);
    assertThat(words(shrunk)).containsExactly("write 2", "read -> null");
    assertThat(shrunk.states()).isPositive();
  }

  @Test
  void answersThatCameLaterAreNotNeeded() {
    // The compare-and-set in flight would explain the read if 3 were still there.
    inFlightSinceThree(script);
    script.ok(5);
    assertThat(words(shrink("cas-register", script)))
        .containsExactly("write 2", "cas [3,1] lost", "read -> 1");
  }

  @Test
  void whatOnlyObservesAndWasNotAnsweredIsNotNeeded() {
    script.did(0, "write", "1").did(1, "write", "2").invoke(3, "read", "null");
    script.invoke(4, "cas", "[1,9]").did(2, "read", "1").ok(3, "2").fail(4, "compare-failed");
    assertThat(words(shrink("cas-register", script))).containsExactly("write 2", "read -> 1");
  }

  @Test
  void thoseThatAnObjectsOwnAlgorithmNamesAreKeptWithTheOneThatIsBlocked() {
    script.did(0, "acquire", "null").did(0, "release", "null").did(1, "acquire", "null");
    script.did(2, "acquire", "null");
    Shrinker.Shrunk shrunk = shrink("mutex", script);
    assertThat(invocations(shrunk)).containsExactly(4, 6);
    assertThat(shrunk.states()).isZero();
  }

  @Test
  void theLatestOperationsOfALongHistoryAreEnough() {
    for (int rounds : new int[] {20, 200, 2_000}) {
      Script stale = rounds(new Script(), rounds);
      stale.did(0, "write", "5").did(0, "write", "6").did(1, "read", "5");
      Shrinker.Shrunk shrunk = shrink("cas-register", stale);
      assertThat(words(shrunk)).containsExactly("write 6", "read -> 5");
      assertThat(shrunk.states()).as("%d rounds", rounds).isBetween(1L, 60L);
    }
  }

  @Test
  void thenSomeMoreThanTheLatest() {
    for (int rounds : new int[] {100, 1_000}) {
      Script stale = rounds(new Script(), rounds).did(0, "write", "5").did(0, "write", "6");
      for (int i = 0; i < 20; i++) {
        stale.did(1, "read", "6");
      }
      Shrinker.Shrunk shrunk = shrink("cas-register", stale.did(1, "read", "5"));
      assertThat(words(shrunk)).containsExactly("write 6", "read -> 5");
      assertThat(shrunk.states()).as("%d rounds", rounds).isBetween(1L, 400L);
    }
  }

  @Test
  void whatTheLatestOperationsLeaveOpenEarlierOnesMayDecide() {
    // The write of 9 whose answer was lost took effect before 8 was written, and does so once.
    rounds(script, 40).invoke(7, "write", "9").info(7).did(1, "read", "9");
    for (int i = 0; i < 15; i++) {
      script.did(0, "write", "8").did(1, "read", "8");
    }
    Shrinker.Shrunk shrunk = shrink("cas-register", script.did(2, "read", "9"));
    assertThat(shrunk.states()).isPositive();
    assertThat(words(shrunk)).hasSize(4).containsSequence("write 9 lost", "read -> 9");
    assertThat(words(shrunk)).endsWith("read -> 9").containsAnyOf("write 8", "read -> 8");
  }

  @Test
  void anAnswerThatCameLaterIsNeededWhereWithoutItThereWouldBeAnOrder() {
    script.did(0, "add", "9").did(0, "remove", "9");
    for (int i = 0; i < 40; i++) {
      script.did(3, "read", "[]");
    }
    // Something must have added 1, but whoever tried was told that it had been there.
    script.invoke(1, "add", "1").did(2, "read", "[1]").ok(1, "false");
    assertThat(words(shrink("set", script)))
        .containsExactly("add 9", "remove 9", "add 1 -> false", "read -> [1]");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 10, 200})
  void whatWasTriedInVainIsCountedToo(int unrelated) {
    for (int i = 0; i < unrelated; i++) {
      script.did(0, "write", "" + (100 + i));
    }
    inFlightSinceThree(script);
    Shrinker.Shrunk shrunk = shrink("cas-register", script);
    assertThat(words(shrunk)).containsExactly("write 2", "cas [3,1] lost", "read -> 1");
    // With compare-and-sets taken for writes there is an order, which takes all to find out.
    Model<?> relaxed = new Relaxed<>(OneKey.model("cas-register"), shrunk.kept().getLast().call());
    List<Operation> all = OneKey.operations(script);
    assertThat(shrunk.states())
        .isGreaterThan(decide(relaxed, all).states() + decide(relaxed, shrunk.kept()).states());
  }

  @Test
  void whatSawEachOtherIsLeftOutTogether() {
    script.did(0, "write", "3").invoke(1, "cas", "[2,6]").did(0, "write", "2");
    script.did(2, "cas", "[6,2]").ok(1);
    script.invoke(5, "cas", "[3,1]").did(4, "read", "1");
    assertThat(words(shrink("cas-register", script)))
        .containsExactly("write 2", "cas [3,1] lost", "read -> 1");
  }

  @Test
  void aReadFarBackIsFoundByHalves() {
    script.invoke(0, "txn", "[[\"w\",\"x\",1]]").info(0).did(1, "txn", "[[\"r\",\"x\",1]]");
    elsewhere(script, 400);
    script.did(1, "txn", "[[\"r\",\"x\",null]]");
    AtomicInteger looks = new AtomicInteger();
    Shrinker.Shrunk shrunk =
        shrink("multi-register", script, new Limits(1, 64 << 20, () -> -looks.incrementAndGet()));
    assertThat(invocations(shrunk)).containsExactly(0, 2, 804);
    // Three of the size of the whole, then halves: one by one it would be hundreds of searches.
    assertThat(looks).hasValueLessThan(400);
    assertThat(shrunk.states()).isLessThan(7_000);
  }

  @Test
  void whatHappenedLatelyIsTriedBeforeHalves() {
    elsewhere(script, 400);
    script.invoke(0, "txn", "[[\"w\",\"x\",1]]").info(0).did(1, "txn", "[[\"r\",\"x\",1]]");
    script.did(1, "txn", "[[\"r\",\"x\",null]]");
    Shrinker.Shrunk shrunk = shrink("multi-register", script);
    assertThat(invocations(shrunk)).containsExactly(800, 802, 804);
    assertThat(shrunk.states()).isBetween(3L, 60L);
  }

  @Test
  void whatIsBlockedByItselfNeedsOneSearch() {
    elsewhere(script, 400);
    script.did(1, "txn", "[[\"r\",\"x\",5]]");
    Shrinker.Shrunk shrunk = shrink("multi-register", script);
    assertThat(invocations(shrunk)).containsExactly(800);
    Model<?> model = OneKey.model("multi-register");
    long alone = Search.run(model, shrunk.kept(), Limits.NONE, Reductions.ALL).states();
    assertThat(shrunk.states()).isPositive().isEqualTo(alone);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"cas-register", "multi-register", "append-kv", "set", "counter", "fenced-lock"})
  void whatIsLeftHasNoOrderAndIsNeeded(String name) {
    Model<?> model = OneKey.model(name);
    Random random = new Random(name.hashCode());
    int most = 0;
    for (int i = 0; i < 400; i++) {
      List<Operation> operations =
          Vocabulary.of(name).history(model, random, 4 + random.nextInt(12), 5, 0.15, 0.1);
      if (decide(model, operations) instanceof SearchResult.Blocked(int event, long _, long _)) {
        Operation blocked = completedBy(event, operations);
        List<Operation> kept = Shrinker.shrink(model, operations, blocked, Limits.NONE).kept();
        assertThat(kept).contains(blocked);
        assertThat(decide(model, kept)).isInstanceOf(SearchResult.Blocked.class);
        assertNoneCanBeLeftOut(model, operations, kept, blocked);
        most = Math.max(most, kept.size());
      }
    }
    assertThat(most).as("not all were trivial").isGreaterThan(2);
  }

  @Test
  void whereverTheTimeEndsShrinkingDoesTooAndWhatIsLeftHasNoOrder() {
    Script register = rounds(new Script(), 30);
    inFlightSinceThree(register);
    Script other = new Script().invoke(0, "txn", "[[\"w\",\"x\",1]]").info(0);
    elsewhere(other.did(1, "txn", "[[\"r\",\"x\",1]]"), 60);
    other.did(1, "txn", "[[\"r\",\"x\",null]]");
    int most = 0;
    for (int end = 0; end < 80; end++) {
      most = Math.max(most, looksAfter(end, "cas-register", register));
      most = Math.max(most, looksAfter(end, "multi-register", other));
    }
    assertThat(most).as("one for each loop that is left").isBetween(1, 9);
  }

  private static int looksAfter(int end, String name, Script script) {
    AtomicInteger looks = new AtomicInteger();
    Limits limits = new Limits(end, 64 << 20, looks::getAndIncrement);
    assertThat(isBlocked(OneKey.model(name), shrink(name, script, limits).kept())).isTrue();
    return looks.get() - end;
  }

  /** Writes 3, then 2; what would make 1 of 3 comes too late, and then 1 is read. */
  private static void inFlightSinceThree(Script script) {
    script.did(0, "write", "3").did(0, "write", "2").invoke(5, "cas", "[3,1]").did(4, "read", "1");
  }

  private static void elsewhere(Script script, int reads) {
    for (int i = 0; i < reads; i++) {
      script.did(2, "txn", "[[\"r\",\"y\",null]]");
    }
  }

  private static Script rounds(Script script, int rounds) {
    for (int i = 0; i < rounds; i++) {
      script.did(0, "write", "" + i % 5).did(1, "read", "" + i % 5);
    }
    return script;
  }

  private static void assertNoneCanBeLeftOut(
      Model<?> model, List<Operation> operations, List<Operation> kept, Operation blocked) {
    Model<?> relaxed = new Relaxed<>(model, blocked.call());
    boolean register = model.access(blocked.call()) != null;
    Model<?> asked = register && isBlocked(relaxed, kept) ? relaxed : model;
    List<Operation> all =
        operations.stream()
            .filter(o -> o.invocation() < blocked.completion())
            .map(o -> kept.contains(o) ? o : o.knownAt(blocked.completion()))
            .filter(o -> kept.contains(o) || !o.isOpenEnded() || !model.isReadOnly(o.call()))
            .toList();
    Removal removal = new Removal(asked, all, 0);
    BitSet gone = new BitSet();
    IntStream.range(0, all.size()).filter(i -> !kept.contains(all.get(i))).forEach(gone::set);
    for (int i = gone.nextClearBit(0); i < all.size(); i = gone.nextClearBit(i + 1)) {
      BitSet more = removal.withWitnesses(i, gone, all.indexOf(blocked));
      more.or(gone);
      if (removal.restrict(more) && more.cardinality() > gone.cardinality()) {
        BitSet left = more;
        List<Operation> rest =
            IntStream.range(0, all.size()).filter(o -> !left.get(o)).mapToObj(all::get).toList();
        assertThat(isBlocked(asked, rest)).as("%s of %s", rest, kept).isFalse();
      }
    }
  }

  private static Shrinker.Shrunk shrink(String name, Script script) {
    return shrink(name, script, Limits.NONE);
  }

  private static Shrinker.Shrunk shrink(String name, Script script, Limits limits) {
    List<Operation> operations = OneKey.operations(name, script);
    Model<?> model = OneKey.model(name);
    SearchResult result = Linearization.decide(Operations.of(model, operations), Limits.NONE);
    int event = ((SearchResult.Blocked) result).blocked();
    return Shrinker.shrink(model, operations, completedBy(event, operations), limits);
  }

  private static Operation completedBy(int event, List<Operation> operations) {
    return operations.stream().filter(o -> o.completion() == event).findFirst().orElseThrow();
  }

  private static SearchResult decide(Model<?> model, List<Operation> operations) {
    return Search.run(model, operations, Limits.NONE, Reductions.ALL);
  }

  private static boolean isBlocked(Model<?> model, List<Operation> operations) {
    return decide(model, operations) instanceof SearchResult.Blocked;
  }

  private static List<Integer> invocations(Shrinker.Shrunk shrunk) {
    return shrunk.kept().stream().map(Operation::invocation).toList();
  }

  private static List<String> words(Shrinker.Shrunk shrunk) {
    return shrunk.kept().stream().map(o -> words(o.call())).toList();
  }

  private static String text(Json value) {
    return JsonWriter.toString(value);
  }

  private static String words(Call call) {
    return switch (call.answer()) {
      case OK ->
          call.f()
              + (call.argument() instanceof Json.Null ? "" : " " + text(call.argument()))
              + (call.result().equals(call.argument()) && !call.f().equals("read")
                  ? ""
                  : " -> " + text(call.result()));
      case REFUSED -> call.f() + " " + text(call.argument()) + " refused";
      case UNKNOWN -> call.f() + " " + text(call.argument()) + " lost";
    };
  }
}

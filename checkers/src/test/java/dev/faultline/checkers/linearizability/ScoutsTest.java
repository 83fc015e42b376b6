package dev.faultline.checkers.linearizability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.checkers.Budget;
import dev.faultline.checkers.CheckResult;
import dev.faultline.checkers.Recording;
import dev.faultline.checkers.Script;
import dev.faultline.checkers.Verdict;
import dev.faultline.checkers.history.History;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Threads within one key change how soon there is an answer, but not the answer. */
class ScoutsTest {

  private static final Model<?> MODEL = OneKey.model("cas-register");
  private static final Limits AMPLE =
      new Limits(System.nanoTime() + Duration.ofHours(1).toNanos(), 1 << 28);

  /** Sent out long before it would be worth it. */
  private static final Helpers EAGER = new Helpers(2, 8 * Checkpoints.SPACING, Helpers::scouts);

  /** Have walked before the search begins. */
  private static final Helpers AHEAD = new Helpers(2, EAGER.leastEvents(), _ -> new AtOnce());

  @Test
  void answerIsThatOfOneThread() {
    int blocked = 0;
    int histories = 160;
    long statesAlone = 0;
    long statesWithScouts = 0;
    for (int seed = 0; seed < histories; seed++) {
      Random random = new Random(seed);
      int processes = 2 + random.nextInt(9);
      double lies = random.nextInt(3) * 0.001;
      double infos = random.nextInt(3) * 0.02;
      Operations operations =
          operations(
              new RandomHistories(random, processes, 2 + random.nextInt(4), lies, infos, true)
                  .next(200 + random.nextInt(2_500)));
      SearchResult alone = Search.run(operations, AMPLE, Reductions.ALL);
      SearchResult eager = Search.run(operations, AMPLE, Reductions.ALL, EAGER);
      SearchResult ahead = Search.run(operations, AMPLE, Reductions.ALL, AHEAD);
      assertThat(essence(eager)).as("seed %d", seed).isEqualTo(essence(alone));
      assertThat(essence(ahead)).as("seed %d", seed).isEqualTo(essence(alone));
      if (alone instanceof SearchResult.Linearizable) {
        statesAlone += alone.states();
        statesWithScouts += ahead.states();
      } else {
        blocked++;
      }
    }
    // The comparison means something only if both verdicts are common.
    assertThat(blocked).isBetween(histories / 8, histories * 7 / 8);
    // And if the search goes on where scouts stand, rather than walk all that they walked again.
    assertThat(statesWithScouts).isLessThan(statesAlone * 5 / 4);
  }

  @Test
  void whatAScoutFoundIsTakenOver() {
    int taken = 0;
    for (int seed = 0; seed < 20; seed++) {
      Operations operations =
          operations(new RandomHistories(new Random(seed), 10, 5, 0, 0.01, true).next(1_200));
      Timeline timeline = new Timeline(operations, true);
      Pass scout = pass(timeline);
      scout.beginWithGuess((RegisterSpace) operations.space(), 640);
      assertThat(scout.isExact()).isFalse();
      Pass proof = pass(timeline);
      if (scout.advance(2_000) == Pass.Ending.ARRIVED
          && proof.advance(1_280) == Pass.Ending.ARRIVED
          && proof.reaches(scout, 1_216)) {
        taken++;
        proof.goOnAs(scout, 1_216);
        assertThat(proof.position()).isEqualTo(2_000);
        assertThat(proof.isExact()).isFalse();
        assertThat(proof.advance(timeline.size())).isEqualTo(Pass.Ending.ARRIVED);
        // What the scout left behind can be gone back to, on both sides of where they met.
        for (int place : new int[] {1_990, 1_216, 1_210, 64}) {
          proof.rewind(place);
          assertThat(proof.position()).isEqualTo(place / 64 * 64);
          assertThat(proof.advance(timeline.size())).isEqualTo(Pass.Ending.ARRIVED);
        }
      }
    }
    assertThat(taken).isGreaterThan(15);
  }

  @Test
  void aGuessThatNobodyReachesIsNotBelieved() {
    // At the end everybody reads 2, which somebody wrote once, but not last.
    Script script = new Script().did(0, "write", "2");
    for (int i = 0; i < 300; i++) {
      script.did(0, "write", "1");
    }
    for (int i = 0; i < 600; i++) {
      script.did(0, "read", "2");
    }
    Operations operations = OneKey.encoded(script);
    Timeline timeline = new Timeline(operations, true);
    Pass scout = pass(timeline);
    scout.beginWithGuess((RegisterSpace) operations.space(), 640);
    assertThat(scout.advance(timeline.size())).isEqualTo(Pass.Ending.ARRIVED);
    Pass best = pass(timeline);
    best.beginWithBest((RegisterSpace) operations.space(), 640);
    assertThat(best.advance(timeline.size())).isEqualTo(Pass.Ending.ARRIVED);
    for (Helpers helpers : List.of(EAGER, AHEAD)) {
      SearchResult result = Search.run(operations, AMPLE, Reductions.ALL, helpers);
      assertThat(essence(result)).isEqualTo("blocked at " + (2 * 301 + 1));
    }
  }

  @Test
  void noScoutIsLeftWhenThereIsAnAnswer() throws InterruptedException {
    // An early contradiction, and behind it much that scouts begin to walk.
    Script script = new Script().did(0, "write", "1").did(0, "read", "2").did(1, "write", "2");
    for (int i = 0; i < 200_000; i++) {
      script.did(i % 7, "write", Integer.toString(i % 3)).did(1, "read", Integer.toString(i % 3));
    }
    Operations operations = OneKey.encoded(script);
    SearchResult result = Search.run(operations, AMPLE, Reductions.ALL, EAGER);
    assertThat(essence(result)).isEqualTo("blocked at 3");
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("scout-")) {
        // One that has nothing left to do may still be about to end.
        assertThat(thread.join(Duration.ofSeconds(30))).as(thread.getName()).isTrue();
      }
    }
  }

  @Test
  void whereverTheTimeEndsTheAnswerIsRightOrUnknown() {
    for (double lies : new double[] {0, 0.0005}) {
      Operations operations =
          operations(new RandomHistories(new Random(3), 8, 4, lies, 0.02, true).next(2_000));
      String right = essence(Search.run(operations, AMPLE, Reductions.ALL));
      int unknown = 0;
      for (int looks = 1; looks < 20_000; looks += 1 + looks / 3) {
        Limits limits = new Limits(1, 1 << 28, endingAfter(looks));
        SearchResult result = Search.run(operations, limits, Reductions.ALL, EAGER);
        if (result instanceof SearchResult.GaveUp gaveUp) {
          unknown++;
          assertThat(gaveUp.outOfMemory()).isFalse();
        } else {
          assertThat(essence(result)).isEqualTo(right);
        }
      }
      assertThat(unknown).isGreaterThan(3);
    }
  }

  @Test
  void scoutsGiveTheirMemoryToTheSearch() {
    int decided = 0;
    int alone = 0;
    for (int seed = 0; seed < 12; seed++) {
      Operations operations =
          operations(new RandomHistories(new Random(seed), 9, 4, 0.0003, 0.02, true).next(1_000));
      String right = essence(Search.run(operations, AMPLE, Reductions.ALL));
      long fixed = new Timeline(operations, true).bytes();
      for (long memory = fixed + (256 << 10); memory > fixed; memory -= 16 << 10) {
        Limits limits = new Limits(AMPLE.deadlineNanos(), memory);
        SearchResult result = Search.run(operations, limits, Reductions.ALL, EAGER);
        boolean aloneIsEnough =
            !(Search.run(operations, limits, Reductions.ALL) instanceof SearchResult.GaveUp);
        alone += aloneIsEnough ? 1 : 0;
        if (result instanceof SearchResult.GaveUp gaveUp) {
          assertThat(gaveUp.outOfMemory()).isTrue();
        } else {
          decided++;
          assertThat(essence(result)).isEqualTo(right);
        }
      }
    }
    assertThat(alone).isPositive();
    assertThat(decided).isGreaterThan(alone * 9 / 10);
  }

  @Test
  void checksAsWithOneThread() {
    int invalid = 0;
    for (int seed = 0; seed < 6; seed++) {
      History history =
          new RandomHistories(new Random(seed), 8, 5, seed < 3 ? 0 : 0.001, 0.01, true)
              .next(20_000);
      LinearizabilityChecker checker = new LinearizabilityChecker(MODEL);
      CheckResult alone = check(checker, history);
      CheckResult helped = check(checker.withThreads(3), history);
      assertThat(helped.verdict()).isEqualTo(alone.verdict());
      assertThat(helped.summary()).isEqualTo(alone.summary());
      assertThat(helped.findings()).isEqualTo(alone.findings());
      invalid += alone.verdict() instanceof Verdict.Invalid ? 1 : 0;
    }
    assertThat(invalid).isBetween(1, 5);
  }

  @Test
  void aModelThatThrowsIsNamedAsWithOneThread() {
    Script script = new Script();
    for (int i = 0; i < 20_000; i++) {
      script.did(0, "inc", "null");
    }
    Model<Long> broken = new BrokenAt(9_000);
    LinearizabilityChecker checker = new LinearizabilityChecker(broken).withThreads(3);
    assertThatThrownBy(() -> check(checker, script.history()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("model broken cannot tell what")
        .hasMessageContaining("in state 9000");
  }

  @Test
  void eachHasAStretchThatIsWorthIt() {
    assertThat(Helpers.of(0)).isSameAs(Helpers.NONE);
    Helpers two = Helpers.of(2);
    assertThat(two.threads()).isEqualTo(2);
    assertThat(two.overlap()).isEqualTo(4_096);
    assertThat(two.stretch(1_000)).isEqualTo(16_384);
    // Four for each of three threads, from one multiple of 64 to another.
    assertThat(two.stretch(1_200_000)).isEqualTo(99_968);
    assertThat(EAGER.overlap()).isEqualTo(128);
  }

  @Test
  void refusesToWorkWithoutAThread() {
    LinearizabilityChecker checker = new LinearizabilityChecker(MODEL);
    assertThatThrownBy(() -> checker.withThreads(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("threads must be at least 1, not 0");
  }

  /** Counts, and throws when it has counted far enough. */
  private record BrokenAt(long most) implements Model<Long> {

    @Override
    public String name() {
      return "broken";
    }

    @Override
    public Long initial() {
      return 0L;
    }

    @Override
    public Long step(Long state, Call call) {
      if (state == most) {
        throw new UnsupportedOperationException("too far");
      }
      return state + 1;
    }

    @Override
    public boolean isReadOnly(Call call) {
      return false;
    }

    @Override
    public @Nullable String problem(Call call) {
      return null;
    }
  }

  private static CheckResult check(LinearizabilityChecker checker, History history) {
    return checker.check(new Recording(history, null), new Budget(Duration.ofMinutes(5), 1 << 28));
  }

  /** A clock that stands still until it was looked at so many times, and then is far ahead. */
  private static LongSupplier endingAfter(int looks) {
    AtomicLong seen = new AtomicLong();
    return () -> seen.getAndIncrement() < looks ? 0 : Long.MAX_VALUE / 2;
  }

  private static Pass pass(Timeline timeline) {
    Pass pass =
        new Pass(
            timeline,
            new Layout(timeline, false),
            Pass.Policy.DROP,
            Reductions.ALL,
            new Meter(AMPLE, 0),
            null);
    pass.setWidth(16);
    return pass;
  }

  private static String essence(SearchResult result) {
    return switch (result) {
      case SearchResult.Linearizable _ -> "linearizable";
      case SearchResult.Blocked(int blocked, long _, long _) -> "blocked at " + blocked;
      case SearchResult.GaveUp _ -> "gave up";
    };
  }

  private static Operations operations(History history) {
    int[] invocations = KeyIndex.of(history).invocations(0);
    return Operations.of(MODEL, KeyHistory.of(history, MODEL, invocations).operations());
  }
}

package dev.faultline.checkers.linearizability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checkers.Script;
import dev.faultline.checkers.history.History;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The two passes together answer what one that is wide enough answers, for less. */
class SearchTest {

  private static final Model<?> MODEL = OneKey.model("cas-register");
  private static final Limits AMPLE =
      new Limits(System.nanoTime() + Duration.ofHours(1).toNanos(), 1 << 28);

  private final Random random = new Random(1);

  @Test
  void agreesWithOneWalkThatIsWideEnough() {
    int invalid = 0;
    for (int i = 0; i < 60; i++) {
      History history = new RandomHistories(random, 8, 4, 0.01, 0.02, true).next(150);
      Operations operations = operations(history);
      Timeline timeline = new Timeline(operations, true);
      Pass wide =
          new Pass(
              timeline,
              new Layout(timeline, false),
              Pass.Policy.DROP,
              Reductions.ALL,
              new Meter(AMPLE, 0),
              null);
      wide.setWidth(1 << 20);
      Pass.Ending ending = wide.advance(timeline.size());
      assertThat(wide.isExact()).isTrue();
      SearchResult result = Search.run(operations, AMPLE, Reductions.ALL);
      if (ending == Pass.Ending.ARRIVED) {
        assertThat(result).isInstanceOf(SearchResult.Linearizable.class);
      } else {
        invalid++;
        int blocked = operations.completion(timeline.operationAt(wide.position()));
        assertThat(result)
            .isInstanceOfSatisfying(
                SearchResult.Blocked.class,
                found -> assertThat(found.blocked()).isEqualTo(blocked));
      }
    }
    assertThat(invalid).isBetween(15, 45);
  }

  @Test
  void farFromTheBeginningWhatHappenedLatelyRefutes() {
    int invalid = 0;
    int refuted = 0;
    for (int seed = 0; seed < 120; seed++) {
      Random far = new Random(seed);
      Operations operations =
          operations(new RandomHistories(far, 5, 4, 0, 0.002, true).next(1_200));
      operations = withStaleRead(operations, far);
      Timeline timeline = new Timeline(operations, true);
      Pass wide = pass(timeline, Pass.Policy.DROP);
      wide.setWidth(1 << 20);
      Pass.Ending ending = wide.advance(timeline.size());
      assertThat(wide.isExact()).isTrue();
      assertThat(ending).isIn(Pass.Ending.ARRIVED, Pass.Ending.DEAD);
      SearchResult result = Search.run(operations, AMPLE, Reductions.ALL);
      if (ending == Pass.Ending.ARRIVED) {
        assertThat(result).isInstanceOf(SearchResult.Linearizable.class);
        continue;
      }
      invalid++;
      int blocked = operations.completion(timeline.operationAt(wide.position()));
      assertThat(result)
          .isInstanceOfSatisfying(
              SearchResult.Blocked.class, found -> assertThat(found.blocked()).isEqualTo(blocked));
      Pass late = pass(timeline, Pass.Policy.JOIN);
      late.setWidth(4);
      late.setCounting(false);
      late.beginWithBest((RegisterSpace) operations.space(), wide.position() / 64 * 64 - 1_024);
      if (late.advance(timeline.size()) == Pass.Ending.DEAD) {
        refuted++;
        // It knows less than the wide one, so it cannot die earlier.
        assertThat(late.position()).isGreaterThanOrEqualTo(wide.position());
      }
    }
    assertThat(invalid).isBetween(20, 100);
    assertThat(refuted).isGreaterThan(invalid / 2);
  }

  /** Lets a read in the later half of the history see what is likely not there any more. */
  private static Operations withStaleRead(Operations operations, Random far) {
    int[] calls = new int[operations.size()];
    for (int i = 0; i < calls.length; i++) {
      calls[i] = operations.call(i);
    }
    int read = calls.length * 3 / 4;
    while (!operations.isReadOnly(read) || operations.isOpenEnded(read)) {
      read++;
    }
    int other = far.nextInt(read);
    while (!operations.isReadOnly(other)) {
      other = far.nextInt(read);
    }
    calls[read] = calls[other];
    return operations.withCalls(calls);
  }

  private static Pass pass(Timeline timeline, Pass.Policy policy) {
    return new Pass(
        timeline, new Layout(timeline, false), policy, Reductions.ALL, new Meter(AMPLE, 0), null);
  }

  /** Leaving out what nobody observed saves memory rather than configurations. */
  @Test
  void everyReductionSavesConfigurations() {
    List<Reductions> weaker =
        List.of(
            new Reductions(false, true, true, true, false, true),
            new Reductions(true, false, true, true, false, true),
            new Reductions(true, true, false, true, true, true),
            new Reductions(true, true, true, false, true, true),
            new Reductions(true, true, true, true, false, true));
    long[] states = new long[weaker.size()];
    long all = 0;
    for (int i = 0; i < 40; i++) {
      Operations operations =
          operations(new RandomHistories(random, 6, 4, 0.02, 0.1, true).next(40));
      all += Search.run(operations, AMPLE, Reductions.ALL).states();
      for (int v = 0; v < states.length; v++) {
        states[v] += Search.run(operations, AMPLE, weaker.get(v)).states();
      }
    }
    for (int v = 0; v < states.length; v++) {
      assertThat(states[v]).as("without one: %s", weaker.get(v)).isGreaterThan(all);
    }
  }

  @Test
  void crowdsCostNoMoreThanTheyDid() {
    long states = 0;
    for (int i = 0; i < 20; i++) {
      Operations operations =
          operations(new RandomHistories(random, 40, 4, 0.02, 0.03, true).next(250));
      SearchResult result = Search.run(operations, AMPLE, Reductions.ALL);
      assertThat(result).isNotInstanceOf(SearchResult.GaveUp.class);
      states += result.states();
    }
    // What it was when this was written, and a little more: a pruning that no longer prunes is
    // seen.
    assertThat(states).isLessThan(19_500);
  }

  @Test
  void givingUpSaysHowFarItCame() {
    Script script = new Script();
    for (int i = 0; i < 2_000; i++) {
      script.did(0, "write", Integer.toString(i % 3));
    }
    Operations operations = OneKey.encoded(script);
    assertThat(Search.run(operations, new Limits(System.nanoTime(), 1 << 28), Reductions.ALL))
        .isInstanceOfSatisfying(
            SearchResult.GaveUp.class,
            result -> {
              assertThat(result.outOfMemory()).isFalse();
              assertThat(result.completionsPassed()).isZero();
              assertThat(result.states()).isEqualTo(1);
            });
    Operations busy = operations(new RandomHistories(random, 8, 4, 0.01, 0.02, false).next(1_500));
    long before = new Timeline(busy, true).bytes();
    int furthest = 0;
    for (long room = 0; room < 1 << 20; room += 1 << 13) {
      Limits tight = new Limits(AMPLE.deadlineNanos(), before + room);
      if (Search.run(busy, tight, Reductions.ALL) instanceof SearchResult.GaveUp gaveUp) {
        assertThat(gaveUp.outOfMemory()).isTrue();
        furthest = Math.max(furthest, gaveUp.completionsPassed());
      }
    }
    assertThat(furthest).isPositive();
  }

  @Test
  void allMemoryIsCounted() {
    Operations operations = OneKey.encoded(new Script().did(0, "write", "1"));
    Timeline timeline = new Timeline(operations, true);
    Layout layout = new Layout(timeline, false);
    long frontiers = 3 * new Frontier(layout, true).bytes();
    long checkpoint = (long) layout.stride * Long.BYTES;
    assertThat(Search.run(operations, AMPLE, Reductions.ALL))
        .isEqualTo(
            new SearchResult.Linearizable(
                1, timeline.bytes() + operations.space().bytes() + frontiers + checkpoint));
  }

  private static Operations operations(History history) {
    int[] invocations = KeyIndex.of(history).invocations(0);
    return Operations.of(MODEL, KeyHistory.of(history, MODEL, invocations).operations());
  }
}

package dev.faultline.checkers.linearizability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checkers.Budget;
import dev.faultline.checkers.CheckResult;
import dev.faultline.checkers.Finding;
import dev.faultline.checkers.Recording;
import dev.faultline.checkers.Verdict;
import dev.faultline.checkers.history.Event;
import dev.faultline.checkers.history.EventType;
import dev.faultline.checkers.history.History;
import dev.faultline.checkers.history.HistoryBuilder;
import dev.faultline.checkers.history.HistoryLines;
import dev.faultline.checkers.json.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds the checker against the oracle on thousands of small random histories. */
class OracleTest {

  private static final Budget BUDGET = new Budget(Duration.ofSeconds(20), 256 << 20);
  private static final Limits NO_LIMITS =
      new Limits(System.nanoTime() + Duration.ofMinutes(5).toNanos(), 256 << 20);

  private final Model<?> model = Models.named("cas-register").orElseThrow();
  private final LinearizabilityChecker checker = new LinearizabilityChecker(model);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void agreesOnSmallHistories(long seed) {
    Random random = new Random(seed);
    int invalid = 0;
    int histories = 1200;
    for (int i = 0; i < histories; i++) {
      History history = randomHistory(random);
      boolean expected = BruteForce.isLinearizable(history);
      CheckResult result = checker.check(new Recording(history, null), BUDGET);
      if (result.verdict().equals(Report.NOTHING_TOLD)) {
        assertThat(expected).isTrue();
        continue;
      }
      assertThat(result.verdict().word())
          .as(() -> "seed " + seed + "\n" + describe(history))
          .isEqualTo(expected ? "VALID" : "INVALID");
      if (!expected) {
        invalid++;
        checkEvidence(history, result);
      }
    }
    // The comparison means something only if both verdicts are common.
    assertThat(invalid).isBetween(histories / 5, histories * 4 / 5);
  }

  @Test
  void everyReductionKeepsTheVerdict() {
    Random random = new Random(5);
    List<Reductions> variants =
        List.of(
            Reductions.NONE,
            new Reductions(true, false, false, false, false, false),
            new Reductions(true, true, false, false, false, false),
            new Reductions(false, true, true, false, false, false),
            new Reductions(true, true, false, true, true, true),
            new Reductions(true, true, true, false, true, true),
            new Reductions(true, true, true, true, false, true),
            new Reductions(true, true, true, true, true, false),
            new Reductions(true, false, true, true, false, true),
            new Reductions(false, true, true, true, false, true),
            Reductions.ALL);
    for (int i = 0; i < 1200; i++) {
      History history = randomHistory(random);
      List<Operation> operations = operations(history);
      boolean expected = BruteForce.isLinearizable(history);
      for (Reductions variant : variants) {
        assertThat(Search.run(model, operations, NO_LIMITS, variant))
            .as(() -> variant + "\n" + describe(history))
            .isInstanceOf(expected ? SearchResult.Linearizable.class : SearchResult.Blocked.class);
      }
    }
  }

  @Test
  void theBlockedOperationEndsTheLongestPrefixThatHasAnOrder() {
    Random random = new Random(6);
    for (int i = 0; i < 800; i++) {
      History history = randomHistory(random);
      SearchResult result = Search.run(model, operations(history), NO_LIMITS, Reductions.ALL);
      if (result instanceof SearchResult.Blocked(int blocked, long _, long _)) {
        assertThat(BruteForce.isLinearizable(prefix(history, blocked)))
            .as(() -> describe(history))
            .isTrue();
        assertThat(BruteForce.isLinearizable(prefix(history, blocked + 1)))
            .as(() -> describe(history))
            .isFalse();
      }
    }
  }

  @Test
  void acceptsWhatIsLinearizableByConstruction() {
    Random random = new Random(7);
    for (int i = 0; i < 80; i++) {
      History history = new RandomHistories(random, 8, 5, 0, 0.03, true).next(300);
      assertThat(checker.check(new Recording(history, null), BUDGET).verdict())
          .isEqualTo(Verdict.valid());
    }
  }

  @Test
  void rejectsAReadOfAnImpossibleValueWhereverItStands() {
    Random random = new Random(8);
    for (int i = 0; i < 100; i++) {
      History valid = new RandomHistories(random, 8, 5, 0, 0.03, true).next(200);
      List<Integer> reads = new ArrayList<>();
      for (int e = 0; e < valid.size(); e++) {
        if (valid.type(e).word().equals("ok") && valid.f(e).equals("read")) {
          reads.add(e);
        }
      }
      int mutated = reads.get(random.nextInt(reads.size()));
      History invalid = withValue(valid, mutated, Json.of(99));
      CheckResult result = checker.check(new Recording(invalid, null), BUDGET);
      assertThat(result.verdict()).isEqualTo(Verdict.invalid());
      assertThat(result.findings().getFirst().events())
          .containsExactly(valid.counterpart(mutated), mutated);
      assertThat(result.summary()).contains("read 99").contains("nobody wrote");
    }
  }

  @Test
  void namesDoNotMatter() {
    Random random = new Random(9);
    for (int i = 0; i < 1000; i++) {
      History history = randomHistory(random);
      HistoryBuilder renamed = new HistoryBuilder();
      for (int e = 0; e < history.size(); e++) {
        Event event = history.event(e);
        renamed.append(
            new Event(
                event.timeNanos(),
                1000 - event.process(),
                event.type(),
                event.f(),
                "other",
                rename(event.value()),
                null,
                event.error(),
                null));
      }
      assertThat(verdict(renamed.build())).isEqualTo(verdict(history));
    }
  }

  /** The evidence must be invalid by itself, and must hold whoever wrote what it reads. */
  private static void checkEvidence(History history, CheckResult result) {
    Finding finding = result.findings().getFirst();
    Set<Integer> events = new HashSet<>(finding.events());
    assertThat(finding.claim()).startsWith("k: ");
    assertThat(events)
        .allSatisfy(e ->
            assertThat(history.counterpart(e) < 0 || events.contains(history.counterpart(e)))
                .isTrue());
    HistoryBuilder evidence = new HistoryBuilder();
    for (int e : finding.events()) {
      evidence.append(history.event(e));
    }
    assertThat(BruteForce.isLinearizable(evidence.build()))
        .as(() -> finding + "\n" + describe(history))
        .isFalse();
  }

  private static History randomHistory(Random random) {
    RandomHistories histories =
        new RandomHistories(
            random, 4, 3, random.nextInt(3) * 0.2, random.nextInt(3) * 0.15, random.nextBoolean());
    return histories.next(2 + random.nextInt(7));
  }

  private List<Operation> operations(History history) {
    KeyIndex index = KeyIndex.of(history);
    return KeyHistory.of(history, model, index.invocations(0)).operations();
  }

  private String verdict(History history) {
    return checker.check(new Recording(history, null), BUDGET).verdict().word();
  }

  /** The first events, without operations of which it is known later that they failed. */
  private static History prefix(History history, int end) {
    HistoryBuilder prefix = new HistoryBuilder();
    for (int e = 0; e < end; e++) {
      int counterpart = history.counterpart(e);
      if (counterpart < end || history.type(counterpart) != EventType.FAIL) {
        prefix.append(history.event(e));
      }
    }
    return prefix.build();
  }

  private static History withValue(History history, int index, Json value) {
    HistoryBuilder changed = new HistoryBuilder();
    for (int e = 0; e < history.size(); e++) {
      Event event = history.event(e);
      changed.append(
          e != index
              ? event
              : new Event(
                  event.timeNanos(),
                  event.process(),
                  event.type(),
                  event.f(),
                  event.key(),
                  value,
                  event.node(),
                  event.error(),
                  event.meta()));
    }
    return changed.build();
  }

  private static Json rename(Json value) {
    return switch (value) {
      case Json.Int(long number) -> Json.of("v" + number * 7);
      case Json.Array(List<Json> values) ->
          new Json.Array(values.stream().map(OracleTest::rename).toList());
      default -> value;
    };
  }

  private static String describe(History history) {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < history.size(); i++) {
      HistoryLines.append(lines, i, history.event(i));
    }
    return lines.toString();
  }
}

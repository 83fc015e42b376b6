package dev.faultline.checkers.linearizability;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Holds the algorithms for single objects against all permutations on small histories, and against
 * the search on longer ones; what they name as a contradiction must be one by itself.
 *
 * <p>The system property {@code faultline.oracle.histories} changes how many histories there are.
 */
class SpecialistTest {

  private static final int HISTORIES = Integer.getInteger("faultline.oracle.histories", 40_000);
  private static final int PARTS = 8;

  static List<Sequence> sequences() {
    return List.of(Sequence.QUEUE, Sequence.STACK);
  }

  @ParameterizedTest
  @MethodSource("sequences")
  void valuesPutOnceAgreeWithAllPermutations(Sequence model) {
    int invalid = IntStream.range(0, PARTS).parallel().map(part -> invalidOf(model, part)).sum();
    assertThat(invalid).isGreaterThan(HISTORIES / 50);
  }

  /** Compares a part of the histories; returns how many of them have no order. */
  private static int invalidOf(Sequence model, int part) {
    Random random = new Random(model.name().hashCode() * 31L + part);
    int invalid = 0;
    for (int i = 0; i < HISTORIES / PARTS; i++) {
      List<Operation> operations =
          RowHistories.next(
              model,
              random,
              1 + random.nextInt(7),
              2 + random.nextInt(4),
              random.nextInt(3) * 0.25,
              random.nextInt(3) * 0.12,
              random.nextInt(4) == 0 ? 0.1 : 0);
      boolean expected = Permutations.anyFits(model, operations);
      invalid += expected ? 0 : 1;
      holds(model, operations, expected);
    }
    return invalid;
  }

  @ParameterizedTest
  @MethodSource("sequences")
  void longerHistoriesAgreeWithTheSearch(Sequence model) {
    Random random = new Random(model.name().hashCode());
    int undecided = 0;
    for (int i = 0; i < HISTORIES / 200; i++) {
      List<Operation> operations =
          RowHistories.next(
              model,
              random,
              8 + random.nextInt(8),
              4,
              random.nextInt(3) * 0.05,
              random.nextInt(2) * 0.1,
              0);
      SearchResult searched = Search.run(model, operations, limits(), Reductions.ALL);
      assertThat(searched).isNotInstanceOf(SearchResult.GaveUp.class);
      undecided += holds(model, operations, searched instanceof SearchResult.Linearizable) ? 0 : 1;
    }
    assertThat(undecided).isLessThan(HISTORIES / 200 / 20 + 1);
  }

  /** Tells whether the algorithm decided; if it did, it must have said {@code expected}. */
  private static boolean holds(Sequence model, List<Operation> operations, boolean expected) {
    Operations encoded = Operations.of(model, operations);
    return switch (encoded.space().specialist().decide(encoded)) {
      case Specialist.Ordered _ -> {
        assertThat(expected).as(operations::toString).isTrue();
        yield true;
      }
      case Specialist.Contradiction(List<Integer> witness) -> {
        assertThat(expected).as(operations::toString).isFalse();
        List<Operation> part = witness.stream().sorted().map(operations::get).toList();
        assertThat(Search.run(model, part, limits(), Reductions.ALL))
            .as(() -> part + " of " + operations)
            .isInstanceOf(SearchResult.Blocked.class);
        yield true;
      }
      case Specialist.Undecided _ -> {
        PutsAndTakes row = PutsAndTakes.of(encoded, model);
        assertThat(row == null || row.unknown.length > 0).as(operations::toString).isTrue();
        yield false;
      }
    };
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mutex",
        "fenced-lock",
        "counter",
        "set",
        "growing-set",
        "versioned-register",
        "etcd-kv"
      })
  void otherObjectsAgreeWithAllPermutations(String vocabulary) {
    Model<?> model =
        Models.named(vocabulary.equals("growing-set") ? "set" : vocabulary).orElseThrow();
    int decided =
        IntStream.range(0, PARTS)
            .parallel()
            .map(part -> decidedOf(model, vocabulary, new Random(vocabulary.hashCode() + part)))
            .sum();
    // One-sided algorithms decide only some of the invalid ones.
    assertThat(decided).isGreaterThan(HISTORIES / 150);
  }

  private static int decidedOf(Model<?> model, String vocabulary, Random random) {
    int decided = 0;
    for (int i = 0; i < HISTORIES / PARTS; i++) {
      List<Operation> operations =
          Vocabulary.of(vocabulary)
              .history(
                  model,
                  random,
                  1 + random.nextInt(6),
                  2 + random.nextInt(4),
                  random.nextInt(3) * 0.2,
                  random.nextInt(3) * 0.15);
      Operations encoded = Operations.of(model, operations);
      Specialist.Conclusion conclusion = encoded.space().specialist().decide(encoded);
      if (!(conclusion instanceof Specialist.Undecided)) {
        decided++;
        assertThat(conclusion instanceof Specialist.Ordered)
            .as(operations::toString)
            .isEqualTo(Permutations.anyFits(model, operations));
      }
    }
    return decided;
  }

  /**
   * What is blamed is the first completion with which nothing explains what is known by then,
   * unless the algorithm is undecided there.
   */
  @ParameterizedTest
  @ValueSource(strings = {"queue", "stack", "mutex", "growing-set"})
  void theFirstCompletionThatContradictsIsBlocked(String vocabulary) {
    Model<?> model =
        Models.named(vocabulary.equals("growing-set") ? "set" : vocabulary).orElseThrow();
    Random random = new Random(vocabulary.hashCode());
    int violations = 0;
    for (int i = 0; i < HISTORIES / 20; i++) {
      List<Operation> operations =
          model instanceof Sequence sequence
              ? RowHistories.next(sequence, random, 6, 4, 0.3, 0.1, 0)
              : Vocabulary.of(vocabulary).history(model, random, 6, 4, 0.3, 0.1);
      Operations encoded = Operations.of(model, operations);
      if (encoded.space().specialist().decide(encoded) instanceof Specialist.Contradiction
          && Linearization.decide(encoded, limits())
              instanceof SearchResult.Blocked(int blocked, long _, long _)) {
        violations++;
        assertThat(Permutations.anyFits(model, knownAt(model, operations, blocked)))
            .as(() -> blocked + " in " + operations)
            .isFalse();
        operations.stream()
            .mapToInt(Operation::completion)
            .filter(completion -> completion < blocked)
            .filter(earlier -> isDecided(encoded.knownAt(earlier)))
            .forEach(earlier ->
                assertThat(Permutations.anyFits(model, knownAt(model, operations, earlier)))
                    .as(() -> earlier + " before " + blocked + " in " + operations)
                    .isTrue());
      }
    }
    assertThat(violations).isPositive();
  }

  private static boolean isDecided(Operations operations) {
    return !(operations.space().specialist().decide(operations) instanceof Specialist.Undecided);
  }

  private static List<Operation> knownAt(Model<?> model, List<Operation> operations, int event) {
    List<Operation> known = new ArrayList<>();
    for (Operation operation : operations) {
      Operation then = operation.knownAt(event);
      if (operation.invocation() < event
          && !(then.isOpenEnded() && model.isReadOnly(then.call()))) {
        known.add(then);
      }
    }
    return known;
  }

  private static Limits limits() {
    return new Limits(System.nanoTime() + Duration.ofMinutes(1).toNanos(), 256 << 20);
  }
}

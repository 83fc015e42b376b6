package dev.faultline.checkers.linearizability;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds the decision for every model against all permutations, on 200,000 random histories each
 * (the system property {@code faultline.oracle.histories} changes how many), and every reduction
 * against the search without any, on longer ones.
 */
class ModelOracleTest {

  private static final int HISTORIES = Integer.getInteger("faultline.oracle.histories", 200_000);
  private static final int PARTS = 8;
  private static final List<Reductions> VARIANTS =
      List.of(
          Reductions.ALL,
          new Reductions(true, true, true, true, false, true),
          new Reductions(true, true, true, false, true, true),
          new Reductions(true, true, false, true, true, true),
          new Reductions(true, false, true, true, false, true),
          new Reductions(false, true, true, true, false, true),
          new Reductions(true, true, true, true, true, false));

  static List<String> models() {
    return Models.names();
  }

  @ParameterizedTest
  @MethodSource("models")
  void agreesWithAllPermutations(String name) {
    Model<?> model = Models.named(name).orElseThrow();
    int invalid =
        IntStream.range(0, PARTS)
            .parallel()
            .map(part -> invalidOf(model, new Random(name.hashCode() * 31L + part)))
            .sum();
    // The comparison means something only if both verdicts are common.
    assertThat(invalid).isBetween(HISTORIES / 25, HISTORIES * 24 / 25);
  }

  /** Compares a part of the histories; returns how many of them have no order. */
  private static int invalidOf(Model<?> model, Random random) {
    Vocabulary vocabulary = Vocabulary.of(model.name());
    int invalid = 0;
    for (int i = 0; i < HISTORIES / PARTS; i++) {
      double lies = random.nextInt(3) * 0.35;
      double infos = random.nextInt(3) * 0.15;
      List<Operation> operations =
          vocabulary.history(model, random, 1 + random.nextInt(6), 4, lies, infos);
      boolean expected = Permutations.anyFits(model, operations);
      invalid += expected ? 0 : 1;
      SearchResult result = Linearization.decide(Operations.of(model, operations), limits());
      assertThat(result instanceof SearchResult.Linearizable)
          .as(() -> result + " of " + operations)
          .isEqualTo(expected);
    }
    return invalid;
  }

  @ParameterizedTest
  @MethodSource("models")
  void everyReductionKeepsTheVerdictAndTheOperationThatIsBlocked(String name) {
    Model<?> model = Models.named(name).orElseThrow();
    Vocabulary vocabulary = Vocabulary.of(name);
    Random random = new Random(name.hashCode() + 1L);
    for (int i = 0; i < HISTORIES / 100; i++) {
      List<Operation> operations =
          vocabulary.history(model, random, 4 + random.nextInt(9), 5, 0.05, 0.1);
      SearchResult plain = Search.run(model, operations, limits(), Reductions.NONE);
      if (plain instanceof SearchResult.GaveUp) {
        continue; // Without any reduction a dozen operations can be too many.
      }
      for (Reductions variant : VARIANTS) {
        SearchResult reduced = Search.run(model, operations, limits(), variant);
        assertThat(essence(reduced))
            .as(() -> variant + " of " + operations)
            .isEqualTo(essence(plain));
      }
      SearchResult decided = Linearization.decide(Operations.of(model, operations), limits());
      if (model instanceof Specialised) {
        // Their algorithms may blame a later completion: they do not look at answers to come.
        assertThat(decided).as(operations::toString).hasSameClassAs(plain);
      } else {
        assertThat(essence(decided)).as(operations::toString).isEqualTo(essence(plain));
      }
    }
  }

  private static String essence(SearchResult result) {
    return switch (result) {
      case SearchResult.Linearizable _ -> "linearizable";
      case SearchResult.Blocked(int blocked, long _, long _) -> "blocked at " + blocked;
      case SearchResult.GaveUp _ -> "gave up";
    };
  }

  private static Limits limits() {
    return new Limits(System.nanoTime() + Duration.ofMinutes(1).toNanos(), 256 << 20);
  }
}

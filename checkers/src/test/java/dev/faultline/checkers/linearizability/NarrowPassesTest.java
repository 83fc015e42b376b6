package dev.faultline.checkers.linearizability;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds each pass to its one promise where it is far too narrow to know everything: one that joins
 * never dies of a history that has an order, one that drops never arrives at the end of one that
 * has none. Joining makes configurations that nothing real has, such as one in which a
 * compare-and-set in flight may be used but need not; every reduction has to be right for them too.
 *
 * <p>The system property {@code faultline.oracle.passes} changes how many histories of each object
 * are tried.
 */
class NarrowPassesTest {

  private static final int HISTORIES = Integer.getInteger("faultline.oracle.passes", 8_000);
  private static final int PARTS = 4;
  private static final int MOST_OPERATIONS = 8;
  private static final int MOST_WIDTH = 3;
  private static final int UNBOUNDED = 1 << 20;

  private static final List<Reductions> VARIANTS =
      List.of(
          Reductions.ALL,
          new Reductions(true, true, true, true, true, false),
          new Reductions(true, true, true, true, false, true),
          new Reductions(true, true, false, true, true, false),
          new Reductions(true, true, true, false, true, false),
          new Reductions(true, false, true, true, false, false),
          new Reductions(false, true, true, true, false, false));

  private record Counts(int valid, int refuted) {
    Counts and(Counts other) {
      return new Counts(valid + other.valid, refuted + other.refuted);
    }
  }

  static Stream<Model<?>> models() {
    Stream<Model<?>> ours = Models.names().stream().map(name -> Models.named(name).orElseThrow());
    return Stream.concat(
        ours,
        Stream.of(
            new UserModels.Pool(),
            new UserModels.Incrementable(),
            new UserModels.ResettableCounter()));
  }

  @ParameterizedTest
  @MethodSource("models")
  void keepTheirPromises(Model<?> model) {
    Counts counts =
        IntStream.range(0, PARTS)
            .parallel()
            .mapToObj(part -> tryMany(model, new Random(model.name().hashCode() + 77L * part)))
            .reduce(new Counts(0, 0), Counts::and);
    // Promises are easily kept by passes that never tell anything.
    assertThat(counts.valid()).isBetween(HISTORIES / 25, HISTORIES * 24 / 25);
    assertThat(counts.refuted()).isGreaterThan((HISTORIES - counts.valid()) / 4);
  }

  private static Counts tryMany(Model<?> model, Random random) {
    Vocabulary vocabulary = Vocabulary.of(model.name());
    int valid = 0;
    int refuted = 0;
    for (int i = 0; i < HISTORIES / PARTS; i++) {
      List<Operation> operations =
          vocabulary.history(
              model,
              random,
              2 + random.nextInt(MOST_OPERATIONS - 1),
              2 + random.nextInt(5),
              random.nextInt(3) * 0.35,
              random.nextInt(3) * 0.15);
      Reductions reductions = VARIANTS.get(random.nextInt(VARIANTS.size()));
      boolean hasOrder = Permutations.anyFits(model, operations);
      valid += hasOrder ? 1 : 0;
      refuted += tryOne(model, operations, reductions, hasOrder) ? 1 : 0;
    }
    return new Counts(valid, refuted);
  }

  /** Tells whether the narrowest refutation refutes. */
  private static boolean tryOne(
      Model<?> model, List<Operation> operations, Reductions reductions, boolean hasOrder) {
    // Without counting, an object that is no register may go on to ever new states.
    boolean register = Operations.of(model, operations).space() instanceof RegisterSpace;
    for (int width = 1; width <= MOST_WIDTH; width++) {
      for (boolean counting : register ? new boolean[] {true, false} : new boolean[] {true}) {
        Pass.Ending joined = walk(model, operations, reductions, Pass.Policy.JOIN, width, counting);
        assertThat(joined == Pass.Ending.DEAD && hasOrder)
            .as(
                "joining, width %s, counting %s, %s, of %s",
                width, counting, reductions, operations)
            .isFalse();
      }
    }
    Pass.Ending dropped = walk(model, operations, reductions, Pass.Policy.DROP, 1, true);
    assertThat(dropped == Pass.Ending.ARRIVED && !hasOrder)
        .as("dropping, %s, of %s", reductions, operations)
        .isFalse();
    for (Pass.Policy policy : Pass.Policy.values()) {
      assertThat(walk(model, operations, reductions, policy, UNBOUNDED, true))
          .as("%s, %s, of %s", policy, reductions, operations)
          .isEqualTo(hasOrder ? Pass.Ending.ARRIVED : Pass.Ending.DEAD);
    }
    return walk(model, operations, reductions, Pass.Policy.JOIN, 1, !register) == Pass.Ending.DEAD;
  }

  private static Pass.Ending walk(
      Model<?> model,
      List<Operation> operations,
      Reductions reductions,
      Pass.Policy policy,
      int width,
      boolean counting) {
    Operations all = Operations.of(model, operations);
    Operations relevant = reductions.leaveOutUnobserved() ? Unobserved.leaveOut(all) : all;
    Timeline timeline = new Timeline(relevant, reductions.classes());
    Layout layout = new Layout(timeline, false);
    Limits limits = new Limits(System.nanoTime() + Duration.ofMinutes(1).toNanos(), 256 << 20);
    Pass pass = new Pass(timeline, layout, policy, reductions, new Meter(limits, 0), null);
    pass.setWidth(width);
    pass.setCounting(counting);
    return pass.advance(timeline.size());
  }
}

package dev.faultline.workloads.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.checkers.history.OperationError;
import dev.faultline.workloads.client.Operation;
import dev.faultline.workloads.client.Operation.Read;
import dev.faultline.workloads.client.Operation.Write;
import dev.faultline.workloads.client.Outcome;
import dev.faultline.workloads.generator.GeneratorSimulation.Answer;
import dev.faultline.workloads.generator.GeneratorSimulation.Performed;
import dev.faultline.workloads.generator.GeneratorSimulation.SimulatedSystem;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GeneratorsTest {

  private static final long MILLI = 1_000_000;
  private static final SimulatedSystem QUICK = GeneratorSimulation.answeringAfter(MILLI);
  private static final SimulatedSystem HANGING = _ -> Answer.never();
  private static final Generator READS = Generators.draw(_ -> new Read("x"));
  private static final Generator WRITES = Generators.draw(_ -> new Write("x", 1));

  private static List<Performed> simulate(
      int threads, SimulatedSystem system, Generator generator) {
    return new GeneratorSimulation(threads, new SplittableRandom(42), system).run(generator);
  }

  private static List<Long> written(List<Performed> performed) {
    return performed.stream()
        .map(each -> each.operation() instanceof Write write ? write.newValue() : -1L)
        .toList();
  }

  private static Generator writes(long... values) {
    List<Operation> operations =
        Arrays.stream(values).<Operation>mapToObj(v -> new Write("x", v)).toList();
    return Generators.of(operations);
  }

  private static long count(List<Performed> performed, Class<? extends Operation> type) {
    return performed.stream().filter(each -> type.isInstance(each.operation())).count();
  }

  @Test
  void listsOperationsInOrder() {
    assertThat(written(simulate(3, QUICK, writes(1, 2, 3, 4, 5))))
        .containsExactly(1L, 2L, 3L, 4L, 5L);
  }

  @Test
  void usesEveryThreadAndNeverABusyOne() {
    // The simulation itself refuses an invocation on a thread that is busy.
    List<Performed> performed = simulate(70, QUICK, READS.limit(1_000));
    assertThat(performed).hasSize(1_000);
    assertThat(performed.stream().map(each -> each.invocation().thread()).distinct()).hasSize(70);
  }

  @Test
  void limitCountsInvocations() {
    assertThat(simulate(3, QUICK, READS.limit(7))).hasSize(7);
    assertThat(simulate(3, QUICK, READS.limit(0))).isEmpty();
    assertThat(simulate(3, QUICK, READS.once())).hasSize(1);
  }

  @Test
  void repeatStartsAgain() {
    assertThat(written(simulate(1, QUICK, writes(1, 2).repeat(3))))
        .containsExactly(1L, 2L, 1L, 2L, 1L, 2L);
    assertThat(written(simulate(1, QUICK, writes(1, 2).repeat().limit(5))))
        .containsExactly(1L, 2L, 1L, 2L, 1L);
    assertThat(simulate(1, QUICK, Generators.nothing().repeat())).isEmpty();
    assertThat(simulate(1, QUICK, writes(1).repeat(0))).isEmpty();
  }

  @Test
  void sequenceDoesNotWaitForIdleThreads() {
    List<Performed> performed =
        simulate(2, QUICK, Generators.sequence(writes(1), Generators.nothing(), writes(2)));
    assertThat(written(performed)).containsExactly(1L, 2L);
    assertThat(performed.get(1).invocation().timeNanos()).isZero();
  }

  @Test
  void phasesWaitForIdleThreads() {
    List<Performed> performed =
        simulate(2, QUICK, Generators.phases(writes(1), writes(2)).then(writes(3)));
    assertThat(written(performed)).containsExactly(1L, 2L, 3L);
    assertThat(performed.stream().map(each -> each.invocation().timeNanos()))
        .containsExactly(0L, MILLI, 2 * MILLI);
  }

  @Test
  void timeLimitUsesItsWholeTimeAndNoMore() {
    GeneratorSimulation simulation = new GeneratorSimulation(1, new SplittableRandom(1), QUICK);
    Generator limited = READS.delay(Duration.ofMillis(30)).timeLimit(Duration.ofMillis(100));
    List<Performed> performed = simulation.run(limited.then(writes(9)));
    assertThat(performed.stream().map(each -> each.invocation().timeNanos() / MILLI))
        .containsExactly(0L, 30L, 60L, 90L, 100L);
  }

  @Test
  void timeLimitEndsWhileEverythingHangs() {
    GeneratorSimulation simulation = new GeneratorSimulation(2, new SplittableRandom(1), HANGING);
    Generator limited = READS.timeLimit(Duration.ofMillis(100));
    assertThat(simulation.run(limited)).hasSize(2);
    assertThat(simulation.nowNanos()).isEqualTo(100 * MILLI);
  }

  @Test
  void timeLimitCountsFromWhenItIsFirstAsked() {
    List<Performed> performed =
        simulate(
            1,
            QUICK,
            Generators.phases(
                READS.timeLimit(Duration.ofMillis(10)), WRITES.timeLimit(Duration.ofMillis(10))));
    assertThat(count(performed, Read.class)).isEqualTo(10);
    assertThat(count(performed, Write.class)).isEqualTo(10);
  }

  @Test
  void staggerKeepsTheRateOverAllThreads() {
    GeneratorSimulation simulation =
        new GeneratorSimulation(
            20, new SplittableRandom(7), GeneratorSimulation.answeringAfter(MILLI));
    List<Performed> performed =
        simulation.run(READS.stagger(1_000).timeLimit(Duration.ofSeconds(10)));
    assertThat(performed.size()).isBetween(9_700, 10_300);
  }

  @Test
  void staggeredTimesDoNotDependOnHowOftenTheyAreAskedFor() {
    // Completions make the driver ask again while it waits; what it threw away must not count.
    Generator paced = Generators.draw(_ -> new Read("x")).stagger(100).limit(200);
    GeneratorSimulation undisturbed =
        new GeneratorSimulation(8, new SplittableRandom(3), GeneratorSimulation.answeringAfter(0));
    GeneratorSimulation disturbed =
        new GeneratorSimulation(
            8, new SplittableRandom(3), GeneratorSimulation.answeringAfter(3 * MILLI));
    undisturbed.run(paced);
    disturbed.run(paced);
    double ratio = (double) disturbed.nowNanos() / undisturbed.nowNanos();
    assertThat(ratio).isBetween(0.85, 1.15);
  }

  @Test
  void mixFollowsItsWeights() {
    List<Performed> performed =
        simulate(
            5, QUICK, Generators.mix(new int[] {3, 1, 0}, READS, WRITES, writes(5)).limit(4_000));
    assertThat(count(performed, Read.class)).isBetween(2_850L, 3_150L);
    assertThat(written(performed)).doesNotContain(5L);
  }

  @Test
  void mixFollowsItsWeightsThoughItIsAskedAgainAllTheTime() {
    List<Performed> performed =
        simulate(5, QUICK, Generators.mix(READS, WRITES).stagger(700).limit(4_000));
    assertThat(count(performed, Read.class)).isBetween(1_850L, 2_150L);
  }

  @Test
  void mixGoesOnWithoutPartsThatAreDone() {
    List<Performed> performed = simulate(2, QUICK, Generators.mix(READS.limit(3), WRITES.limit(5)));
    assertThat(count(performed, Read.class)).isEqualTo(3);
    assertThat(count(performed, Write.class)).isEqualTo(5);
  }

  @Test
  void mixIsNotHeldUpByAPartThatWaits() {
    Generator stuck = Generators.phases(READS.limit(1), READS);
    SimulatedSystem system =
        invocation ->
            invocation.operation() instanceof Read ? Answer.never() : QUICK.answer(invocation);
    List<Performed> performed =
        simulate(3, system, Generators.mix(stuck, WRITES).timeLimit(Duration.ofMillis(50)));
    assertThat(count(performed, Read.class)).isEqualTo(1);
    assertThat(count(performed, Write.class)).isGreaterThan(90);
  }

  @Test
  void reserveKeepsThreadsForTheirWork() {
    List<Performed> performed =
        simulate(
            10,
            QUICK,
            Generators.reserve(4, READS).reserve(1, writes(7).repeat()).rest(WRITES).limit(2_000));
    for (Performed each : performed) {
      int thread = each.invocation().thread();
      if (thread < 4) {
        assertThat(each.operation()).isInstanceOf(Read.class);
      } else {
        assertThat(each.operation()).isEqualTo(new Write("x", thread == 4 ? 7 : 1));
      }
    }
    assertThat(count(performed, Read.class)).isBetween(750L, 850L);
  }

  @Test
  void reserveIsNotStarvedByOperationsThatHang() {
    SimulatedSystem system =
        invocation ->
            invocation.operation() instanceof Write ? Answer.never() : QUICK.answer(invocation);
    List<Performed> performed =
        simulate(
            4, system, Generators.reserve(2, READS).rest(WRITES).timeLimit(Duration.ofMillis(20)));
    assertThat(count(performed, Write.class)).isEqualTo(2);
    assertThat(count(performed, Read.class)).isEqualTo(40);
  }

  @Test
  void onThreadsWithoutThreadsIsDone() {
    assertThat(simulate(2, QUICK, READS.onThreads(thread -> thread == 5).then(writes(1))))
        .hasSize(1);
  }

  @Test
  void anyTakesTheSoonest() {
    Generator slow = WRITES.delay(Duration.ofMillis(10));
    Generator quick = READS.delay(Duration.ofMillis(2));
    List<Performed> performed =
        simulate(4, QUICK, Generators.any(slow, quick).timeLimit(Duration.ofMillis(40)));
    assertThat(count(performed, Write.class)).isEqualTo(4);
    assertThat(count(performed, Read.class)).isEqualTo(20);
  }

  @Test
  void flipFlopAlternates() {
    List<Performed> performed =
        simulate(3, QUICK, Generators.flipFlop(writes(1, 2, 3), writes(8, 9)));
    assertThat(written(performed)).containsExactly(1L, 8L, 2L, 9L, 3L);
  }

  @Test
  void eachThreadHasItsOwnCopy() {
    List<Performed> performed = simulate(20, QUICK, Generators.eachThread(writes(1, 2, 3)));
    assertThat(performed).hasSize(60);
    performed.stream()
        .collect(Collectors.groupingBy(each -> each.invocation().thread()))
        .values()
        .forEach(own -> assertThat(written(own)).containsExactly(1L, 2L, 3L));
  }

  @Test
  void eachProcessBeginsAgainWhenOneIsRetired() {
    Function<Integer, SimulatedSystem> infoOnProcessBelow =
        threads -> {
          Set<Integer> lost = new HashSet<>();
          return invocation ->
              lost.add(invocation.thread())
                  ? new Answer(MILLI, new Outcome.Info(new OperationError("lost", "", false)))
                  : QUICK.answer(invocation);
        };
    List<Performed> performed =
        simulate(4, infoOnProcessBelow.apply(4), Generators.eachProcess(writes(1, 2, 3)));
    // The first operation of every thread ends its process; the next process does all three.
    assertThat(performed).hasSize(4 + 4 * 3);
    assertThat(performed.stream().map(Performed::process).distinct())
        .containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7);
  }

  @Test
  void perKeyGivesEachGroupAKeyAndThenTheNext() {
    List<Performed> performed =
        simulate(
            10,
            QUICK,
            Generators.perKey(
                3, 8, (number, _) -> Generators.draw(_ -> new Read("k" + number)).limit(50)));
    assertThat(performed).hasSize(400);
    performed.stream()
        .collect(Collectors.groupingBy(each -> each.operation().key()))
        .forEach((key, own) -> {
          assertThat(own).as(key).hasSize(50);
          Set<Integer> threads =
              own.stream().map(each -> each.invocation().thread()).collect(Collectors.toSet());
          assertThat(threads).isIn(Set.of(0, 1, 2), Set.of(3, 4, 5), Set.of(6, 7, 8, 9));
        });
    assertThat(performed.stream().limit(100).map(each -> each.operation().key()).distinct())
        .contains("k0", "k1", "k2");
  }

  @Test
  void perKeyGoesOnThoughOneGroupHangs() {
    SimulatedSystem system =
        invocation -> invocation.thread() < 2 ? Answer.never() : QUICK.answer(invocation);
    List<Performed> performed =
        simulate(
            4,
            system,
            Generators.perKey(
                    2, (number, _) -> Generators.draw(_ -> new Read("k" + number)).limit(10))
                .timeLimit(Duration.ofMillis(100)));
    assertThat(performed).hasSize(2 + 200);
  }

  @Test
  void untilOkRepeatsWhatFailedAndOnlyThat() {
    int[] failures = {0};
    SimulatedSystem failingTwice =
        invocation ->
            invocation.operation().equals(new Write("x", 2)) && failures[0]++ < 2
                ? new Answer(MILLI, new Outcome.Fail(new OperationError("refused", "", true)))
                : QUICK.answer(invocation);
    List<Performed> performed =
        simulate(
            1, failingTwice, writes(1, 2, 3).untilOk(5, Duration.ofMillis(10)).then(writes(4)));
    assertThat(written(performed)).containsExactly(1L, 2L, 3L, 2L, 2L, 4L);
    assertThat(
            performed.get(4).invocation().timeNanos() - performed.get(3).invocation().timeNanos())
        .isEqualTo(11 * MILLI);
  }

  @Test
  void untilOkGivesUp() {
    SimulatedSystem failing =
        _ -> new Answer(MILLI, new Outcome.Info(new OperationError("lost", "", false)));
    assertThat(simulate(3, failing, writes(1, 2).untilOk(4, Duration.ZERO))).hasSize(8);
  }

  @Test
  void mapReplacesOperations() {
    Generator doubled =
        writes(1, 2)
            .map(operation ->
                operation instanceof Write(String key, long value)
                    ? new Write(key, 2 * value)
                    : operation);
    assertThat(written(simulate(1, QUICK, doubled))).containsExactly(2L, 4L);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void theSameSeedGivesTheSameOperations(long seed) {
    Generator everything =
        Generators.perKey(
                2,
                (number, random) ->
                    Generators.mix(
                            Generators.draw(_ -> new Read("k" + number)),
                            Generators.draw(
                                context -> new Write("k" + number, context.random().nextInt(5))))
                        .limit(5 + random.nextInt(5)))
            .stagger(2_000)
            .timeLimit(Duration.ofSeconds(1));
    SimulatedSystem system =
        invocation ->
            new Answer(
                (invocation.timeNanos() * 31 + invocation.thread()) % (5 * MILLI),
                new Outcome.Ok(invocation.operation().value(), null));
    List<Performed> first =
        new GeneratorSimulation(7, new SplittableRandom(seed), system).run(everything);
    List<Performed> second =
        new GeneratorSimulation(7, new SplittableRandom(seed), system).run(everything);
    assertThat(first).isEqualTo(second).hasSizeGreaterThan(1_000);
  }

  @Test
  void refusesNonsense() {
    assertThatThrownBy(() -> READS.stagger(0)).hasMessageContaining("rate");
    assertThatThrownBy(() -> READS.limit(-1)).hasMessageContaining("limit");
    assertThatThrownBy(() -> READS.untilOk(0, Duration.ZERO)).hasMessageContaining("tries");
    assertThatThrownBy(() -> Generators.perKey(0, (_, _) -> READS)).hasMessageContaining("groups");
    assertThatThrownBy(() -> Generators.mix(new int[] {1}, READS, WRITES))
        .hasMessageContaining("weights");
  }
}

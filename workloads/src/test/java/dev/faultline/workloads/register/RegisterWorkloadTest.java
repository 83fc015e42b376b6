package dev.faultline.workloads.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.checkers.history.OperationError;
import dev.faultline.checkers.json.Json;
import dev.faultline.workloads.client.Operation;
import dev.faultline.workloads.client.Operation.CompareAndSet;
import dev.faultline.workloads.client.Operation.Read;
import dev.faultline.workloads.client.Operation.Write;
import dev.faultline.workloads.client.Outcome;
import dev.faultline.workloads.generator.Generator;
import dev.faultline.workloads.generator.GeneratorSimulation;
import dev.faultline.workloads.generator.GeneratorSimulation.Answer;
import dev.faultline.workloads.generator.GeneratorSimulation.Performed;
import dev.faultline.workloads.generator.GeneratorSimulation.SimulatedSystem;
import dev.faultline.workloads.generator.Invocation;
import dev.faultline.workloads.register.RegisterOptions.Values;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RegisterWorkloadTest {

  private static final List<String> NODES = List.of("n1", "n2", "n3", "n4", "n5");
  private static final RegisterOptions OPTIONS =
      RegisterOptions.standard().withKeys(2).withOperationsPerKey(100);

  /** Registers that really are registers. */
  private static final class Registers implements SimulatedSystem {
    private final Map<String, Long> values = new HashMap<>();
    private final SplittableRandom random = new SplittableRandom(5);

    @Override
    public Answer answer(Invocation invocation) {
      return new Answer(500_000 + random.nextLong(1_000_000), perform(invocation.operation()));
    }

    private Outcome perform(Operation operation) {
      Long current = values.get(operation.key());
      return switch (operation) {
        case Read _ -> new Outcome.Ok(current == null ? Json.NULL : Json.of(current), null);
        case Write(String key, long value) -> {
          values.put(key, value);
          yield new Outcome.Ok(operation.value(), null);
        }
        case Operation.Transaction _ ->
            throw new IllegalArgumentException("registers know no transactions");
        case CompareAndSet(String key, long expected, long value) -> {
          if (current == null || current != expected) {
            yield new Outcome.Fail(new OperationError(OperationError.COMPARE_FAILED, "", true));
          }
          values.put(key, value);
          yield new Outcome.Ok(operation.value(), null);
        }
      };
    }
  }

  private static List<Performed> main(RegisterOptions options) {
    return new GeneratorSimulation(20, new SplittableRandom(11), new Registers())
        .run(new RegisterWorkload(options).mainPhase(NODES, 20).timeLimit(Duration.ofSeconds(1)));
  }

  @Test
  void keysGetNinetyToAHundredPercentOfTheirOperations() {
    Map<String, Long> counts =
        main(OPTIONS).stream()
            .collect(
                Collectors.groupingBy(
                    each -> each.operation().key(), TreeMap::new, Collectors.counting()));
    assertThat(counts).hasSizeGreaterThan(50);
    long unfinished = counts.values().stream().filter(count -> count < 90).count();
    assertThat(unfinished).isLessThanOrEqualTo(2);
    assertThat(counts.values()).allMatch(count -> count <= 100);
    assertThat(Set.copyOf(counts.values())).hasSizeGreaterThan(3);
  }

  @Test
  void uniqueValuesCountUpOverAllKeys() {
    List<Long> values =
        main(OPTIONS).stream()
            .map(Performed::operation)
            .mapMulti((Operation operation, Consumer<Long> sink) -> {
              switch (operation) {
                case Read _ -> {}
                case Write write -> sink.accept(write.newValue());
                case CompareAndSet cas -> sink.accept(cas.newValue());
                case Operation.Transaction _ -> throw new AssertionError("no transactions here");
              }
            })
            .toList();
    assertThat(values).isSorted().doesNotHaveDuplicates().hasSizeGreaterThan(1_000);
  }

  @Test
  void smallValuesAreSmall() {
    for (Performed each : main(OPTIONS.withValues(Values.SMALL))) {
      switch (each.operation()) {
        case Read _ -> {}
        case Write write -> assertThat(write.newValue()).isBetween(0L, 4L);
        case CompareAndSet cas -> {
          assertThat(cas.newValue()).isBetween(0L, 4L);
          assertThat(cas.expected()).isBetween(0L, 4L);
        }
        case Operation.Transaction _ -> throw new AssertionError("no transactions here");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Values.class)
  void aGoodPartOfTheCompareAndSetsSucceeds(Values values) {
    Generator staggered =
        new RegisterWorkload(OPTIONS.withValues(values)).mainPhase(NODES, 20).stagger(4_000);
    List<Performed> sets =
        new GeneratorSimulation(20, new SplittableRandom(11), new Registers())
            .run(staggered.timeLimit(Duration.ofSeconds(2))).stream()
                .filter(each -> each.operation() instanceof CompareAndSet)
                .toList();
    long succeeded = sets.stream().filter(each -> each.outcome() instanceof Outcome.Ok).count();
    assertThat(sets).hasSizeGreaterThan(1_000);
    assertThat((double) succeeded / sets.size()).isBetween(0.3, 0.9);
  }

  @Test
  void halfOfEachGroupOnlyReads() {
    for (Performed each : main(OPTIONS)) {
      if (each.invocation().thread() % 10 < 5) {
        assertThat(each.operation()).isInstanceOf(Read.class);
      }
    }
  }

  @Test
  void aGroupOfOneReadsAndWrites() {
    List<Performed> performed =
        new GeneratorSimulation(2, new SplittableRandom(1), new Registers())
            .run(
                new RegisterWorkload(OPTIONS)
                    .mainPhase(NODES, 2)
                    .timeLimit(Duration.ofMillis(500)));
    assertThat(performed.stream().map(each -> each.operation().f()))
        .contains("read", "write", "cas");
  }

  @Test
  void finalPhaseReadsEveryKeyThroughEveryNode() {
    List<String> keys = List.of("k0", "k1", "k2");
    Registers registers = new Registers();
    int[] refusals = {3};
    List<Performed> performed =
        new GeneratorSimulation(
                10,
                new SplittableRandom(1),
                invocation ->
                    invocation.thread() % 5 == 4 && refusals[0]-- > 0
                        ? new Answer(
                            1_000, new Outcome.Fail(new OperationError("refused", "", true)))
                        : registers.answer(invocation))
            .run(new RegisterWorkload(OPTIONS).finalPhase(NODES, keys));
    Map<Integer, List<String>> readByNode =
        performed.stream()
            .filter(each -> each.outcome() instanceof Outcome.Ok)
            .collect(
                Collectors.groupingBy(
                    each -> each.invocation().thread() % 5,
                    Collectors.mapping(each -> each.operation().key(), Collectors.toList())));
    assertThat(readByNode).hasSize(5);
    assertThat(readByNode.values())
        .allSatisfy(read -> assertThat(read).containsExactlyInAnyOrderElementsOf(keys));
    assertThat(performed).hasSize(15 + 3);
  }

  @Test
  void finalPhaseEndsThoughANodeNeverAnswers() {
    List<Performed> performed =
        new GeneratorSimulation(
                5,
                new SplittableRandom(1),
                invocation ->
                    invocation.thread() == 0
                        ? Answer.never()
                        : GeneratorSimulation.answeringAfter(1_000).answer(invocation))
            .run(new RegisterWorkload(OPTIONS).finalPhase(NODES, List.of("k0", "k1")));
    assertThat(performed).hasSize(4 * 2 + 1);
  }

  @Test
  void moreKeysThanThreadsAreRefusedWithAWayOut() {
    assertThatThrownBy(() -> new RegisterWorkload(OPTIONS.withKeys(11)).mainPhase(NODES, 10))
        .hasMessageContaining("11 keys")
        .hasMessageContaining("concurrency is 10");
  }

  @Test
  void optionsAreCheckedAndTold() {
    assertThatThrownBy(() -> OPTIONS.withKeys(0)).hasMessageContaining("keys must be at least 1");
    assertThatThrownBy(() -> new RegisterOptions(1, 1, Values.SMALL, 1.5, 1, 1, 1))
        .hasMessageContaining("readerShare");
    assertThatThrownBy(() -> new RegisterOptions(1, 1, Values.SMALL, 0.5, 1, 0, 1))
        .hasMessageContaining("writeWeight");
    assertThat(new RegisterWorkload(OPTIONS).options().members())
        .containsEntry("keys", Json.of(2))
        .containsEntry("values", Json.of("unique"));
    assertThat(new RegisterWorkload(OPTIONS).needs())
        .isEqualTo(Set.of(Read.class, Write.class, CompareAndSet.class));
    assertThat(new RegisterWorkload(OPTIONS).model()).isEqualTo("cas-register");
  }
}

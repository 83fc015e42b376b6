package dev.faultline.harness.interpreter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checkers.history.Event;
import dev.faultline.checkers.history.EventType;
import dev.faultline.checkers.history.OperationError;
import dev.faultline.checkers.json.Json;
import dev.faultline.harness.interpreter.ScriptedClients.Script;
import dev.faultline.harness.interpreter.ScriptedClients.ScriptedClient;
import dev.faultline.harness.loop.VirtualScheduler;
import dev.faultline.workloads.client.Operation.Read;
import dev.faultline.workloads.client.Operation.Write;
import dev.faultline.workloads.client.Outcome;
import dev.faultline.workloads.generator.Generator;
import dev.faultline.workloads.generator.Generators;
import dev.faultline.workloads.generator.Invocation;
import dev.faultline.workloads.generator.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InterpreterTest {

  private static final long MILLI = 1_000_000;
  private static final Generator READS = Generators.draw(_ -> new Read("x"));
  private static final Generator WRITES =
      Generators.draw(context -> new Write("x", context.random().nextInt(1_000)));
  private static final OperationError LOST = new OperationError("lost", "", false);

  private final VirtualScheduler scheduler = new VirtualScheduler();
  private final List<Event> history = new ArrayList<>();

  private static InterpreterSettings settings(int concurrency) {
    return new InterpreterSettings(
        List.of("n1", "n2", "n3"), concurrency, Duration.ofSeconds(2), Duration.ofSeconds(5));
  }

  private Interpreter interpreter(int concurrency, ScriptedClients clients) {
    return new Interpreter(
        settings(concurrency), scheduler, clients, history::add, new SplittableRandom(42));
  }

  private ScriptedClients clients(Script script) {
    return new ScriptedClients(scheduler, script);
  }

  private InterpreterResult run(Interpreter interpreter, Generator generator) {
    CompletableFuture<InterpreterResult> result = interpreter.run(generator).toCompletableFuture();
    scheduler.runUntilIdle();
    assertThat(result).isDone();
    return result.join();
  }

  private List<Event> completions() {
    return history.stream().filter(event -> event.type() != EventType.INVOKE).toList();
  }

  @Test
  void recordsEveryOperationOnItsProcessAndNode() {
    InterpreterResult result =
        run(interpreter(5, clients(ScriptedClients.okAfter(MILLI))), WRITES.limit(100));

    assertThat(result.invoked()).isEqualTo(100);
    assertThat(result.ok()).isEqualTo(100);
    assertThat(result.keys()).containsExactly("x");
    assertThat(history).hasSize(200);
    assertThat(history).allMatch(event -> ("n" + (event.process() % 3 + 1)).equals(event.node()));
    assertThat(history.stream().map(Event::process).distinct()).hasSize(5);
    assertThat(history.stream().map(Event::timeNanos).toList()).isSorted();
    assertProcessesAlternate();
  }

  @Test
  void completionsComeBeforeNewInvocations() {
    // Two threads that always answer at the same moment: both answers stand before what follows.
    run(interpreter(2, clients(ScriptedClients.okAfter(MILLI))), READS.limit(20));
    for (int i = 0; i < history.size(); i += 4) {
      assertThat(history.subList(i, i + 4).stream().map(Event::type))
          .containsExactly(EventType.INVOKE, EventType.INVOKE, EventType.OK, EventType.OK);
    }
  }

  @Test
  void oneThreadShowsNoConcurrency() {
    run(interpreter(1, clients(ScriptedClients.okAfter(0))), READS.limit(50));
    for (int i = 0; i < history.size(); i++) {
      assertThat(history.get(i).type()).isEqualTo(i % 2 == 0 ? EventType.INVOKE : EventType.OK);
    }
  }

  @Test
  void anInvocationIsRecordedBeforeItIsSent() {
    List<Integer> recordedWhenSent = new ArrayList<>();
    ScriptedClients clients =
        clients((client, operation) -> {
          recordedWhenSent.add(history.size());
          return client.answer(MILLI, new Outcome.Ok(operation.value(), null));
        });
    run(interpreter(1, clients), READS.limit(3));
    assertThat(recordedWhenSent).containsExactly(1, 3, 5);
  }

  @Test
  void anIndeterminateOperationRetiresItsProcessAndItsClient() {
    ScriptedClients clients =
        clients((client, operation) ->
            client.number == 0
                ? client.answer(MILLI, new Outcome.Info(LOST))
                : client.answer(MILLI, new Outcome.Ok(operation.value(), null)));
    InterpreterResult result = run(interpreter(3, clients), WRITES.limit(12));

    assertThat(result.indeterminate()).isEqualTo(1);
    assertThat(clients.opened).hasSize(4);
    ScriptedClient first = clients.opened.getFirst();
    assertThat(first.closed).isTrue();
    assertThat(first.invoked).hasSize(1);
    assertThat(clients.opened.get(3).node).isEqualTo(first.node);
    assertThat(clients.opened.stream().filter(client -> client.closed)).hasSize(1);
    Event info = history.stream().filter(e -> e.type() == EventType.INFO).findFirst().orElseThrow();
    List<Integer> later =
        history.subList(history.indexOf(info) + 1, history.size()).stream()
            .map(Event::process)
            .distinct()
            .toList();
    assertThat(later).contains(info.process() + 3).doesNotContain(info.process());
  }

  @Test
  void aHungClientDoesNotHangTheRun() {
    ScriptedClients clients =
        clients((client, operation) ->
            client.node.equals("n1")
                ? client.answer(Long.MAX_VALUE, null)
                : client.answer(MILLI, new Outcome.Ok(operation.value(), null)));
    InterpreterResult result =
        run(
            interpreter(3, clients),
            Generators.mix(READS, WRITES).timeLimit(Duration.ofSeconds(10)));

    assertThat(result.deadlineExceeded()).isEqualTo(5);
    assertThat(result.ok()).isGreaterThan(15_000);
    assertThat(result.endNanos()).isEqualTo(Duration.ofSeconds(10).toNanos());
    assertProcessesAlternate();
  }

  @Test
  void theDeadlineOfAWriteIsInfoAndOfAReadFail() {
    ScriptedClients clients = clients((client, _) -> client.answer(Long.MAX_VALUE, null));
    Generator both =
        Generators.phases(Generators.of(new Read("x")), Generators.of(new Write("x", 1)));
    run(interpreter(1, clients), Generators.sequence(both, READS.limit(1)));

    assertThat(completions())
        .extracting(Event::type)
        .containsExactly(EventType.FAIL, EventType.INFO, EventType.FAIL);
    assertThat(completions())
        .allSatisfy(event ->
            assertThat(event.error())
                .extracting("code", "definite")
                .containsExactly("harness-deadline", false));
    // The read's process goes on, the write's does not; each has a fresh client.
    assertThat(completions()).extracting(Event::process).containsExactly(0, 0, 1);
    assertThat(clients.opened).hasSize(4);
    assertThat(clients.opened.subList(0, 3)).allMatch(client -> client.closed);
    assertThat(completions().getFirst().timeNanos()).isEqualTo(Duration.ofSeconds(2).toNanos());
  }

  @Test
  void lateAnswersAreIgnored() {
    ScriptedClients clients =
        clients((client, operation) ->
            client.answer(3_000 * MILLI, new Outcome.Ok(operation.value(), null)));
    InterpreterResult result = run(interpreter(1, clients), WRITES.limit(2));
    assertThat(result.indeterminate()).isEqualTo(2);
    assertThat(result.ok()).isZero();
    assertThat(history).hasSize(4);
  }

  @Test
  void aClientThatCannotBeOpenedFailsItsOperationForCertain() {
    ScriptedClients clients = clients(ScriptedClients.okAfter(MILLI));
    clients.refuseOpens = 3; // ahead of the first operation, and for two operations
    InterpreterResult result =
        run(interpreter(1, clients), WRITES.delay(Duration.ofMillis(10)).limit(4));

    assertThat(completions())
        .extracting(Event::type)
        .containsExactly(EventType.FAIL, EventType.FAIL, EventType.OK, EventType.OK);
    Event first = completions().getFirst();
    assertThat(first.error()).extracting("code", "definite").containsExactly("no-client", true);
    assertThat(completions()).extracting(Event::process).containsOnly(0);
    assertThat(result.noClient()).isEqualTo(2);
    assertThat(result.failed()).isEqualTo(2);
  }

  @Test
  void aClientThatOpensTooSlowlyFailsItsOperationInTime() {
    ScriptedClients clients = clients(ScriptedClients.okAfter(MILLI));
    clients.openLatencyNanos = 7_000 * MILLI;
    run(interpreter(1, clients), WRITES.limit(2));

    assertThat(completions())
        .extracting(Event::timeNanos)
        .containsExactly(5_000 * MILLI, 10_100 * MILLI); // with the rest after the first
    assertThat(completions()).extracting(Event::type).containsOnly(EventType.FAIL);
    // What was opened too late is let go, never used.
    assertThat(clients.opened).allMatch(client -> client.closed && client.invoked.isEmpty());
  }

  @Test
  void aThreadWhoseOperationWasTurnedAwayRests() {
    ScriptedClients clients =
        clients((client, _) ->
            client.answer(
                MILLI,
                new Outcome.Fail(new OperationError("not-connected", "no connection", true))));
    run(interpreter(1, clients), WRITES.limit(3));

    List<Long> invoked =
        history.stream()
            .filter(event -> event.type() == EventType.INVOKE)
            .map(Event::timeNanos)
            .toList();
    assertThat(invoked).containsExactly(0L, 101 * MILLI, 202 * MILLI);
  }

  @Test
  void aRefusedComparisonIsAnAnswerAndNoReasonToRest() {
    ScriptedClients clients =
        clients((client, _) ->
            client.answer(
                MILLI,
                new Outcome.Fail(
                    new OperationError(OperationError.COMPARE_FAILED, "another", true))));
    run(interpreter(1, clients), WRITES.limit(3));

    assertThat(completions())
        .extracting(Event::timeNanos)
        .containsExactly(MILLI, 2 * MILLI, 3 * MILLI);
  }

  @Test
  void aClientThatOpensSlowlyIsWaitedFor() {
    ScriptedClients clients = clients(ScriptedClients.okAfter(MILLI));
    clients.openLatencyNanos = 400 * MILLI;
    InterpreterResult result = run(interpreter(2, clients), WRITES.limit(10));
    assertThat(result.ok()).isEqualTo(10);
    assertThat(clients.opened).hasSize(2);
  }

  @Test
  void aClientThatThrowsIsDefective() {
    ScriptedClients clients =
        clients((client, _) ->
            switch (client.number) {
              case 0 -> throw new IllegalArgumentException("oops");
              case 1 -> CompletableFuture.failedFuture(new IllegalStateException("later"));
              default -> client.answer(MILLI, null);
            });
    InterpreterResult result = run(interpreter(1, clients), WRITES.limit(3));

    assertThat(completions()).extracting(Event::type).containsOnly(EventType.INFO);
    assertThat(completions())
        .allSatisfy(
            event -> assertThat(event.error()).extracting("code").isEqualTo("client-defect"));
    assertThat(completions()).extracting(Event::process).containsExactly(0, 1, 2);
    assertThat(result.clientDefects()).isEqualTo(3);
    assertThat(result.firstClientDefect()).contains("oops");
  }

  @Test
  void aFailureWithoutProofIsTakenForInfoUnlessItIsARead() {
    ScriptedClients clients = clients((client, _) -> client.answer(MILLI, new Outcome.Fail(LOST)));
    InterpreterResult result =
        run(interpreter(1, clients), Generators.phases(WRITES.limit(1), READS.limit(1)));
    assertThat(completions())
        .extracting(Event::type)
        .containsExactly(EventType.INFO, EventType.FAIL);
    assertThat(result.clientDefects()).isEqualTo(1);
    assertThat(result.firstClientDefect()).contains("write").contains("lost");
  }

  @Test
  void resultsAndMetaAreRecorded() {
    Json.Obj meta = new Json.Obj(Map.of("revision", Json.of(7)));
    ScriptedClients clients =
        clients((client, _) -> client.answer(MILLI, new Outcome.Ok(Json.of(5), meta)));
    run(interpreter(1, clients), READS.limit(1));
    assertThat(history.getFirst().value()).isEqualTo(Json.NULL);
    assertThat(completions().getFirst().value()).isEqualTo(Json.of(5));
    assertThat(completions().getFirst().meta()).isEqualTo(meta);
  }

  @Test
  void staggeredInvocationsWaitForTheirTime() {
    InterpreterResult result =
        run(
            interpreter(10, clients(ScriptedClients.okAfter(MILLI))),
            READS.stagger(1_000).timeLimit(Duration.ofSeconds(10)));
    assertThat(result.invoked()).isBetween(9_700L, 10_300L);
    assertThat(result.endNanos()).isBetween(10_000 * MILLI, 10_001 * MILLI);
  }

  @Test
  void stopInvokesNothingMoreAndWaitsForWhatIsUnderWay() {
    Interpreter interpreter = interpreter(3, clients(ScriptedClients.okAfter(700 * MILLI)));
    CompletableFuture<InterpreterResult> result = interpreter.run(WRITES).toCompletableFuture();
    scheduler.runFor(Duration.ofSeconds(1));
    interpreter.stop();
    scheduler.runUntilIdle();
    assertThat(result.join().stopped()).isTrue();
    assertThat(result.join().invoked()).isEqualTo(6);
    assertThat(result.join().ok()).isEqualTo(6);
    assertThat(history.getLast().timeNanos()).isEqualTo(1_400 * MILLI);
  }

  @Test
  void stopEndsARunThatWaitsForATimeFarAway() {
    Interpreter interpreter = interpreter(1, clients(ScriptedClients.okAfter(MILLI)));
    CompletableFuture<InterpreterResult> result =
        interpreter.run(READS.delay(Duration.ofHours(1))).toCompletableFuture();
    scheduler.runFor(Duration.ofSeconds(1));
    interpreter.stop();
    scheduler.runFor(Duration.ofSeconds(1));
    assertThat(result).isDone();
    assertThat(result.join().invoked()).isEqualTo(1);
  }

  @Test
  void aSecondGeneratorGoesOnWithTheSameProcesses() {
    ScriptedClients clients =
        clients((client, operation) ->
            operation instanceof Write
                ? client.answer(MILLI, new Outcome.Info(LOST))
                : client.answer(MILLI, new Outcome.Ok(operation.value(), null)));
    Interpreter interpreter = interpreter(2, clients);
    run(interpreter, Generators.eachThread(WRITES.limit(1)));
    int before = clients.opened.size();
    interpreter.renewClients();
    InterpreterResult last = run(interpreter, Generators.eachThread(READS.limit(1)));

    assertThat(last.invoked()).isEqualTo(2);
    assertThat(history.subList(4, 8)).extracting(Event::process).containsOnly(2, 3);
    assertThat(clients.opened).hasSize(before + 2);
    assertThat(clients.opened.subList(0, before)).allMatch(client -> client.closed);
  }

  @Test
  void onlyOneGeneratorRunsAtATime() {
    Interpreter interpreter = interpreter(1, clients(ScriptedClients.okAfter(MILLI)));
    CompletableFuture<InterpreterResult> first =
        interpreter.run(READS.limit(5)).toCompletableFuture();
    CompletableFuture<InterpreterResult> second = interpreter.run(READS).toCompletableFuture();
    scheduler.runUntilIdle();
    assertThat(first.join().invoked()).isEqualTo(5);
    assertThat(second).isCompletedExceptionally();
  }

  @Test
  void aGeneratorThatThrowsFailsTheRunOnceEverythingHasEnded() {
    Generator defective =
        Generators.sequence(
            READS.limit(2),
            Generators.draw(_ -> {
              throw new IllegalStateException("defective generator");
            }));
    CompletableFuture<InterpreterResult> result =
        interpreter(3, clients(ScriptedClients.okAfter(MILLI)))
            .run(defective)
            .toCompletableFuture();
    scheduler.runUntilIdle();
    assertThat(result)
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .withMessageContaining("defective generator");
    assertThat(history).hasSize(4);
  }

  @Test
  void aThreadThatIsBusyIsNotUsed() {
    Generator greedy =
        context ->
            new Step.Emit(
                new Invocation(context.nowNanos(), 0, new Read("x")), Generators.nothing());
    Generator twice = Generators.sequence(greedy, greedy);
    CompletableFuture<InterpreterResult> result =
        interpreter(1, clients(ScriptedClients.okAfter(MILLI))).run(twice).toCompletableFuture();
    scheduler.runUntilIdle();
    assertThat(result)
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .withMessageContaining("not free");
    assertThat(history).hasSize(2);
  }

  @Test
  void closeLetsGoOfEveryClient() {
    ScriptedClients clients = clients(ScriptedClients.okAfter(MILLI));
    Interpreter interpreter = interpreter(4, clients);
    run(interpreter, READS.limit(10));
    CompletableFuture<?> closed = interpreter.close(Duration.ofSeconds(1)).toCompletableFuture();
    scheduler.runFor(Duration.ofMillis(1));
    assertThat(closed).isDone();
    assertThat(clients.opened).hasSize(4).allMatch(client -> client.closed);
  }

  @Test
  void closeEndsARunAndOpensNothingAnyMore() {
    ScriptedClients clients = clients((client, _) -> client.answer(Long.MAX_VALUE, null));
    clients.openLatencyNanos = 100 * MILLI;
    Interpreter interpreter = interpreter(2, clients);
    CompletableFuture<InterpreterResult> unsent = interpreter.run(WRITES).toCompletableFuture();
    scheduler.runFor(Duration.ofMillis(50));
    CompletableFuture<?> closed = interpreter.close(Duration.ofSeconds(1)).toCompletableFuture();
    CompletableFuture<InterpreterResult> late = interpreter.run(WRITES).toCompletableFuture();
    scheduler.runUntilIdle();
    assertThat(unsent.join().noClient()).isEqualTo(2);
    assertThat(closed).isDone();
    assertThat(late).isCompletedExceptionally();
    assertThat(clients.opened).hasSize(2).allMatch(client -> client.closed);
    assertThat(clients.opened).allMatch(client -> client.invoked.isEmpty());
    assertProcessesAlternate();
  }

  @Test
  void closeLetsOperationsUnderWayRunIntoTheirDeadline() {
    ScriptedClients clients = clients((client, _) -> client.answer(Long.MAX_VALUE, null));
    Interpreter interpreter = interpreter(2, clients);
    CompletableFuture<InterpreterResult> run = interpreter.run(WRITES).toCompletableFuture();
    scheduler.runFor(Duration.ofMillis(50));
    interpreter.close(Duration.ofSeconds(1));
    scheduler.runUntilIdle();
    assertThat(run.join().indeterminate()).isEqualTo(2);
    assertThat(clients.opened).hasSize(2).allMatch(client -> client.closed);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void theSameSeedGivesTheSameHistory(long seed) {
    List<Event> first = chaoticRun(seed);
    List<Event> second = chaoticRun(seed);
    assertThat(first).isEqualTo(second).hasSizeGreaterThan(1_000);
    assertThat(chaoticRun(seed + 100)).isNotEqualTo(first);
  }

  @ParameterizedTest
  @ValueSource(longs = {4, 5, 6})
  void whateverClientsDoTheHistoryIsWellFormed(long seed) {
    history.addAll(chaoticRun(seed));
    assertProcessesAlternate();
    assertThat(history.stream().map(Event::timeNanos).toList()).isSorted();
    assertThat(history.stream().map(Event::type).distinct()).hasSize(4);
  }

  private static List<Event> chaoticRun(long seed) {
    VirtualScheduler scheduler = new VirtualScheduler();
    List<Event> history = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(seed);
    ScriptedClients clients =
        new ScriptedClients(
            scheduler,
            (client, operation) -> {
              int dice = random.nextInt(100);
              if (dice == 0) {
                throw new IllegalStateException("defect");
              }
              return client.answer(
                  dice == 1 ? Long.MAX_VALUE : random.nextLong(10 * MILLI),
                  dice < 5
                      ? new Outcome.Info(LOST)
                      : dice < 20
                          ? new Outcome.Fail(new OperationError("refused", "", true))
                          : new Outcome.Ok(operation.value(), null));
            });
    Interpreter interpreter =
        new Interpreter(settings(7), scheduler, clients, history::add, new SplittableRandom(seed));
    interpreter.run(Generators.mix(READS, WRITES).stagger(1_000).timeLimit(Duration.ofSeconds(5)));
    scheduler.runUntilIdle();
    return history;
  }

  /** Every process invokes, completes, invokes…, and does nothing after an info. */
  private void assertProcessesAlternate() {
    Set<Integer> underWay = new HashSet<>();
    Set<Integer> retired = new HashSet<>();
    for (Event event : history) {
      assertThat(retired).doesNotContain(event.process());
      if (event.type() == EventType.INVOKE) {
        assertThat(underWay.add(event.process())).isTrue();
      } else {
        assertThat(underWay.remove(event.process())).isTrue();
      }
      if (event.type() == EventType.INFO) {
        retired.add(event.process());
      }
    }
    assertThat(underWay).isEmpty();
  }
}

package dev.faultline.harness.interpreter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checkers.history.EventType;
import dev.faultline.checkers.history.History;
import dev.faultline.checkers.history.HistoryLines;
import dev.faultline.checkers.history.HistoryReader;
import dev.faultline.checkers.history.OperationError;
import dev.faultline.harness.loop.RealScheduler;
import dev.faultline.workloads.client.Client;
import dev.faultline.workloads.client.ClientFactory;
import dev.faultline.workloads.client.Operation;
import dev.faultline.workloads.client.Outcome;
import dev.faultline.workloads.generator.Generator;
import dev.faultline.workloads.register.RegisterOptions;
import dev.faultline.workloads.register.RegisterWorkload;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real loop, clients that answer on threads of their own, and the file read back. */
class RecordedRunTest {

  private static final List<String> NODES = List.of("n1", "n2", "n3");
  private static final int OPERATIONS = 20_000;

  private final ConcurrentLinkedQueue<Throwable> defects = new ConcurrentLinkedQueue<>();

  @Test
  void whatWasDoneIsWhatTheFileSays(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("history.ndjson");
    RegisterWorkload workload = new RegisterWorkload(RegisterOptions.standard());
    Generator main = workload.mainPhase(NODES, 6).limit(OPERATIONS);
    InterpreterSettings settings =
        new InterpreterSettings(NODES, 6, Duration.ofSeconds(30), Duration.ofSeconds(30));
    InterpreterResult first;
    InterpreterResult last;
    try (RealScheduler loop = RealScheduler.start("test-loop", defects::add);
        HistoryRecorder recorder =
            HistoryRecorder.create(file, HistoryLines::append, defects::add);
        ThreadedClients clients = new ThreadedClients()) {
      Interpreter interpreter =
          new Interpreter(settings, loop, clients, recorder, new SplittableRandom(1));
      first = interpreter.run(main).toCompletableFuture().get(60, TimeUnit.SECONDS);
      interpreter.renewClients();
      last =
          interpreter
              .run(workload.finalPhase(NODES, first.keys()))
              .toCompletableFuture()
              .get(60, TimeUnit.SECONDS);
      interpreter.close(Duration.ofSeconds(10)).toCompletableFuture().get(60, TimeUnit.SECONDS);
      assertThat(clients.open).hasValue(0);
    }
    assertThat(defects).isEmpty();
    assertThat(first.invoked()).isEqualTo(OPERATIONS);
    assertThat(first.indeterminate()).isPositive();
    assertThat(last.ok()).isEqualTo(first.keys().size() * 3L);
    assertMatches(HistoryReader.read(file), first, last);
  }

  private static void assertMatches(
      History history, InterpreterResult first, InterpreterResult last) {
    assertThat(history.size()).isEqualTo(2 * (first.invoked() + last.invoked()));
    Map<EventType, Long> counts = new EnumMap<>(EventType.class);
    for (int i = 0; i < history.size(); i++) {
      counts.merge(history.type(i), 1L, Long::sum);
      assertThat(history.counterpart(i)).isNotNegative();
      assertThat(history.node(i)).isEqualTo("n" + (history.process(i) % 3 + 1));
      assertThat(i == 0 || history.timeNanos(i) >= history.timeNanos(i - 1)).isTrue();
    }
    assertThat(counts.getOrDefault(EventType.OK, 0L)).isEqualTo(first.ok() + last.ok());
    assertThat(counts.getOrDefault(EventType.FAIL, 0L)).isEqualTo(first.failed() + last.failed());
    assertThat(counts.getOrDefault(EventType.INFO, 0L))
        .isEqualTo(first.indeterminate() + last.indeterminate());
  }

  /** Clients that answer from another thread; every hundredth write is lost. */
  private static final class ThreadedClients implements ClientFactory {

    final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger invoked = new AtomicInteger();

    @Override
    public Set<Class<? extends Operation>> supports() {
      return Set.of(Operation.Read.class, Operation.Write.class, Operation.CompareAndSet.class);
    }

    @Override
    public CompletionStage<Client> open(String node) {
      return CompletableFuture.supplyAsync(() -> {
        open.incrementAndGet();
        return new ThreadedClient();
      });
    }

    @Override
    public void close() {}

    private final class ThreadedClient implements Client {

      @Override
      public CompletionStage<Outcome> invoke(Operation operation) {
        return CompletableFuture.supplyAsync(() ->
            !operation.isReadOnly() && invoked.incrementAndGet() % 100 == 0
                ? new Outcome.Info(new OperationError("lost", "no answer", false))
                : new Outcome.Ok(operation.value(), null));
      }

      @Override
      public CompletionStage<Void> close() {
        open.decrementAndGet();
        return CompletableFuture.allOf();
      }
    }
  }
}

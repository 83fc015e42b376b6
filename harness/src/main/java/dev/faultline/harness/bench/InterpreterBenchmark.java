package dev.faultline.harness.bench;

import dev.faultline.checkers.history.HistoryLines;
import dev.faultline.harness.interpreter.HistoryRecorder;
import dev.faultline.harness.interpreter.Interpreter;
import dev.faultline.harness.interpreter.InterpreterResult;
import dev.faultline.harness.interpreter.InterpreterSettings;
import dev.faultline.harness.loop.RealScheduler;
import dev.faultline.workloads.client.Client;
import dev.faultline.workloads.client.ClientFactory;
import dev.faultline.workloads.client.Operation;
import dev.faultline.workloads.client.Outcome;
import dev.faultline.workloads.generator.Generator;
import dev.faultline.workloads.generator.GeneratorSimulation;
import dev.faultline.workloads.register.RegisterOptions;
import dev.faultline.workloads.register.RegisterWorkload;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Measures how many operations a second the interpreter schedules against clients that answer at
 * once, with the register workload, recording to a file; and how many the bare generator yields.
 */
public final class InterpreterBenchmark {

  private static final List<String> NODES = List.of("n1", "n2", "n3", "n4", "n5");

  private final int operations;
  private final int concurrency;
  private final Path directory;

  /**
   * Makes a benchmark.
   *
   * @param operations how many operations a measurement takes
   * @param concurrency how many threads the workload has
   * @param directory where the history is written; it is deleted afterwards
   */
  public InterpreterBenchmark(int operations, int concurrency, Path directory) {
    this.operations = operations;
    this.concurrency = concurrency;
    this.directory = directory;
  }

  /**
   * What was measured.
   *
   * @param interpreterPerSecond operations a second through the interpreter, recorded to a file
   * @param generatorPerSecond operations a second of the bare generator in simulated time
   * @param historyBytes the size of the history that was written
   * @param backPressureNanos for how long the interpreter waited for the disk
   */
  public record Result(
      double interpreterPerSecond,
      double generatorPerSecond,
      long historyBytes,
      long backPressureNanos) {

    /** Returns the share of the generator's rate that the interpreter reaches. */
    public double ratio() {
      return interpreterPerSecond / generatorPerSecond;
    }
  }

  /**
   * Measures three times with {@code operations} operations of {@code concurrency} threads each and
   * prints a line for each; the first warms up.
   *
   * @throws IOException if the history cannot be written
   */
  public static void print(PrintWriter out, int operations, int concurrency) throws IOException {
    Path directory = Path.of(System.getProperty("java.io.tmpdir"));
    InterpreterBenchmark benchmark = new InterpreterBenchmark(operations, concurrency, directory);
    for (int round = 1; round <= 3; round++) {
      print(out, round, benchmark.run());
    }
  }

  private static void print(PrintWriter out, int round, Result result) {
    out.printf(
        Locale.ROOT,
        "round %d: interpreter %,.0f ops/s, bare generator %,.0f ops/s, ratio %.2f;"
            + " history %,d bytes, waited %,d ms for the disk%n",
        round,
        result.interpreterPerSecond(),
        result.generatorPerSecond(),
        result.ratio(),
        result.historyBytes(),
        result.backPressureNanos() / 1_000_000);
  }

  /**
   * Measures once.
   *
   * @throws IOException if the history cannot be written
   */
  public Result run() throws IOException {
    double generatorPerSecond = measureGenerator();
    Path file = Files.createTempFile(directory, "interpreter-benchmark", ".ndjson");
    try {
      return measureInterpreter(file, generatorPerSecond);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private double measureGenerator() {
    long start = System.nanoTime();
    int performed =
        new GeneratorSimulation(
                concurrency, new SplittableRandom(1), GeneratorSimulation.answeringAfter(1))
            .run(workload())
            .size();
    return perSecond(performed, System.nanoTime() - start);
  }

  private Result measureInterpreter(Path file, double generatorPerSecond) throws IOException {
    CompletableFuture<InterpreterResult> done = new CompletableFuture<>();
    InterpreterSettings settings =
        new InterpreterSettings(NODES, concurrency, Duration.ofSeconds(5), Duration.ofSeconds(5));
    long start = System.nanoTime();
    long backPressureNanos;
    InterpreterResult result;
    try (RealScheduler loop = RealScheduler.start("benchmark-loop", done::completeExceptionally);
        HistoryRecorder recorder =
            HistoryRecorder.create(file, HistoryLines::append, done::completeExceptionally)) {
      Interpreter interpreter =
          new Interpreter(settings, loop, new AnsweringAtOnce(), recorder, new SplittableRandom(1));
      interpreter
          .run(workload())
          .whenComplete((value, thrown) -> {
            if (thrown != null) {
              done.completeExceptionally(thrown);
            } else {
              done.complete(value);
            }
          });
      result = done.join();
      backPressureNanos = recorder.backPressureNanos();
    }
    // Taken after the recorder has closed, so that every line is on the disk.
    double rate = perSecond(result.invoked(), System.nanoTime() - start);
    return new Result(rate, generatorPerSecond, Files.size(file), backPressureNanos);
  }

  private Generator workload() {
    RegisterOptions options =
        RegisterOptions.standard().withKeys(Math.max(1, concurrency / (2 * NODES.size())));
    return new RegisterWorkload(options).mainPhase(NODES, concurrency).limit(operations);
  }

  private static double perSecond(long count, long nanos) {
    return count * 1e9 / nanos;
  }

  /** A system that costs nothing. */
  private static final class AnsweringAtOnce implements ClientFactory {

    private static final Client CLIENT =
        new Client() {
          @Override
          public CompletionStage<Outcome> invoke(Operation operation) {
            return CompletableFuture.completedFuture(new Outcome.Ok(operation.value(), null));
          }

          @Override
          public CompletionStage<Void> close() {
            return CompletableFuture.allOf();
          }
        };

    @Override
    public Set<Class<? extends Operation>> supports() {
      return Set.of(Operation.Read.class, Operation.Write.class, Operation.CompareAndSet.class);
    }

    @Override
    public CompletionStage<Client> open(String node) {
      return CompletableFuture.completedFuture(CLIENT);
    }

    @Override
    public void close() {}
  }
}

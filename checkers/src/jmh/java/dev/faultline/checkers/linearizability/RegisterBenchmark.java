package dev.faultline.checkers.linearizability;

import dev.faultline.checkers.history.EventType;
import dev.faultline.checkers.history.History;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Nanoseconds an operation of one register: to encode it, as columns and, for comparison, as
 * objects; and to decide it, by zones and, for comparison, by the search that any model gets.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class RegisterBenchmark {

  private static final int OPERATIONS = 100_000;

  /** How many different values are written; a million is hardly ever twice the same. */
  @Param({"5", "1000000000"})
  public int values;

  private final Model<?> model = Models.named("cas-register").orElseThrow();
  private History history;
  private int[] invocations;
  private Operations operations;

  /** Makes a history that is linearizable. */
  @Setup(Level.Trial)
  public void prepare() throws UnsuitableCallException {
    history = new RandomHistories(new Random(1), 5, values, 0, 0.001, false).next(OPERATIONS);
    invocations =
        IntStream.range(0, history.size())
            .filter(i -> history.type(i) == EventType.INVOKE)
            .toArray();
    operations = encode();
  }

  /** Makes columns of the history. */
  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public Operations encode() throws UnsuitableCallException {
    return new Encoder(history, model).encode(invocations, Limits.NONE);
  }

  /** Makes objects of the history, and columns of those. */
  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public Operations baselineEncodeObjects() {
    return Operations.of(model, KeyHistory.of(history, model, invocations).operations());
  }

  /** Decides by zones; where values come twice, it only finds that it cannot. */
  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public Zones.Answer zones() {
    return Zones.decide(operations);
  }

  /** Decides by search. */
  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public Object baselineSearch() {
    return Search.run(operations, Limits.NONE, Reductions.ALL);
  }
}

package dev.faultline.checkers.linearizability;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Nanoseconds to take a configuration into a {@link Frontier}, or to find that it was there. The
 * baseline keeps objects in a {@link HashSet}, as a straightforward search would, and compares
 * nothing: what {@link #insert} takes beyond {@link #insertWithoutDominance} is the price of
 * dropping configurations that are no better than others.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class FrontierBenchmark {

  private static final int CONFIGURATIONS = 4_096;
  private static final int STATES = 32;

  /** As an object would be kept. */
  private record Boxed(long state, long may, long must) {}

  private final long[][] configurations = new long[CONFIGURATIONS][];
  private Layout layout;
  private Frontier full;

  /** Makes configurations of 16 operations in flight. */
  @Setup(Level.Trial)
  public void prepare() {
    Random random = new Random(1);
    Operations none =
        Operations.of(Models.named("cas-register").orElseThrow(), List.of());
    layout = new Layout(new Timeline(none, true), false);
    for (int i = 0; i < CONFIGURATIONS; i++) {
      long may = random.nextInt(1 << 16);
      configurations[i] = new long[] {random.nextInt(STATES), may, may & random.nextInt(1 << 16)};
    }
    full = new Frontier(layout, false);
    for (long[] configuration : configurations) {
      boolean _ = full.add(configuration);
    }
  }

  /** Takes in configurations, and drops those that are dominated. */
  @Benchmark
  @OperationsPerInvocation(CONFIGURATIONS)
  public int insert() {
    return fill(new Frontier(layout, true));
  }

  /** Takes in configurations, and drops only those that were there. */
  @Benchmark
  @OperationsPerInvocation(CONFIGURATIONS)
  public int insertWithoutDominance() {
    return fill(new Frontier(layout, false));
  }

  /** Finds all configurations again. */
  @Benchmark
  @OperationsPerInvocation(CONFIGURATIONS)
  public int lookup() {
    return fill(full);
  }

  /** Takes in configurations as objects. */
  @Benchmark
  @OperationsPerInvocation(CONFIGURATIONS)
  public int baselineHashSetInsert() {
    Set<Boxed> set = new HashSet<>();
    Arrays.stream(configurations).forEach(c -> set.add(new Boxed(c[0], c[1], c[2])));
    return set.size();
  }

  private int fill(Frontier frontier) {
    int added = 0;
    for (long[] configuration : configurations) {
      added += frontier.add(configuration) ? 1 : 0;
    }
    return added;
  }
}

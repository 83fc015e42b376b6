package dev.faultline.workloads.generator;

import dev.faultline.checkers.history.OperationError;
import dev.faultline.workloads.client.Operation;
import dev.faultline.workloads.client.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Drives a generator in simulated time, with no cluster and no threads: what a workload does can be
 * looked at in a unit test, and the same seed gives the same result.
 *
 * <pre>{@code
 * List<GeneratorSimulation.Performed> performed =
 *     new GeneratorSimulation(10, new SplittableRandom(1), GeneratorSimulation.answeringAfter(1_000_000))
 *         .run(Generators.draw(context -> new Operation.Read("x")).limit(100));
 * }</pre>
 */
public final class GeneratorSimulation {

  private static final Outcome HUNG =
      new Outcome.Info(new OperationError("hung", "simulated", false));

  /** What the simulated system makes of operations, in the order of their invocation. */
  @FunctionalInterface
  public interface SimulatedSystem {

    /** Says what becomes of {@code invocation}, made at {@code invocation.timeNanos()}. */
    Answer answer(Invocation invocation);
  }

  /**
   * What becomes of an operation.
   *
   * @param latencyNanos how long it takes; {@link Long#MAX_VALUE} for ever
   * @param outcome how it ends
   */
  public record Answer(long latencyNanos, Outcome outcome) {

    /** An operation that never ends. */
    public static Answer never() {
      return new Answer(Long.MAX_VALUE, HUNG);
    }
  }

  /**
   * An operation that was performed.
   *
   * @param invocation when it was invoked, by which thread, and what it is
   * @param process the process that the thread was
   * @param completionNanos when it ended; {@link Long#MAX_VALUE} for never
   * @param outcome how it ended
   */
  public record Performed(
      Invocation invocation, int process, long completionNanos, Outcome outcome) {

    /** Returns what was performed. */
    public Operation operation() {
      return invocation.operation();
    }
  }

  private final RandomGenerator random;
  private final SimulatedSystem system;
  private final ThreadSet threads;
  private final PriorityQueue<Performed> underWay =
      new PriorityQueue<>(Comparator.comparingLong(Performed::completionNanos));
  private final List<Performed> performed = new ArrayList<>();

  private Processes processes;
  private ThreadSet free;
  private long nowNanos;

  /** Makes a simulation of {@code threads} threads against {@code system}; good for one run. */
  public GeneratorSimulation(int threads, RandomGenerator random, SimulatedSystem system) {
    this.random = random;
    this.system = system;
    this.threads = ThreadSet.range(0, threads);
    this.free = this.threads;
    this.processes = Processes.initial(threads);
  }

  /** Returns a system that completes everything {@code ok} after {@code latencyNanos}. */
  public static SimulatedSystem answeringAfter(long latencyNanos) {
    return invocation ->
        new Answer(latencyNanos, new Outcome.Ok(invocation.operation().value(), null));
  }

  /**
   * Returns what was performed, in the order of invocation, once the generator is done, or waits
   * for something that never happens.
   */
  public List<Performed> run(Generator generator) {
    Generator current = generator;
    while (true) {
      // Completions first: no invocation may seem concurrent with what has already ended.
      if (!underWay.isEmpty() && underWay.peek().completionNanos() <= nowNanos) {
        current = complete(current, underWay.remove());
        continue;
      }
      long wakeNanos;
      switch (current.next(context())) {
        case Step.Emit(Invocation invocation, Generator rest)
            when invocation.timeNanos() <= nowNanos -> {
          current = invoke(rest, invocation);
          continue;
        }
        case Step.Emit(Invocation invocation, Generator _) -> wakeNanos = invocation.timeNanos();
        case Step.Pending(Generator rest, long untilNanos) -> {
          current = rest;
          wakeNanos = untilNanos;
        }
        case Step.Done _ -> {
          return performed;
        }
      }
      @Nullable Performed first = underWay.peek();
      nowNanos = Math.min(wakeNanos, first == null ? Long.MAX_VALUE : first.completionNanos());
      if (nowNanos == Long.MAX_VALUE) {
        return performed;
      }
    }
  }

  /** Returns the time that the simulation has come to, in nanoseconds. */
  public long nowNanos() {
    return nowNanos;
  }

  private Generator invoke(Generator rest, Invocation emitted) {
    Invocation invocation = emitted.notBefore(nowNanos);
    int thread = invocation.thread();
    if (!free.contains(thread)) {
      throw new IllegalStateException("thread " + thread + " is not free at " + nowNanos);
    }
    int process = processes.of(thread);
    Answer answer = system.answer(invocation);
    long end =
        answer.latencyNanos() == Long.MAX_VALUE ? Long.MAX_VALUE : nowNanos + answer.latencyNanos();
    Performed operation = new Performed(invocation, process, end, answer.outcome());
    performed.add(operation);
    underWay.add(operation);
    free = free.without(thread);
    return rest.update(
        context(), new OperationEvent.Invoked(nowNanos, thread, process, invocation.operation()));
  }

  private Generator complete(Generator current, Performed operation) {
    int thread = operation.invocation().thread();
    if (operation.outcome() instanceof Outcome.Info) {
      processes = processes.retire(thread);
    }
    free = free.with(thread);
    return current.update(
        context(),
        new OperationEvent.Completed(
            nowNanos, thread, operation.process(), operation.operation(), operation.outcome()));
  }

  private Context context() {
    return new Context(nowNanos, threads, free, processes, random);
  }
}

package dev.faultline.harness.interpreter;

import dev.faultline.checkers.history.Event;
import dev.faultline.checkers.history.EventType;
import dev.faultline.checkers.history.OperationError;
import dev.faultline.checkers.json.Json;
import dev.faultline.harness.loop.Scheduler;
import dev.faultline.workloads.client.ClientFactory;
import dev.faultline.workloads.client.Operation;
import dev.faultline.workloads.client.Outcome;
import dev.faultline.workloads.generator.Context;
import dev.faultline.workloads.generator.Generator;
import dev.faultline.workloads.generator.Invocation;
import dev.faultline.workloads.generator.OperationEvent;
import dev.faultline.workloads.generator.Processes;
import dev.faultline.workloads.generator.Step;
import dev.faultline.workloads.generator.ThreadSet;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Does what a generator says, by way of clients, and has all of it recorded.
 *
 * <p>Public methods may be called from any thread; everything happens on the loop. Stages that they
 * return complete on the loop. One generator runs at a time; several may follow one another, and
 * process numbers go on from one to the next. See the package's description for the rules.
 */
public final class Interpreter {

  /** How long a thread rests after an operation was turned away. */
  private static final long REST_NANOS = Duration.ofMillis(100).toNanos();

  private final Scheduler scheduler;
  private final Recorder recorder;
  private final RandomGenerator random;
  private final ClientCloser closer;
  private final ClientThread[] threads;
  private final ThreadSet allThreads;

  private ThreadSet free;
  private Processes processes;
  private @Nullable Run run;
  private boolean closedForGood;

  /**
   * Makes an interpreter. It opens no client yet.
   *
   * @param scheduler the loop
   * @param clients where clients come from; not closed by this
   * @param recorder is told every event, on the loop
   * @param random where the generators' chance comes from; used on the loop only
   */
  public Interpreter(
      InterpreterSettings settings,
      Scheduler scheduler,
      ClientFactory clients,
      Recorder recorder,
      RandomGenerator random) {
    this.scheduler = scheduler;
    this.recorder = recorder;
    this.random = random;
    this.closer = new ClientCloser(scheduler);
    this.allThreads = ThreadSet.range(0, settings.concurrency());
    this.free = allThreads;
    this.processes = Processes.initial(settings.concurrency());
    this.threads = new ClientThread[settings.concurrency()];
    for (int thread = 0; thread < threads.length; thread++) {
      threads[thread] = new ClientThread(scheduler, clients, closer, settings, thread);
    }
  }

  /**
   * Runs {@code generator} until it is done and every operation has ended.
   *
   * <p>The stage completes exceptionally with what the generator or the recorder threw, once every
   * operation has ended; or at once with {@link IllegalStateException} while another one runs, or
   * after {@link #close}.
   */
  public CompletionStage<InterpreterResult> run(Generator generator) {
    CompletableFuture<InterpreterResult> result = new CompletableFuture<>();
    scheduler.post(() -> {
      if (run != null) {
        result.completeExceptionally(new IllegalStateException("another generator runs"));
        return;
      }
      if (closedForGood) {
        result.completeExceptionally(new IllegalStateException("the interpreter is closed"));
        return;
      }
      run = new Run(generator, result, scheduler.nowNanos());
      for (ClientThread thread : threads) {
        thread.prepare();
      }
      run.requestPump();
    });
    return result;
  }

  /**
   * Invokes nothing more. What is under way ends by itself or by its deadline, and then the run's
   * stage completes. Does nothing if nothing runs.
   */
  public void stop() {
    scheduler.post(() -> {
      if (run != null) {
        run.stop();
      }
    });
  }

  /**
   * Lets go of the client of every idle thread, so that its next operation goes over a fresh
   * connection. Processes stay who they are.
   */
  public void renewClients() {
    scheduler.post(() -> free.forEach(thread -> threads[thread].dropClient()));
  }

  /**
   * Stops, and lets go of every client for good. Completes when all are closed, and after {@code
   * deadline} in any case.
   */
  public CompletionStage<@Nullable Void> close(Duration deadline) {
    CompletableFuture<@Nullable Void> closed = new CompletableFuture<>();
    scheduler.post(() -> {
      closedForGood = true;
      if (run != null) {
        run.stop();
      }
      for (ClientThread thread : threads) {
        thread.close();
      }
      closer.awaitClosed(deadline.toNanos()).thenAccept(closed::complete);
    });
    return closed;
  }

  /** One generator at work. */
  private final class Run {

    private final CompletableFuture<InterpreterResult> result;
    private final Tally tally;
    private final Runnable pump = this::pump;
    private Generator generator;
    private Scheduler.@Nullable Timer wake;
    private boolean pumpRequested;
    private boolean done;
    private boolean stopped;
    private @Nullable Throwable defect;

    Run(Generator generator, CompletableFuture<InterpreterResult> result, long startNanos) {
      this.generator = generator;
      this.result = result;
      this.tally = new Tally(startNanos);
    }

    /**
     * Asks the generator in a later task. Going through the loop for every single invocation lets
     * completions that have arrived meanwhile come first: else the history would show operations as
     * concurrent that were not.
     */
    void requestPump() {
      if (!pumpRequested) {
        pumpRequested = true;
        scheduler.post(pump);
      }
    }

    void stop() {
      stopped = !done;
      finish();
    }

    // A generator comes from a plug-in perhaps; whatever it throws must not end the loop.
    @SuppressWarnings("CatchThrowable")
    private void pump() {
      pumpRequested = false;
      if (wake != null) {
        wake.cancel();
        wake = null;
      }
      if (done) {
        return;
      }
      try {
        Context now = context();
        switch (generator.next(now)) {
          case Step.Emit(Invocation invocation, Generator rest)
              when invocation.timeNanos() <= now.nowNanos() -> {
            generator = rest;
            invoke(invocation.thread(), invocation.operation());
            requestPump();
          }
          case Step.Emit(Invocation invocation, Generator _) -> wakeAt(invocation.timeNanos());
          case Step.Pending(Generator rest, long untilNanos) -> {
            generator = rest;
            wakeAt(untilNanos);
          }
          case Step.Done _ -> finish();
        }
      } catch (Throwable thrown) {
        fail(thrown);
      }
    }

    private void wakeAt(long timeNanos) {
      if (timeNanos != Long.MAX_VALUE) {
        wake = scheduler.at(timeNanos, this::requestPump);
      }
    }

    private void invoke(int thread, Operation operation) {
      if (!free.contains(thread)) {
        throw new IllegalStateException(
            "the generator gave " + operation + " to thread " + thread + ", which is not free");
      }
      int process = processes.of(thread);
      long now = scheduler.nowNanos();
      record(now, thread, process, EventType.INVOKE, operation, operation.value(), null, null);
      tally.invoked(operation.keys());
      free = free.without(thread);
      threads[thread].perform(operation, ending -> ended(thread, process, operation, ending));
      generator =
          generator.update(context(), new OperationEvent.Invoked(now, thread, process, operation));
    }

    // As for pump().
    @SuppressWarnings("CatchThrowable")
    private void ended(int thread, int process, Operation operation, Ending ending) {
      long now = scheduler.nowNanos();
      tally.ended(ending);
      if (ending.isTurnedAway()) {
        scheduler.after(REST_NANOS, () -> rested(thread));
      } else {
        free = free.with(thread);
      }
      if (ending.isIndeterminate()) {
        processes = processes.retire(thread);
      }
      try {
        recordEnd(now, thread, process, operation, ending.outcome());
        if (!done) {
          generator =
              generator.update(
                  context(),
                  new OperationEvent.Completed(now, thread, process, operation, ending.outcome()));
        }
      } catch (Throwable thrown) {
        fail(thrown);
      }
      if (done) {
        finish();
      } else {
        requestPump();
      }
    }

    private void rested(int thread) {
      free = free.with(thread);
      if (done) {
        finish();
      } else {
        requestPump();
      }
    }

    private void fail(Throwable thrown) {
      if (defect == null) {
        defect = thrown;
      }
      finish();
    }

    /** Invokes nothing any more; ends the run once nothing is under way. */
    private void finish() {
      done = true;
      if (wake != null) {
        wake.cancel();
        wake = null;
      }
      if (free.size() < allThreads.size() || run != this) {
        return;
      }
      run = null;
      if (defect != null) {
        result.completeExceptionally(defect);
      } else {
        result.complete(tally.result(scheduler.nowNanos(), stopped));
      }
    }
  }

  private Context context() {
    return new Context(scheduler.nowNanos(), allThreads, free, processes, random);
  }

  private void recordEnd(long now, int thread, int process, Operation operation, Outcome outcome) {
    switch (outcome) {
      case Outcome.Ok(Json value, Json.@Nullable Obj meta) ->
          record(now, thread, process, EventType.OK, operation, value, null, meta);
      case Outcome.Fail(OperationError error) ->
          record(now, thread, process, EventType.FAIL, operation, operation.value(), error, null);
      case Outcome.Info(OperationError error) ->
          record(now, thread, process, EventType.INFO, operation, operation.value(), error, null);
    }
  }

  private void record(
      long now,
      int thread,
      int process,
      EventType type,
      Operation operation,
      Json value,
      @Nullable OperationError error,
      Json.@Nullable Obj meta) {
    String node = threads[thread].node();
    recorder.record(
        new Event(now, process, type, operation.f(), operation.key(), value, node, error, meta));
  }
}

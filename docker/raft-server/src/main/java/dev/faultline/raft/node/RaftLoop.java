package dev.faultline.raft.node;

import dev.faultline.raft.core.Effect;
import dev.faultline.raft.core.Input;
import dev.faultline.raft.core.RaftStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;

/** The one thread that owns consensus and state machine. */
final class RaftLoop<R> {

  static final String STOPPED = "the node has stopped";

  private final Consensus consensus;
  private final Intake<R> intake;
  private final EffectRunner<R> effects;
  private final RandomGenerator entropy;
  private final FatalErrorHandler fatal;
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private final Thread thread;
  private volatile RaftStatus status;

  RaftLoop(
      String name,
      Consensus consensus,
      Intake<R> intake,
      EffectRunner<R> effects,
      RandomGenerator entropy,
      FatalErrorHandler fatal) {
    this.consensus = consensus;
    this.intake = intake;
    this.effects = effects;
    this.entropy = entropy;
    this.fatal = fatal;
    this.status = consensus.status();
    this.thread = Thread.ofPlatform().name(name).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** Returns how the node stood after the last batch. Safe from any thread. */
  RaftStatus status() {
    return status;
  }

  private void run() {
    try {
      var batch = new ArrayList<Event<R>>();
      while (intake.take(batch, consensus.nextDeadlineNanos() - System.nanoTime())) {
        step(batch);
        batch.clear();
      }
      refuse(batch);
    } catch (InterruptedException e) {
      fatal.fatal("the raft loop was interrupted", e);
    } catch (Throwable e) {
      fatal.fatal("consensus or state machine failed: " + e, e);
    } finally {
      intake.close();
      failWaiters();
      ended.complete(null);
    }
  }

  private void step(List<Event<R>> batch) {
    var inputs = new ArrayList<Input>(batch.size() + 1);
    for (Event<R> event : batch) {
      inputs.add(input(event));
    }
    long nowNanos = System.nanoTime();
    // After what came in: a heartbeat that waits here must count before the time without one does.
    if (nowNanos - consensus.nextDeadlineNanos() >= 0) {
      inputs.add(new Input.Tick());
    }
    if (inputs.isEmpty()) {
      return;
    }
    for (Effect effect : consensus.step(inputs, nowNanos, entropy.nextLong())) {
      effects.run(effect);
    }
    status = consensus.status();
  }

  private Input input(Event<R> event) {
    return switch (event) {
      case Event.Arrived<R> arrived -> new Input.Receive(arrived.from(), arrived.message());
      case Event.Proposed<R> proposed ->
          new Input.Propose(effects.proposals().add(proposed.answer()), proposed.command());
      case Event.ReadAsked<R> read -> new Input.Read(effects.reads().add(read.answer()));
      case Event.Persisted<R> persisted -> new Input.Persisted(persisted.sequence());
    };
  }

  /** Answers what the core never saw. */
  private void refuse(List<Event<R>> events) {
    for (Event<R> event : events) {
      switch (event) {
        case Event.Proposed<R> proposed ->
            proposed.answer().completeExceptionally(new ProposalDroppedException(STOPPED, true));
        case Event.ReadAsked<R> read ->
            read.answer().completeExceptionally(new ReadDroppedException(STOPPED));
        case Event.Arrived<R> _, Event.Persisted<R> _ -> {}
      }
    }
  }

  private void failWaiters() {
    var rest = new ArrayList<Event<R>>();
    intake.takeRest(rest);
    refuse(rest);
    effects.proposals().failAll(() -> new ProposalDroppedException(STOPPED, false));
    effects.reads().failAll(() -> new ReadDroppedException(STOPPED));
  }

  /** Waits, interrupted or not, until the loop has ended; the intake must be closed. */
  void join() {
    ended.join();
  }
}

package dev.faultline.raft.node;

import dev.faultline.raft.core.Effect;
import dev.faultline.raft.core.Entry;
import dev.faultline.raft.core.Message;
import dev.faultline.raft.core.NodeId;
import dev.faultline.raft.core.Payload;
import dev.faultline.raft.core.ProposalId;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out what the core wants done. Owned by the raft loop. */
final class EffectRunner<R> {

  private static final Logger log = LoggerFactory.getLogger(EffectRunner.class);

  private final NodeId self;
  private final long incarnation;
  private final boolean answersOnlyWhenApplied;
  private final BiConsumer<NodeId, Message> network;
  private final Consumer<Effect.Persist> disk;
  private final StateMachine<R> stateMachine;
  private final NodeMetrics metrics;
  private final Waiters<R> proposals = new Waiters<>();
  private final Waiters<Long> reads = new Waiters<>();

  /**
   * Makes a runner in which nobody waits.
   *
   * @param answersOnlyWhenApplied whether a client's answer waits for its command to be applied
   * @param network sends a message, or loses it, at once
   * @param disk accepts what is to be persisted, at once
   */
  EffectRunner(
      NodeId self,
      long incarnation,
      boolean answersOnlyWhenApplied,
      BiConsumer<NodeId, Message> network,
      Consumer<Effect.Persist> disk,
      StateMachine<R> stateMachine,
      NodeMetrics metrics) {
    this.self = self;
    this.incarnation = incarnation;
    this.answersOnlyWhenApplied = answersOnlyWhenApplied;
    this.network = network;
    this.disk = disk;
    this.stateMachine = stateMachine;
    this.metrics = metrics;
  }

  Waiters<R> proposals() {
    return proposals;
  }

  Waiters<Long> reads() {
    return reads;
  }

  void run(Effect effect) {
    switch (effect) {
      case Effect.Send(NodeId to, Message message) -> network.accept(to, message);
      case Effect.Persist persist -> disk.accept(persist);
      case Effect.Apply(Entry entry, boolean duplicate) -> apply(entry, duplicate);
      case Effect.Appended(Entry entry) -> appended(entry);
      case Effect.ProposalDropped(long sequence, boolean definite) -> drop(sequence, definite);
      case Effect.ReadReady(long token, long index) -> reads.complete(token, index);
      case Effect.ReadDropped(long token) ->
          reads.fail(token, new ReadDroppedException("no leader confirmed the read in time"));
      case Effect.RoleChanged changed -> {
        log.info("{} in term {}, leader {}", changed.role(), changed.term(), changed.leader());
        metrics.leaderIs(changed.leader());
      }
    }
  }

  private void apply(Entry entry, boolean duplicate) {
    if (entry.payload() instanceof Payload.Command(ProposalId id, byte[] command) && !duplicate) {
      R result = stateMachine.apply(entry.index(), entry.term(), command);
      if (isOwn(id)) {
        proposals.complete(id.sequence(), result);
      }
    } else {
      stateMachine.skip(entry.index(), entry.term());
      dropIfOwn(entry);
    }
  }

  /** A copy that has no effect answers whom no other copy has answered. */
  private void dropIfOwn(Entry entry) {
    if (entry.payload() instanceof Payload.Command(ProposalId id, _) && isOwn(id)) {
      drop(id.sequence(), false);
    }
  }

  private void appended(Entry entry) {
    if (!answersOnlyWhenApplied
        && entry.payload() instanceof Payload.Command(ProposalId id, byte[] command)
        && isOwn(id)
        && proposals.contains(id.sequence())) {
      proposals.complete(id.sequence(), stateMachine.preview(command));
    }
  }

  /** An earlier incarnation numbered its proposals from 1 too. */
  private boolean isOwn(ProposalId id) {
    return id.incarnation() == incarnation && id.origin().equals(self);
  }

  private void drop(long sequence, boolean definite) {
    if (!proposals.contains(sequence)) {
      return;
    }
    metrics.proposalFailed();
    proposals.fail(
        sequence,
        new ProposalDroppedException(
            definite
                ? "the proposal was given up before it took effect, and never will"
                : "the proposal was given up; it may still take effect",
            definite));
  }
}

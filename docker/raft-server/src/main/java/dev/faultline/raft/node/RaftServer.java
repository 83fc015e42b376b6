package dev.faultline.raft.node;

import dev.faultline.raft.core.BootState;
import dev.faultline.raft.core.Effect;
import dev.faultline.raft.core.Input;
import dev.faultline.raft.core.RaftCore;
import dev.faultline.raft.core.RaftPolicy;
import dev.faultline.raft.core.RaftStatus;
import dev.faultline.raft.log.LogStorage;
import dev.faultline.raft.log.OpenedStorage;
import dev.faultline.raft.log.RaftStorage;
import dev.faultline.raft.metrics.Metrics;
import dev.faultline.raft.transport.PeerTransport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Raft node with a disk and a network of its own. Thread-safe. The package's page describes its
 * threads.
 *
 * @param <R> what a command results in
 */
public final class RaftServer<R> implements RaftNode<R>, AutoCloseable {

  /** The largest command that is accepted; above etcd's limit for requests, 1.5 MiB. */
  public static final int MAX_COMMAND_BYTES = 4 << 20;

  private static final Logger log = LoggerFactory.getLogger(RaftServer.class);

  private static final int MAX_PROPOSALS = 5_000;
  private static final long MAX_PROPOSAL_BYTES = 16L << 20;
  private static final int MAX_READS = 20_000;
  private static final long MAX_MESSAGE_BYTES = 8L << 20;

  private final Admission proposals = new Admission(MAX_PROPOSALS, MAX_PROPOSAL_BYTES);
  private final Admission reads = new Admission(MAX_READS, Long.MAX_VALUE);
  private final AtomicBoolean failed = new AtomicBoolean();
  private final Intake<R> intake;
  private final PeerTransport transport;
  private final LogStorage storage;
  private final DiskWriter disk;
  private final RaftLoop<R> loop;
  private final NodeMetrics metrics;
  private final FatalErrorHandler onFatal;

  private RaftServer(
      RaftServerConfig config,
      RaftPolicy policy,
      StateMachine<R> stateMachine,
      Intake<R> intake,
      PeerTransport transport,
      OpenedStorage opened,
      NodeMetrics metrics,
      FatalErrorHandler onFatal) {
    this.intake = intake;
    this.transport = transport;
    this.storage = opened.storage();
    this.metrics = metrics;
    this.onFatal = onFatal;
    this.disk =
        new DiskWriter(
            "raft-disk-" + config.self(),
            storage,
            sequence -> intake.put(new Event.Persisted<>(sequence)),
            this::fail);
    var effects =
        new EffectRunner<>(
            config.self(),
            opened.boot().incarnation(),
            policy.answersOnlyWhenApplied(),
            transport::send,
            disk::submit,
            stateMachine,
            metrics);
    // Jitter only: what matters is that no two nodes draw alike.
    RandomGenerator entropy = new SplittableRandom(new SecureRandom().nextLong());
    this.loop =
        new RaftLoop<>(
            "raft-loop-" + config.self(),
            consensus(config, policy, opened.boot(), entropy.nextLong()),
            intake,
            effects,
            entropy,
            this::fail);
  }

  /**
   * Starts a node; it goes on from what its data directory holds.
   *
   * @param policy the decisions of consensus; {@code new RaftPolicy()} unless it is to misbehave
   * @param stateMachine empty; the log is applied to it from the start
   * @param registry gets the node's metrics
   * @param onFatal is called if the node can go on no longer
   * @throws java.net.BindException if the peer address is taken
   * @throws dev.faultline.raft.log.StorageException if the data directory cannot be used
   */
  public static <R> RaftServer<R> start(
      RaftServerConfig config,
      RaftPolicy policy,
      StateMachine<R> stateMachine,
      Metrics registry,
      FatalErrorHandler onFatal)
      throws IOException {
    var intake = new Intake<R>(MAX_MESSAGE_BYTES);
    var metrics = new NodeMetrics(registry);
    // The port first: a node that cannot listen has not begun an incarnation.
    var transport = new PeerTransport(config.transport(), registry, intake::putMessage);
    LogStorage storage = null;
    try {
      OpenedStorage opened =
          RaftStorage.open(config.dataDirectory(), config.self(), policy, metrics::synced);
      storage = opened.storage();
      noteBoot(config, opened.boot());
      var server =
          new RaftServer<>(
              config, policy, stateMachine, intake, transport, opened, metrics, onFatal);
      metrics.watch(registry, server.loop::status, server.proposals::count);
      server.disk.start();
      server.loop.start();
      transport.start();
      return server;
    } catch (IOException | RuntimeException | Error e) {
      try (transport) {
        if (storage != null) {
          storage.close();
        }
      }
      throw e;
    }
  }

  private static void noteBoot(RaftServerConfig config, BootState boot) {
    log.info(
        "node {}, incarnation {}, begins with term {} and {} log entries",
        config.self(),
        boot.incarnation(),
        boot.hardState().term(),
        boot.log().size());
  }

  private static Consensus consensus(
      RaftServerConfig config, RaftPolicy policy, BootState boot, long entropy) {
    var core =
        new RaftCore(
            config.self(),
            config.configuration(),
            config.raft(),
            policy,
            boot,
            System.nanoTime(),
            entropy);
    return new Consensus() {
      @Override
      public List<Effect> step(List<Input> inputs, long nowNanos, long stepEntropy) {
        return core.step(inputs, nowNanos, stepEntropy);
      }

      @Override
      public long nextDeadlineNanos() {
        return core.nextDeadlineNanos();
      }

      @Override
      public RaftStatus status() {
        return core.status();
      }
    };
  }

  @Override
  public CompletionStage<R> propose(byte[] command) {
    if (command.length > MAX_COMMAND_BYTES) {
      return refused("request is too large");
    }
    if (!proposals.enter(command.length)) {
      return refused("too many requests");
    }
    var answer = new CompletableFuture<R>();
    var _ = answer.whenComplete((_, _) -> proposals.leave(command.length));
    if (!intake.put(new Event.Proposed<>(command, answer))) {
      answer.completeExceptionally(new ProposalDroppedException(RaftLoop.STOPPED, true));
    }
    return answer;
  }

  private CompletionStage<R> refused(String reason) {
    metrics.proposalFailed();
    return CompletableFuture.failedStage(new ProposalDroppedException(reason, true));
  }

  @Override
  public CompletionStage<Long> readIndex() {
    if (!reads.enter(0)) {
      return CompletableFuture.failedStage(new ReadDroppedException("too many requests"));
    }
    var answer = new CompletableFuture<Long>();
    var _ = answer.whenComplete((_, _) -> reads.leave(0));
    if (!intake.put(new Event.ReadAsked<>(answer))) {
      answer.completeExceptionally(new ReadDroppedException(RaftLoop.STOPPED));
    }
    return answer;
  }

  @Override
  public RaftStatus status() {
    return loop.status();
  }

  /** Returns where this node listens for its peers. */
  public InetSocketAddress peerAddress() {
    return transport.localAddress();
  }

  private void fail(String message, Throwable cause) {
    if (failed.compareAndSet(false, true)) {
      intake.close();
      onFatal.fatal(message, cause);
    }
  }

  /**
   * Stops the node: what was written is on the disk, what waits fails. Blocks until its threads
   * have ended. Idempotent. Must not be called by the node's own threads.
   */
  @Override
  public void close() throws IOException {
    try (storage) {
      transport.close();
      intake.close();
      loop.join();
      disk.close();
    }
  }
}

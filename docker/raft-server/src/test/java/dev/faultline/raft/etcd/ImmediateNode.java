package dev.faultline.raft.etcd;

import dev.faultline.raft.core.NodeId;
import dev.faultline.raft.core.RaftStatus;
import dev.faultline.raft.core.Role;
import dev.faultline.raft.node.RaftNode;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A cluster of one that needs no disk and no time: a proposal is committed as it comes. */
public final class ImmediateNode implements RaftNode<CommandResult> {

  public static final long TERM = 7;
  public static final NodeId SELF = new NodeId("n1");

  private final KvStateMachine machine;
  private final AtomicLong lastIndex = new AtomicLong();
  private final AtomicInteger reads = new AtomicInteger();
  private volatile @Nullable Throwable failure;
  private volatile boolean leaderKnown = true;

  public ImmediateNode(KvStateMachine machine) {
    this.machine = machine;
  }

  @Override
  public CompletionStage<CommandResult> propose(byte[] command) {
    Throwable failing = failure;
    if (failing != null) {
      return CompletableFuture.failedFuture(failing);
    }
    synchronized (this) {
      return CompletableFuture.completedFuture(
          machine.apply(lastIndex.incrementAndGet(), TERM, command));
    }
  }

  @Override
  public CompletionStage<Long> readIndex() {
    reads.incrementAndGet();
    Throwable failing = failure;
    return failing == null
        ? CompletableFuture.completedFuture(lastIndex.get())
        : CompletableFuture.failedFuture(failing);
  }

  @Override
  public RaftStatus status() {
    long index = lastIndex.get();
    return new RaftStatus(
        SELF, Role.LEADER, TERM, leaderKnown ? SELF : null, index, index, index, 0);
  }

  /** From now on, fails whatever is asked. */
  public void fail(Throwable cause) {
    failure = cause;
  }

  /** From now on, knows no leader. */
  public void loseLeader() {
    leaderKnown = false;
  }

  int proposals() {
    return (int) lastIndex.get();
  }

  int reads() {
    return reads.get();
  }
}

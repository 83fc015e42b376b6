package dev.faultline.raft.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/**
 * Random faults and clients against a {@link LocalGroup}, all from one seed: group size, batch
 * sizes, latencies, cuts, crashes, pauses, stalled disks, and crashes at the worst moments: just
 * after a vote or an acknowledgement.
 */
public final class Chaos {

  private static final Duration RECOVERY = LocalGroup.CONFIG.electionTimeout().multipliedBy(20);

  private final SplittableRandom random;
  private final LocalGroup group;
  private final Map<String, LocalNode.Proposal> proposals = new LinkedHashMap<>();
  private final List<LocalNode.Read> reads = new ArrayList<>();
  private final boolean ambushes;
  private boolean storming = true;

  public Chaos(long seed, Supplier<RaftPolicy> policy) {
    random = new SplittableRandom(seed);
    RaftConfig config =
        new RaftConfig(
            LocalGroup.CONFIG.heartbeat(),
            LocalGroup.CONFIG.electionTimeout(),
            pick(1, 20, 1 << 16),
            pick(1, 2, 16),
            LocalGroup.CONFIG.requestTimeout());
    group =
        LocalGroup.of(pick(3, 3, 5)).seed(random.nextLong()).config(config).policy(policy).start();
    ambushes = random.nextBoolean();
    group.network().latency(200_000, pick(400_000, 3_000_000, 20_000_000));
    group.diskLatency(50_000, pick(100_000, 2_000_000, 30_000_000));
    group.onSend(this::ambush);
  }

  public LocalGroup group() {
    return group;
  }

  long applied() {
    return proposals.values().stream().filter(p -> p.fate() == LocalNode.Fate.APPLIED).count();
  }

  long readsReady() {
    return reads.stream().filter(LocalNode.Read::isReady).count();
  }

  /** Two seconds of faults, then recovery. */
  public void run() {
    storm(Duration.ofSeconds(2));
    recover();
  }

  /** Faults and clients for a while. */
  public void storm(Duration duration) {
    long endNanos = group.nowNanos() + duration.toNanos();
    while (group.nowNanos() < endNanos) {
      if (random.nextInt(6) == 0) {
        strike();
      }
      work();
      group.run(Duration.ofNanos(random.nextLong(100_000, 20_000_000)));
    }
  }

  /** Heals everything; a leader must come up, and what it takes must reach every node. */
  public void recover() {
    storming = false;
    group.healAll();
    group.network().latency(200_000, 1_000_000);
    group.diskLatency(50_000, 500_000);
    LocalNode.Proposal[] last = new LocalNode.Proposal[1];
    group.runUntil("a leader", () -> group.leader().isPresent(), RECOVERY);
    last[0] = any().propose("last");
    group.runUntil(
        "a proposal is applied",
        () -> {
          if (last[0].fate() == LocalNode.Fate.UNKNOWN || last[0].fate() == LocalNode.Fate.FAILED) {
            last[0] = any().propose("last");
          }
          return last[0].fate() == LocalNode.Fate.APPLIED;
        },
        RECOVERY);
    LocalNode.Read read = any().read();
    group.runUntil("a read is served", read::isReady, RECOVERY);
    group.runUntil(
        "all nodes catch up",
        () ->
            group.nodes().stream()
                .allMatch(node -> node.status().appliedIndex() == group.oracle().committedIndex()),
        RECOVERY);
    group.nodes().forEach(this::holdsWhatWasAcknowledged);
  }

  private void holdsWhatWasAcknowledged(LocalNode node) {
    Set<String> state = new HashSet<>(node.state());
    proposals.forEach((command, proposal) -> {
      if (proposal.fate() == LocalNode.Fate.APPLIED && !state.contains(command)) {
        throw new SafetyOracle.Violation(
            command + " was acknowledged and is missing at " + node.id());
      }
    });
  }

  private void work() {
    for (int i = random.nextInt(4); i > 0; i--) {
      LocalNode node = any();
      if (node.isUp()) {
        if (random.nextInt(3) > 0) {
          String command = "x" + proposals.size();
          proposals.put(command, node.propose(command));
        } else {
          reads.add(node.read());
        }
      }
    }
  }

  private void strike() {
    LocalNode node = any();
    switch (random.nextInt(14)) {
      case 0 -> group.isolate(node);
      case 1 -> group.leader().ifPresent(group::isolate);
      case 2 -> group.network().cut(node.id(), any().id());
      case 3 ->
          group
              .network()
              .disturb(random.nextDouble() / 5, random.nextDouble() / 3, random.nextBoolean());
      case 4 -> crashAndRestart(node);
      case 5 -> group.leader().ifPresent(this::crashAndRestart);
      case 6 -> pauseAndResume(node);
      case 7 -> stallDisk(node);
      case 8 -> group.nodes().forEach(this::crashAndRestart);
      default -> group.network().heal();
    }
  }

  private void ambush(Message message) {
    boolean promise =
        switch (message) {
          case Message.VoteResponse response -> response.granted() && !response.preVote();
          case Message.AppendResponse response -> response.accepted();
          default -> false;
        };
    if (storming && ambushes && promise && random.nextInt(60) == 0) {
      LocalNode node = any();
      group.later(random.nextLong(2_000_000), () -> crashAndRestart(node));
    }
  }

  private void crashAndRestart(LocalNode node) {
    if (!node.isUp()) {
      return;
    }
    node.crash();
    group.later(
        random.nextLong(1_000_000, 150_000_000),
        () -> {
          if (!node.isUp()) {
            node.start();
          }
        });
  }

  private void pauseAndResume(LocalNode node) {
    if (!node.isRunning()) {
      return;
    }
    node.pause();
    group.later(
        random.nextLong(10_000_000, 400_000_000),
        () -> {
          if (node.isUp() && !node.isRunning()) {
            node.resume();
          }
        });
  }

  private void stallDisk(LocalNode node) {
    node.disk().stall();
    group.later(random.nextLong(5_000_000, 300_000_000), node::resumeDisk);
  }

  private LocalNode any() {
    return group.node(1 + random.nextInt(group.nodes().size()));
  }

  private int pick(int... values) {
    return values[random.nextInt(values.length)];
  }
}

package dev.faultline.raft.core;

import java.lang.management.ManagementFactory;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Measures how many proposals a second the cores of an in-memory group get through, on one thread,
 * with a disk and a network that take no time; seconds are CPU time of that thread. A program, not
 * a test:
 *
 * <pre>
 * java -cp target/classes:target/test-classes dev.faultline.raft.core.CoreThroughput
 * </pre>
 *
 * <p>The baseline that ratios are given against is a single node that takes one proposal a step.
 */
final class CoreThroughput {

  private static final int PROPOSALS = 400_000;
  private static final byte[] COMMAND = new byte[64];

  private record Delivery(NodeId to, Input input) {}

  private final Map<NodeId, RaftCore> cores = new TreeMap<>();
  private final Deque<Delivery> deliveries = new ArrayDeque<>();
  private final NodeId proposer = new NodeId("n1");
  private long nowNanos;
  private long sequence;
  private long applied;
  private long steps;

  private CoreThroughput(int size) {
    TreeSet<NodeId> ids = new TreeSet<>();
    for (int i = 1; i <= size; i++) {
      ids.add(new NodeId("n" + i));
    }
    BootState boot = new BootState(HardState.INITIAL, List.of(), 1);
    for (NodeId id : ids) {
      long entropy = id.equals(proposer) ? 0 : 500_000_000;
      cores.put(
          id,
          new RaftCore(
              id,
              new Configuration(ids),
              RaftConfig.standard(),
              new RaftPolicy(),
              boot,
              0,
              entropy));
    }
    nowNanos = 1_000_000_000;
    step(proposer, List.of(new Input.Tick()));
    settle();
  }

  private void step(NodeId id, List<Input> inputs) {
    RaftCore core = cores.get(id);
    if (core == null) {
      throw new IllegalArgumentException("no node " + id);
    }
    steps++;
    for (Effect effect : core.step(inputs, nowNanos, 1)) {
      switch (effect) {
        case Effect.Send(NodeId to, Message message) ->
            deliveries.addLast(new Delivery(to, new Input.Receive(id, message)));
        case Effect.Persist persist ->
            deliveries.addLast(new Delivery(id, new Input.Persisted(persist.sequence())));
        case Effect.Apply(Entry entry, _) -> {
          if (id.equals(proposer) && entry.payload() instanceof Payload.Command) {
            applied++;
          }
        }
        default -> {}
      }
    }
  }

  private void settle() {
    for (Delivery next = deliveries.pollFirst(); next != null; next = deliveries.pollFirst()) {
      step(next.to(), List.of(next.input()));
    }
  }

  private double proposalsPerSecond(int batch) {
    long startNanos = cpuNanos();
    for (int i = 0; i < PROPOSALS; i += batch) {
      List<Input> inputs = new ArrayList<>(batch);
      for (int j = 0; j < batch; j++) {
        inputs.add(new Input.Propose(++sequence, COMMAND));
      }
      step(proposer, inputs);
      settle();
    }
    if (applied != sequence) {
      throw new IllegalStateException("applied " + applied + " of " + sequence);
    }
    return PROPOSALS * 1e9 / (cpuNanos() - startNanos);
  }

  /** The time that this thread ran, so that other work on the machine does not count. */
  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  /** Runs each shape a few times, and prints the best of each. */
  public static void main(String[] args) {
    double baseline = 0;
    for (int[] shape : new int[][] {{1, 1}, {3, 1}, {3, 16}, {3, 256}, {5, 1}, {5, 256}}) {
      double best = 0;
      long steps = 0;
      for (int i = 0; i < 4; i++) {
        CoreThroughput group = new CoreThroughput(shape[0]);
        best = Math.max(best, group.proposalsPerSecond(shape[1]));
        steps = group.steps;
      }
      baseline = baseline == 0 ? best : baseline;
      System.out.printf(
          "%d nodes, %3d proposals a step: %,10.0f proposals/CPU-s, %.2f of the baseline, %.1f steps a"
              + " proposal%n",
          shape[0], shape[1], best, best / baseline, steps / (double) PROPOSALS);
    }
  }
}

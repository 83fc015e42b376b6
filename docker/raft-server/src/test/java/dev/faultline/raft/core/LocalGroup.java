package dev.faultline.raft.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A cluster of cores in one thread, in virtual time: nothing happens but what the seed and the test
 * say. A {@link SafetyOracle} watches every step.
 *
 * <p>Nodes are called n1, n2 and so on. Each has a disk that takes its time, or stalls, and loses
 * what it has not written when the node crashes; each directed link can be cut, filtered and
 * disturbed. Example:
 *
 * <pre>{@code
 * LocalGroup group = LocalGroup.of(3).start();
 * LocalNode leader = group.elect(1);
 * group.isolate(leader);
 * group.run(Duration.ofSeconds(1));
 * assertThat(leader.isLeader()).isFalse();
 * }</pre>
 */
public final class LocalGroup {

  /** Heartbeats every 10 ms, elections after 100 ms. */
  public static final RaftConfig CONFIG =
      new RaftConfig(
          Duration.ofMillis(10), Duration.ofMillis(100), 1 << 16, 16, Duration.ofMillis(700));

  private record Planned(long atNanos, long order, Runnable action) {}

  private final RaftConfig config;
  private final Configuration configuration;
  private final SplittableRandom entropy;
  private final SplittableRandom diskRandom;
  private final LocalNetwork network;
  private final SafetyOracle oracle = new SafetyOracle();
  private final Map<NodeId, LocalNode> nodes = new TreeMap<>();
  private final PriorityQueue<Planned> agenda =
      new PriorityQueue<>(
          Comparator.comparingLong(Planned::atNanos).thenComparingLong(Planned::order));
  private long nowNanos;
  private long lastOrder;
  private long minDiskNanos = 200_000;
  private long maxDiskNanos = 200_000;
  private @Nullable NodeId favourite;
  private @Nullable Trace trace;
  private Consumer<LocalNode> afterStep = node -> {};
  private Consumer<Message> onSend = message -> {};

  private LocalGroup(Builder builder) {
    config = builder.config;
    SplittableRandom random = new SplittableRandom(builder.seed);
    entropy = random.split();
    diskRandom = random.split();
    network = new LocalNetwork(random.split());
    TreeSet<NodeId> ids = new TreeSet<>();
    for (int i = 1; i <= builder.size; i++) {
      ids.add(new NodeId("n" + i));
    }
    configuration = new Configuration(ids);
    ids.forEach(id -> nodes.put(id, new LocalNode(this, id, builder.policy.get())));
  }

  /** Describes a group of {@code size} nodes. */
  public static Builder of(int size) {
    return new Builder(size);
  }

  /** How to make a group. */
  public static final class Builder {
    private final int size;
    private long seed = 1;
    private RaftConfig config = CONFIG;
    private Supplier<RaftPolicy> policy = RaftPolicy::new;

    private Builder(int size) {
      this.size = size;
    }

    public Builder seed(long newSeed) {
      seed = newSeed;
      return this;
    }

    public Builder config(RaftConfig newConfig) {
      config = newConfig;
      return this;
    }

    public Builder policy(Supplier<RaftPolicy> newPolicy) {
      policy = newPolicy;
      return this;
    }

    /** Makes the group and starts its nodes. */
    public LocalGroup start() {
      LocalGroup group = new LocalGroup(this);
      group.nodes().forEach(LocalNode::start);
      return group;
    }
  }

  // ---- who and what

  public LocalNode node(int number) {
    LocalNode node = nodes.get(new NodeId("n" + number));
    if (node == null) {
      throw new IllegalArgumentException("no node n" + number);
    }
    return node;
  }

  public Collection<LocalNode> nodes() {
    return nodes.values();
  }

  public LocalNetwork network() {
    return network;
  }

  public SafetyOracle oracle() {
    return oracle;
  }

  public Configuration configuration() {
    return configuration;
  }

  public RaftConfig config() {
    return config;
  }

  public long nowNanos() {
    return nowNanos;
  }

  /** Returns the leader of the highest term among the nodes that are up. */
  public Optional<LocalNode> leader() {
    return nodes.values().stream()
        .filter(LocalNode::isLeader)
        .max(Comparator.comparingLong(node -> node.status().term()));
  }

  /** Records everything from now on. */
  public Trace record() {
    Trace started = new Trace();
    trace = started;
    return started;
  }

  void trace(NodeId node, Supplier<String> what) {
    Trace current = trace;
    if (current != null) {
      current.add(nowNanos, node, what.get());
    }
  }

  /** Calls {@code observer} after each step of a node. */
  public void afterStep(Consumer<LocalNode> observer) {
    afterStep = observer;
  }

  /** Calls {@code observer} with each message that is sent. */
  public void onSend(Consumer<Message> observer) {
    onSend = observer;
  }

  void stepped(LocalNode node) {
    afterStep.accept(node);
  }

  // ---- time

  /** Lets time pass. */
  public void run(Duration duration) {
    long endNanos = nowNanos + duration.toNanos();
    while (nextNanos() <= endNanos) {
      advance();
    }
    nowNanos = endNanos;
  }

  /** Lets time pass until {@code condition} holds, and fails if it takes longer than this. */
  public void runUntil(String what, BooleanSupplier condition, Duration atMost) {
    long endNanos = nowNanos + atMost.toNanos();
    while (!condition.getAsBoolean()) {
      if (nextNanos() > endNanos) {
        throw new AssertionError("not within " + atMost + ": " + what);
      }
      advance();
    }
  }

  /** Does {@code action} when {@code delayNanos} have passed. */
  public void later(long delayNanos, Runnable action) {
    agenda.add(new Planned(nowNanos + delayNanos, ++lastOrder, action));
  }

  private long nextNanos() {
    Planned planned = agenda.peek();
    long next = planned == null ? Long.MAX_VALUE : planned.atNanos();
    for (LocalNode node : nodes.values()) {
      if (node.isRunning()) {
        next = Math.min(next, Math.max(nowNanos, node.core().nextDeadlineNanos()));
      }
    }
    return next;
  }

  private void advance() {
    nowNanos = nextNanos();
    Planned planned = agenda.peek();
    if (planned != null && planned.atNanos() <= nowNanos) {
      agenda.remove();
      planned.action().run();
      return;
    }
    for (LocalNode node : nodes.values()) {
      if (node.isRunning() && node.core().nextDeadlineNanos() <= nowNanos) {
        node.tick();
        return;
      }
    }
  }

  // ---- what nodes ask for

  long nextEntropy() {
    return entropy.nextLong();
  }

  void send(NodeId from, NodeId to, Message message) {
    onSend.accept(message);
    if (message instanceof Message.VoteRequest && favourite != null && !favourite.equals(from)) {
      return;
    }
    for (int copies = network.copies(from, to, message); copies > 0; copies--) {
      long delayNanos = network.arrivalNanos(from, to, nowNanos) - nowNanos;
      later(delayNanos, () -> deliver(from, to, message));
    }
  }

  private void deliver(NodeId from, NodeId to, Message message) {
    LocalNode node = nodes.get(to);
    if (node != null && !network.isCut(from, to)) {
      node.step(new Input.Receive(from, message));
    }
  }

  void writeLater(LocalNode node, long sequence) {
    long incarnation = node.incarnation();
    long delayNanos =
        minDiskNanos == maxDiskNanos
            ? minDiskNanos
            : diskRandom.nextLong(minDiskNanos, maxDiskNanos + 1);
    later(
        delayNanos,
        () -> {
          if (node.incarnation() == incarnation) {
            node.writeUpTo(sequence);
          }
        });
  }

  /** Draws the time that a write takes evenly from this range. */
  public void diskLatency(long minNanos, long maxNanos) {
    minDiskNanos = minNanos;
    maxDiskNanos = maxNanos;
  }

  boolean isOnQuorumOfDisks(Entry entry) {
    return nodes.values().stream().filter(node -> node.disk().holds(entry)).count()
        >= configuration.quorum();
  }

  // ---- what tests do

  /** Lets nobody but {@code node} be elected from now on: other requests for votes get lost. */
  public void favour(LocalNode node) {
    favourite = node.id();
  }

  /** Lets chance decide who is elected. */
  public void favourNobody() {
    favourite = null;
  }

  /** Elects node {@code number} in a group that has no leader, and waits until all know. */
  public LocalNode elect(int number) {
    LocalNode node = node(number);
    favour(node);
    runUntil(node.id() + " leads", node::isLeader, Duration.ofSeconds(1));
    runUntil(
        "all follow " + node.id(),
        () ->
            nodes.values().stream()
                .filter(LocalNode::isRunning)
                .allMatch(other ->
                    node.id().equals(other.status().leader())
                        && other.status().commitIndex() == node.status().lastLogIndex()),
        Duration.ofSeconds(1));
    return node;
  }

  /** Cuts {@code node} off from all others. */
  public void isolate(LocalNode node) {
    for (LocalNode other : nodes.values()) {
      if (other != node) {
        network.cutBoth(node.id(), other.id());
      }
    }
  }

  /** Cuts {@code minority} off from the others. */
  public void partition(LocalNode... minority) {
    List<LocalNode> inside = List.of(minority);
    List<LocalNode> outside = new ArrayList<>(nodes.values());
    outside.removeAll(inside);
    inside.forEach(one -> outside.forEach(other -> network.cutBoth(one.id(), other.id())));
  }

  /** Heals every link, starts and resumes every node, and lets every disk go on. */
  public void healAll() {
    network.heal();
    for (LocalNode node : nodes.values()) {
      if (!node.isUp()) {
        node.start();
      }
      if (!node.isRunning()) {
        node.resume();
      }
      if (node.disk().isStalled()) {
        node.resumeDisk();
      }
    }
  }
}

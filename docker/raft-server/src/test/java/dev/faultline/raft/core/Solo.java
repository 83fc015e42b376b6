package dev.faultline.raft.core;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * One core, n1, whose peers and disk are played by the test, message by message. Inputs say what
 * happens; {@link #sent} and {@link #effects} say what came of the last one.
 */
final class Solo {

  static final NodeId N1 = new NodeId("n1");
  static final NodeId N2 = new NodeId("n2");
  static final NodeId N3 = new NodeId("n3");
  static final NodeId N4 = new NodeId("n4");
  static final NodeId N5 = new NodeId("n5");
  static final RaftConfig CONFIG = LocalGroup.CONFIG;
  static final long ELECTION_NANOS = CONFIG.electionTimeout().toNanos();
  static final long HEARTBEAT_NANOS = CONFIG.heartbeat().toNanos();

  private final RaftCore core;
  private long nowNanos;
  private List<Effect> effects = List.of();
  private long lastPersist;
  private long lastSequence;

  private Solo(int size, BootState boot, RaftConfig config, RaftPolicy policy) {
    TreeSet<NodeId> voters = new TreeSet<>();
    for (int i = 1; i <= size; i++) {
      voters.add(new NodeId("n" + i));
    }
    // Entropy 0: the election timeout is the shortest that there is.
    core = new RaftCore(N1, new Configuration(voters), config, policy, boot, 0, 0);
  }

  /** A node that never ran, in a cluster of {@code size}. */
  static Solo fresh(int size) {
    return booted(size, HardState.INITIAL);
  }

  /**
   * A node in its first incarnation that finds this on its disk; entries are given by their terms.
   */
  static Solo booted(int size, HardState hardState, long... terms) {
    return new Solo(size, new BootState(hardState, entries(1, terms), 1), CONFIG, new RaftPolicy());
  }

  static Solo configured(int size, RaftConfig config, RaftPolicy policy, long incarnation) {
    return new Solo(size, new BootState(HardState.INITIAL, List.of(), incarnation), config, policy);
  }

  /** Entries from {@code first} on, given by their terms. */
  static List<Entry> entries(long first, long... terms) {
    List<Entry> entries = new ArrayList<>();
    for (long term : terms) {
      entries.add(new Entry(first + entries.size(), term, new Payload.NoOp()));
    }
    return entries;
  }

  static byte[] command(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  // ---- what happens

  Solo step(Input... inputs) {
    effects = core.step(List.of(inputs), nowNanos, 0);
    for (Effect.Persist persist : all(Effect.Persist.class)) {
      lastPersist = persist.sequence();
    }
    return this;
  }

  Solo receive(NodeId from, Message message) {
    return step(new Input.Receive(from, message));
  }

  /** The disk is done with everything it was asked for. */
  Solo persisted() {
    return step(new Input.Persisted(lastPersist));
  }

  long lastPersist() {
    return lastPersist;
  }

  Solo propose(String text) {
    return step(new Input.Propose(++lastSequence, command(text)));
  }

  Solo read(long token) {
    return step(new Input.Read(token));
  }

  Solo pass(long nanos) {
    nowNanos += nanos;
    return step(new Input.Tick());
  }

  /** Takes {@code inputs} in one step with a tick, {@code nanos} later. */
  Solo passWith(long nanos, Input... inputs) {
    nowNanos += nanos;
    List<Input> all = new ArrayList<>(List.of(inputs));
    all.add(new Input.Tick());
    return step(all.toArray(Input[]::new));
  }

  Solo pass(Duration duration) {
    return pass(duration.toNanos());
  }

  /** Times out and wins the pre-vote; asks for votes once the disk is done. */
  Solo stand() {
    pass(core.nextDeadlineNanos() - nowNanos);
    long term = core.status().term() + 1;
    for (NodeId peer : peers()) {
      receive(peer, new Message.VoteResponse(term, true, true));
    }
    return this;
  }

  /** Becomes leader with everybody's vote; its first entry is durable here, and nowhere else. */
  Solo lead() {
    stand().persisted();
    for (NodeId peer : peers()) {
      receive(peer, new Message.VoteResponse(core.status().term(), true, false));
    }
    return persisted();
  }

  /** Becomes leader, and {@code followers} acknowledge everything it has. */
  Solo leadAndCommit(NodeId... followers) {
    lead();
    for (NodeId follower : followers) {
      acknowledge(follower, core.status().lastLogIndex(), 0);
    }
    return this;
  }

  Solo acknowledge(NodeId follower, long matchIndex, long round) {
    return receive(
        follower, new Message.AppendResponse(core.status().term(), true, matchIndex, 0, 0, round));
  }

  private List<NodeId> peers() {
    List<NodeId> peers = new ArrayList<>();
    for (int i = 2; i <= 5; i++) {
      peers.add(new NodeId("n" + i));
    }
    return peers;
  }

  // ---- what came of it

  RaftStatus status() {
    return core.status();
  }

  RaftCore core() {
    return core;
  }

  long nowNanos() {
    return nowNanos;
  }

  List<Effect> effects() {
    return effects;
  }

  <E extends Effect> List<E> all(Class<E> type) {
    return effects.stream().filter(type::isInstance).map(type::cast).toList();
  }

  /** Returns the messages of a kind that the last step sent, in order. */
  <M extends Message> List<M> sent(Class<M> type) {
    return all(Effect.Send.class).stream()
        .map(Effect.Send::message)
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }

  /** Returns the messages of a kind that the last step sent to {@code to}. */
  <M extends Message> List<M> sentTo(NodeId to, Class<M> type) {
    return all(Effect.Send.class).stream()
        .filter(send -> send.to().equals(to))
        .map(Effect.Send::message)
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }

  /** Returns the indexes that the last step applied. */
  List<Long> applied() {
    return all(Effect.Apply.class).stream().map(apply -> apply.entry().index()).toList();
  }
}

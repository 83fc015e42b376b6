package dev.faultline.raft.core;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One node of a {@link LocalGroup}: a core with a disk, a state machine and clients. */
public final class LocalNode {

  /** What became of a proposal. */
  public enum Fate {
    WAITING,
    APPLIED,
    FAILED,
    UNKNOWN
  }

  /** A client's proposal. */
  public static final class Proposal {
    private Fate fate = Fate.WAITING;

    public Fate fate() {
      return fate;
    }
  }

  /** A client's read. */
  public static final class Read {
    private final long committedBefore;
    private long index = -1;
    private boolean dropped;

    Read(long committedBefore) {
      this.committedBefore = committedBefore;
    }

    public boolean isReady() {
      return index >= 0;
    }

    public boolean isDropped() {
      return dropped;
    }

    /** Returns the index that the read was served at; -1 if it was not. */
    public long index() {
      return index;
    }

    /** Returns the highest index that was committed anywhere when the read was asked for. */
    public long committedBefore() {
      return committedBefore;
    }
  }

  private final LocalGroup group;
  private final NodeId id;
  private final RaftPolicy policy;
  private final LocalDisk disk = new LocalDisk();

  private @Nullable RaftCore core;
  private boolean paused;
  private final List<Input> heldWhilePaused = new ArrayList<>();
  private long incarnation;
  private long lastSequence;
  private long lastToken;
  private List<Entry> log = new ArrayList<>();
  private final List<String> state = new ArrayList<>();
  private final Map<Long, Proposal> proposals = new TreeMap<>();
  private final Map<Long, Read> reads = new TreeMap<>();

  LocalNode(LocalGroup group, NodeId id, RaftPolicy policy) {
    this.group = group;
    this.id = id;
    this.policy = policy;
    if (!policy.syncsBeforeAcknowledging()) {
      disk.lie();
    }
  }

  public NodeId id() {
    return id;
  }

  public LocalDisk disk() {
    return disk;
  }

  public boolean isUp() {
    return core != null;
  }

  boolean isRunning() {
    return core != null && !paused;
  }

  public RaftStatus status() {
    return core().status();
  }

  public boolean isLeader() {
    return isUp() && status().role() == Role.LEADER;
  }

  RaftCore core() {
    return Objects.requireNonNull(core, () -> id + " is down");
  }

  /** Returns the commands that took effect here, in order. */
  public List<String> state() {
    return state;
  }

  long incarnation() {
    return incarnation;
  }

  /** Returns the log as the core has it, durable or not. */
  public List<Entry> log() {
    return log;
  }

  // ---- life

  /** Starts the node from what its disk holds, as the policy has it. */
  public void start() {
    if (core != null) {
      throw new IllegalStateException(id + " is up");
    }
    incarnation++;
    lastSequence = 0;
    log = new ArrayList<>(disk.durableLog());
    state.clear();
    group.oracle().restarts(id);
    BootState boot =
        new BootState(policy.recovered(disk.durableHardState()), disk.durableLog(), incarnation);
    core =
        new RaftCore(
            id,
            group.configuration(),
            group.config(),
            policy,
            boot,
            group.nowNanos(),
            group.nextEntropy());
  }

  /** Kills the node; what its disk had not written is lost, and so are its clients. */
  public void crash() {
    core = null;
    paused = false;
    heldWhilePaused.clear();
    disk.crash();
    proposals.values().stream()
        .filter(proposal -> proposal.fate == Fate.WAITING)
        .forEach(proposal -> proposal.fate = Fate.UNKNOWN);
    proposals.clear();
    reads.values().forEach(read -> read.dropped = true);
    reads.clear();
  }

  public void pause() {
    paused = true;
  }

  /** Goes on, with what has arrived meanwhile. */
  public void resume() {
    paused = false;
    List<Input> arrived = List.copyOf(heldWhilePaused);
    heldWhilePaused.clear();
    arrived.forEach(this::step);
  }

  /** Ends a stall of the disk; what it held back is written now. */
  public void resumeDisk() {
    disk.resume();
    writeUpTo(disk.lastQueued());
  }

  // ---- clients

  public Proposal propose(String command) {
    Proposal proposal = new Proposal();
    proposals.put(++lastSequence, proposal);
    step(new Input.Propose(lastSequence, command.getBytes(StandardCharsets.UTF_8)));
    return proposal;
  }

  public Read read() {
    Read read = new Read(group.oracle().committedIndex());
    reads.put(++lastToken, read);
    step(new Input.Read(lastToken));
    return read;
  }

  // ---- steps

  void tick() {
    step(new Input.Tick());
    if (core != null && core.nextDeadlineNanos() <= group.nowNanos()) {
      throw new AssertionError(id + " wants to be woken in the past");
    }
  }

  /** Hands one input to the core, and carries its effects out. */
  public void step(Input input) {
    if (core == null) {
      return;
    }
    if (paused) {
      heldWhilePaused.add(input);
      return;
    }
    group.trace(id, () -> Trace.describe(input));
    for (Effect effect : core.step(input, group.nowNanos(), group.nextEntropy())) {
      group.trace(id, () -> Trace.describe(effect));
      carryOut(effect);
    }
    group.stepped(this);
  }

  private void carryOut(Effect effect) {
    switch (effect) {
      case Effect.Send(NodeId to, Message message) -> {
        checkPromise(to, message);
        group.send(id, to, message);
      }
      case Effect.Persist persist -> persist(persist);
      case Effect.Apply(Entry entry, boolean duplicate) -> apply(entry, duplicate);
      case Effect.Appended appended -> acknowledgeEarly(appended.entry());
      case Effect.ProposalDropped(long sequence, boolean definite) -> {
        if (definite) {
          group.oracle().refuses(id, incarnation, sequence);
        }
        decide(sequence, definite ? Fate.FAILED : Fate.UNKNOWN);
      }
      case Effect.ReadReady(long token, long index) -> {
        Read read = Objects.requireNonNull(reads.remove(token), "a read is answered once");
        read.index = index;
        group.oracle().reads(id, index, read.committedBefore);
      }
      case Effect.ReadDropped(long token) ->
          Objects.requireNonNull(reads.remove(token), "a read is answered once").dropped = true;
      case Effect.RoleChanged(Role role, long term, _) -> {
        if (role == Role.LEADER) {
          group.oracle().leads(id, term, log);
        }
      }
    }
  }

  private void decide(long sequence, Fate fate) {
    Proposal proposal = proposals.remove(sequence);
    if (proposal != null) {
      proposal.fate = fate;
    }
  }

  private void persist(Effect.Persist persist) {
    for (Entry entry : persist.entries()) {
      int at = (int) entry.index() - 1;
      log.subList(at, log.size()).clear();
      group.oracle().logs(id, entry, at == 0 ? 0 : log.get(at - 1).term());
      log.add(entry);
    }
    disk.enqueue(persist);
    if (!disk.isStalled()) {
      group.writeLater(this, persist.sequence());
    }
  }

  void writeUpTo(long sequence) {
    if (core != null && !disk.isStalled() && disk.complete(sequence)) {
      step(new Input.Persisted(sequence));
    }
  }

  private void apply(Entry entry, boolean duplicate) {
    group.oracle().applies(id, entry, duplicate, core().status().term(), group::isOnQuorumOfDisks);
    if (entry.payload() instanceof Payload.Command(ProposalId proposal, byte[] command)) {
      if (!duplicate) {
        state.add(new String(command, StandardCharsets.UTF_8));
      }
      if (proposal.origin().equals(id) && proposal.incarnation() == incarnation) {
        decide(proposal.sequence(), Fate.APPLIED);
      }
    }
  }

  /** What the server does under a policy that answers before an entry is applied. */
  private void acknowledgeEarly(Entry entry) {
    if (!policy.answersOnlyWhenApplied()
        && entry.payload() instanceof Payload.Command(ProposalId proposal, _)
        && proposal.origin().equals(id)) {
      decide(proposal.sequence(), Fate.APPLIED);
    }
  }

  private void checkPromise(NodeId to, Message message) {
    HardState durable = disk.durableHardState();
    switch (message) {
      case Message.VoteRequest request when !request.preVote() -> {
        group.oracle().votes(id, request.term(), id);
        group.oracle().promises(id, isVote(durable, request.term(), id), "its own vote");
      }
      case Message.VoteResponse response when !response.preVote() && response.granted() -> {
        group.oracle().votes(id, response.term(), to);
        group.oracle().promises(id, isVote(durable, response.term(), to), "its vote for " + to);
      }
      case Message.AppendResponse response when response.accepted() ->
          group
              .oracle()
              .promises(
                  id,
                  durable.term() == response.term()
                      && disk.durableLog().size() >= response.matchIndex()
                      && durablyHolds(response.matchIndex()),
                  "entry " + response.matchIndex());
      default -> {}
    }
  }

  private boolean durablyHolds(long index) {
    return index == 0
        || disk.durableLog().get((int) index - 1).term() == log.get((int) index - 1).term();
  }

  private static boolean isVote(HardState durable, long term, NodeId candidate) {
    return durable.term() == term && candidate.equals(durable.votedFor());
  }
}

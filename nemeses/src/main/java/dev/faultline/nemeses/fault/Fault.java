package dev.faultline.nemeses.fault;

import dev.faultline.nemeses.Link;
import dev.faultline.nemeses.LinkState;
import dev.faultline.nemeses.NodeCondition;
import dev.faultline.nemeses.PlanException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One thing to break, every random choice made: which node, which group, how slow.
 *
 * <p>Only "the leader" is left open until the fault strikes; {@link #resolve} then gives the {@link
 * ActiveFault} whose links and nodes are known. Immutable.
 */
public sealed interface Fault {

  /** Returns the family that this fault belongs to. */
  FaultKind kind();

  /** Returns what the user's name says beyond the kind: {@code leader}, {@code bridge}… */
  String variant();

  /** Tells whether the leader must be known for the fault to strike. */
  boolean needsLeader();

  /** Returns the nodes that were drawn; what they mean depends on the variant. */
  List<String> nodes();

  /** Returns how its effect is observed. */
  Symptom symptom();

  /** Returns the user-facing name, such as {@code partition:isolate-leader}. */
  default String name() {
    return kind().word() + ":" + variant();
  }

  /**
   * Returns what this fault does to the cluster.
   *
   * @param id the step that it belongs to
   * @param cluster all nodes of the cluster
   * @param leader the leader found; must not be null if {@link #needsLeader}
   * @throws IllegalArgumentException if the leader is needed and null
   */
  ActiveFault resolve(String id, List<String> cluster, @Nullable String leader);

  /**
   * Checks that the fault fits a cluster.
   *
   * @throws PlanException if a node does not exist, or if too few or too many are named
   */
  void check(List<String> cluster);

  /**
   * Messages between some nodes do not arrive.
   *
   * @param shape which links are cut
   * @param nodes the choice drawn for the shape; empty if it is laid around the leader
   */
  record Partition(PartitionShape shape, List<String> nodes) implements Fault {
    public Partition {
      nodes = List.copyOf(nodes);
    }

    @Override
    public FaultKind kind() {
      return FaultKind.PARTITION;
    }

    @Override
    public String variant() {
      return shape.word();
    }

    @Override
    public boolean needsLeader() {
      return shape.needsLeader();
    }

    @Override
    public Symptom symptom() {
      return new Symptom.Silence();
    }

    @Override
    public ActiveFault resolve(String id, List<String> cluster, @Nullable String leader) {
      List<String> chosen = needsLeader() ? List.of(Choices.known(leader)) : nodes;
      Map<Link, LinkState> links = new LinkedHashMap<>();
      shape.cuts(cluster, chosen).forEach(link -> links.put(link, LinkState.CUT));
      return ActiveFault.onLinks(id, this, chosen, links);
    }

    @Override
    public void check(List<String> cluster) {
      Choices.check(this, shape, cluster);
    }
  }

  /** A fault that hits nodes, all of them at once. */
  sealed interface OnNodes extends Fault {

    /** Returns which nodes; {@link #nodes} is empty for {@link Target#LEADER} and all. */
    Target target();

    /** Returns this fault on its way, with exactly these nodes hit. */
    ActiveFault hitting(String id, List<String> hit);

    @Override
    default String variant() {
      return target().word();
    }

    @Override
    default boolean needsLeader() {
      return target() == Target.LEADER;
    }

    @Override
    default ActiveFault resolve(String id, List<String> cluster, @Nullable String leader) {
      return hitting(id, Choices.hit(target(), nodes(), cluster, leader));
    }

    @Override
    default void check(List<String> cluster) {
      Choices.check(this, target(), cluster);
    }
  }

  /** Nodes are killed at once, and started again when the fault ends. */
  record Kill(Target target, List<String> nodes) implements OnNodes {
    public Kill {
      nodes = List.copyOf(nodes);
    }

    @Override
    public FaultKind kind() {
      return FaultKind.KILL;
    }

    @Override
    public Symptom symptom() {
      return new Symptom.Condition(NodeCondition.DOWN);
    }

    @Override
    public ActiveFault hitting(String id, List<String> hit) {
      return ActiveFault.killing(id, this, hit);
    }
  }

  /** Nodes are stopped in their tracks, and go on when the fault ends. */
  record Pause(Target target, List<String> nodes) implements OnNodes {
    public Pause {
      nodes = List.copyOf(nodes);
    }

    @Override
    public FaultKind kind() {
      return FaultKind.PAUSE;
    }

    @Override
    public Symptom symptom() {
      return new Symptom.Condition(NodeCondition.PAUSED);
    }

    @Override
    public ActiveFault hitting(String id, List<String> hit) {
      return ActiveFault.pausing(id, this, hit);
    }
  }

  /** Nodes are unplugged from their network, for peers and for clients; their processes go on. */
  record Disconnect(Target target, List<String> nodes) implements OnNodes {
    public Disconnect {
      nodes = List.copyOf(nodes);
    }

    @Override
    public FaultKind kind() {
      return FaultKind.DISCONNECT;
    }

    @Override
    public Symptom symptom() {
      return new Symptom.Absence();
    }

    @Override
    public ActiveFault hitting(String id, List<String> hit) {
      return ActiveFault.unplugging(id, this, hit);
    }
  }

  /** A fault that makes links worse without cutting them. */
  sealed interface OnLinks extends Fault {

    /** Returns which links; {@link #nodes} holds the one node drawn, or is empty. */
    LinkSelection links();

    /** Returns what becomes of each of these links. */
    LinkState state();

    @Override
    default String variant() {
      return links().word();
    }

    @Override
    default boolean needsLeader() {
      return links() == LinkSelection.LEADER;
    }

    @Override
    default ActiveFault resolve(String id, List<String> cluster, @Nullable String leader) {
      List<String> hit = Choices.hit(links(), nodes(), cluster, leader);
      Map<Link, LinkState> touched = new LinkedHashMap<>();
      allLinks(cluster).stream()
          .filter(link -> hit.contains(link.from()) || hit.contains(link.to()))
          .forEach(link -> touched.put(link, state()));
      return ActiveFault.onLinks(id, this, hit, touched);
    }

    @Override
    default void check(List<String> cluster) {
      Choices.check(this, links(), cluster);
    }
  }

  /**
   * Messages arrive late.
   *
   * @param latency how late, more than zero
   * @param jitter how much that varies to either side, at most {@code latency}
   */
  record Slow(LinkSelection links, List<String> nodes, Duration latency, Duration jitter)
      implements OnLinks {
    public Slow {
      nodes = List.copyOf(nodes);
      Choices.positive("latency", latency);
      if (jitter.isNegative() || jitter.compareTo(latency) > 0) {
        throw new PlanException(
            "jitter must lie between 0 and the latency", "Choose a smaller jitter.");
      }
    }

    @Override
    public FaultKind kind() {
      return FaultKind.SLOW;
    }

    @Override
    public LinkState state() {
      return LinkState.slow(latency, jitter);
    }

    @Override
    public Symptom symptom() {
      Duration half = latency.dividedBy(2);
      Duration least = latency.minus(jitter);
      return new Symptom.Delay(0, least.compareTo(half) > 0 ? least : half);
    }
  }

  /**
   * Streams stall at random moments for as long as a retransmission would take, and are reset now
   * and then: what an application sees of a network that loses packets. Packets themselves cannot
   * be lost through a TCP proxy, and the application could not tell.
   *
   * @param stallProbability the share of time during which a stream stalls, in (0, 1)
   * @param stall how long one stall lasts, more than zero
   * @param resetEvery how often connections are reset; zero for never
   */
  record Lossy(
      LinkSelection links,
      List<String> nodes,
      double stallProbability,
      Duration stall,
      Duration resetEvery)
      implements OnLinks {
    public Lossy {
      nodes = List.copyOf(nodes);
      Choices.positive("stall", stall);
      if (!(stallProbability > 0 && stallProbability < 1)) {
        throw new PlanException(
            "the probability of a stall must lie between 0 and 1, it is " + stallProbability,
            "Choose a probability such as 0.2.");
      }
      if (resetEvery.isNegative()) {
        throw new PlanException("resetEvery must not be negative", "Use 0s for never.");
      }
    }

    @Override
    public FaultKind kind() {
      return FaultKind.LOSSY;
    }

    @Override
    public LinkState state() {
      return LinkState.lossy(stallProbability, stall, resetEvery);
    }

    @Override
    public Symptom symptom() {
      return new Symptom.Trouble(stall);
    }
  }

  /**
   * Connections are reset every so often.
   *
   * @param resetEvery how often, more than zero
   */
  record Reset(LinkSelection links, List<String> nodes, Duration resetEvery) implements OnLinks {
    public Reset {
      nodes = List.copyOf(nodes);
      Choices.positive("resetEvery", resetEvery);
    }

    @Override
    public FaultKind kind() {
      return FaultKind.RESET;
    }

    @Override
    public LinkState state() {
      return LinkState.resetting(resetEvery);
    }

    @Override
    public Symptom symptom() {
      return new Symptom.Trouble(Duration.ZERO);
    }
  }

  /**
   * Links are narrow: so many bytes a second and no more, on each connection.
   *
   * @param bytesPerSecond from 1 kB/s, the finest that proxies can be set to, to 5 MB/s, more than
   *     which no probe could tell from an unlimited link
   */
  record Bandwidth(LinkSelection links, List<String> nodes, long bytesPerSecond)
      implements OnLinks {
    public Bandwidth {
      nodes = List.copyOf(nodes);
      Choices.within("bytesPerSecond", bytesPerSecond, 1_000, 5_000_000);
    }

    @Override
    public FaultKind kind() {
      return FaultKind.BANDWIDTH;
    }

    @Override
    public LinkState state() {
      return LinkState.narrow(bytesPerSecond);
    }

    /** A payload that takes a fifth of a second; half of it may be sent before the limit bites. */
    @Override
    public Symptom symptom() {
      return new Symptom.Delay(Math.toIntExact(bytesPerSecond / 5), Duration.ofMillis(100));
    }
  }

  /**
   * Data arrives in small pieces with a pause after each, so that readers see every message in
   * parts.
   *
   * @param pieceBytes the average size of a piece, 1 to 4096; pieces vary by half of it
   * @param pieceDelay the pause after each, 100 us to 100 ms
   */
  record Slice(LinkSelection links, List<String> nodes, int pieceBytes, Duration pieceDelay)
      implements OnLinks {
    public Slice {
      nodes = List.copyOf(nodes);
      Choices.within("pieceBytes", pieceBytes, 1, 4096);
      Choices.within("pieceDelay in microseconds", pieceDelay.toNanos() / 1000, 100, 100_000);
    }

    @Override
    public FaultKind kind() {
      return FaultKind.SLICE;
    }

    @Override
    public LinkState state() {
      return LinkState.sliced(pieceBytes, pieceDelay);
    }

    /**
     * As many pieces as take a fifth of a second if they have the average size, and two more for
     * the last one's pause, which nobody sees. Pieces of half again the size leave half the time.
     */
    @Override
    public Symptom symptom() {
      int pieces = Math.toIntExact(Math.ceilDiv(200_000_000L, pieceDelay.toNanos()));
      return new Symptom.Delay((pieces + 2) * pieceBytes, pieceDelay.multipliedBy(pieces / 2));
    }
  }

  /** Returns every link of a cluster. */
  static List<Link> allLinks(List<String> cluster) {
    List<Link> links = new ArrayList<>();
    for (String from : cluster) {
      for (String to : cluster) {
        if (!from.equals(to)) {
          links.add(new Link(from, to));
        }
      }
    }
    return links;
  }
}

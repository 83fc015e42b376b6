package dev.faultline.nemeses.fault;

import dev.faultline.nemeses.Link;
import dev.faultline.nemeses.LinkState;
import dev.faultline.nemeses.PlanException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A fault that makes links worse without cutting them. */
public sealed interface LinkFault extends Fault {

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
    Fault.allLinks(cluster).stream()
        .filter(link -> hit.contains(link.from()) || hit.contains(link.to()))
        .forEach(link -> touched.put(link, state()));
    return ActiveFault.onLinks(id, this, hit, touched);
  }

  @Override
  default void check(List<String> cluster) {
    Choices.check(this, links(), cluster);
  }

  /**
   * Messages arrive late.
   *
   * @param latency how late, more than zero
   * @param jitter how much that varies to either side, at most {@code latency}
   */
  record Slow(LinkSelection links, List<String> nodes, Duration latency, Duration jitter)
      implements LinkFault {
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
      implements LinkFault {
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
  record Reset(LinkSelection links, List<String> nodes, Duration resetEvery) implements LinkFault {
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
      implements LinkFault {
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
      implements LinkFault {
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
}

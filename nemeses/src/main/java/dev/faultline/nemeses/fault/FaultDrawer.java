package dev.faultline.nemeses.fault;

import dev.faultline.nemeses.Capability;
import dev.faultline.nemeses.LinkState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Makes every random choice that a fault needs: the variant where none was asked for, the nodes,
 * the severity. The same random numbers give the same fault.
 */
public final class FaultDrawer {

  private final RandomGenerator random;
  private final List<String> nodes;
  private final Abilities abilities;

  /**
   * Creates a drawer.
   *
   * @param random where the choices come from
   * @param nodes the cluster's nodes, in a fixed order
   * @param capabilities what can be done to the cluster; where no variant is asked for, only those
   *     are drawn that it allows
   */
  public FaultDrawer(RandomGenerator random, List<String> nodes, Set<Capability> capabilities) {
    this.random = random;
    this.nodes = List.copyOf(nodes);
    this.abilities = new Abilities(nodes.size(), capabilities);
  }

  /**
   * Draws one fault.
   *
   * @throws dev.faultline.nemeses.PlanException if the cluster cannot suffer what is asked for
   */
  public Fault draw(FaultSpec spec) {
    abilities.require(spec);
    String variant = spec.variant().orElseGet(() -> pick(abilities.variants(spec.kind())));
    // The severity first: plans of the same seed have been drawn in this order from the beginning.
    LinkState severity = severity(spec.kind());
    Fault fault = restore(spec.kind(), variant, nodes(spec.kind(), variant), severity);
    fault.check(nodes);
    return fault;
  }

  private List<String> nodes(FaultKind kind, String variant) {
    return switch (kind) {
      case PARTITION -> nodes(named(PartitionShape.values(), variant));
      case KILL, PAUSE, DISCONNECT -> nodes(named(Target.values(), variant));
      case SLOW, LOSSY, RESET, BANDWIDTH, SLICE ->
          named(LinkSelection.values(), variant) == LinkSelection.ONE ? some(1) : List.of();
    };
  }

  private List<String> nodes(PartitionShape shape) {
    int n = nodes.size();
    int count =
        switch (shape.choice()) {
          case LEADER -> 0;
          case ONE -> 1;
          case ORDER -> n;
          case GROUP ->
              shape == PartitionShape.HALVES ? n / 2 : 1 + random.nextInt(Math.max(1, (n - 1) / 2));
        };
    return some(count);
  }

  private List<String> nodes(Target target) {
    int n = nodes.size();
    return switch (target) {
      case LEADER, ALL -> List.of();
      case ONE -> some(1);
      case MINORITY -> some(1 + random.nextInt(Math.max(1, (n - 1) / 2)));
      case MAJORITY -> some(n / 2 + 1);
    };
  }

  private LinkState severity(FaultKind kind) {
    return switch (kind) {
      case PARTITION, KILL, PAUSE, DISCONNECT -> LinkState.HEALTHY;
      // From what a busy network adds to what makes every round of messages late.
      case SLOW -> {
        int latencyMillis = 20 * (1 + random.nextInt(15));
        yield LinkState.slow(
            Duration.ofMillis(latencyMillis), Duration.ofMillis(latencyMillis / 2));
      }
      // Linux retransmits after 200 ms at the earliest, and waits twice as long every time.
      case LOSSY -> {
        Duration stall = Duration.ofMillis(200L * (1 + random.nextInt(5)));
        double probability = (5 + random.nextInt(26)) / 100.0;
        Duration resetEvery = Duration.ofMillis(500L * (2 + random.nextInt(7)));
        yield LinkState.lossy(probability, stall, resetEvery);
      }
      case RESET -> LinkState.resetting(Duration.ofMillis(250L * (3 + random.nextInt(6))));
      // From what heartbeats alone fill to what a modest load does.
      case BANDWIDTH -> LinkState.narrow(4_000L * (1 + random.nextInt(16)));
      case SLICE ->
          LinkState.sliced(32 << random.nextInt(4), Duration.ofMillis(1L + random.nextInt(10)));
    };
  }

  /** Draws {@code count} different nodes, in random order. */
  private List<String> some(int count) {
    List<String> pool = new ArrayList<>(nodes);
    List<String> drawn = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      drawn.add(pool.remove(random.nextInt(pool.size())));
    }
    return drawn;
  }

  private String pick(List<String> variants) {
    return variants.get(random.nextInt(variants.size()));
  }

  /** The constant of that word; a {@link FaultSpec} has already checked that there is one. */
  static <E extends Enum<E>> E named(E[] constants, String word) {
    return Arrays.stream(constants)
        .filter(constant -> constant.name().replace('_', '-').equalsIgnoreCase(word))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(word));
  }

  /**
   * Puts together a fault whose choices were all made elsewhere, such as in a plan's file.
   *
   * @param severity what becomes of links; what does not concern the kind is ignored
   * @throws dev.faultline.nemeses.PlanException if there is no such variant, or a number is out of
   *     its range
   */
  public static Fault restore(
      FaultKind kind, String variant, List<String> nodes, LinkState severity) {
    String word = new FaultSpec(kind, Optional.of(variant)).variant().orElseThrow();
    return switch (kind) {
      case PARTITION -> new Fault.Partition(named(PartitionShape.values(), word), nodes);
      case KILL -> new NodeFault.Kill(named(Target.values(), word), nodes);
      case PAUSE -> new NodeFault.Pause(named(Target.values(), word), nodes);
      case DISCONNECT -> new NodeFault.Disconnect(named(Target.values(), word), nodes);
      case SLOW -> new LinkFault.Slow(links(word), nodes, severity.latency(), severity.jitter());
      case LOSSY ->
          new LinkFault.Lossy(
              links(word),
              nodes,
              severity.stallProbability(),
              severity.stall(),
              severity.resetEvery());
      case RESET -> new LinkFault.Reset(links(word), nodes, severity.resetEvery());
      case BANDWIDTH -> new LinkFault.Bandwidth(links(word), nodes, severity.bytesPerSecond());
      case SLICE ->
          new LinkFault.Slice(links(word), nodes, severity.pieceBytes(), severity.pieceDelay());
    };
  }

  private static LinkSelection links(String word) {
    return named(LinkSelection.values(), word);
  }
}

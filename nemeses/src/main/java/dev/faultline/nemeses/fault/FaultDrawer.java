package dev.faultline.nemeses.fault;

import dev.faultline.nemeses.Capability;
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
    Fault fault =
        switch (spec.kind()) {
          case PARTITION -> partition(named(PartitionShape.values(), variant));
          case KILL -> {
            Target target = named(Target.values(), variant);
            yield new Fault.Kill(target, targets(target));
          }
          case PAUSE -> {
            Target target = named(Target.values(), variant);
            yield new Fault.Pause(target, targets(target));
          }
          case SLOW -> slow(named(LinkSelection.values(), variant));
          case LOSSY -> lossy(named(LinkSelection.values(), variant));
          case RESET -> reset(named(LinkSelection.values(), variant));
        };
    fault.check(nodes);
    return fault;
  }

  private Fault partition(PartitionShape shape) {
    int n = nodes.size();
    int count =
        switch (shape.choice()) {
          case LEADER -> 0;
          case ONE -> 1;
          case ORDER -> n;
          case GROUP ->
              shape == PartitionShape.HALVES ? n / 2 : 1 + random.nextInt(Math.max(1, (n - 1) / 2));
        };
    return new Fault.Partition(shape, some(count));
  }

  private List<String> targets(Target target) {
    int n = nodes.size();
    return switch (target) {
      case LEADER, ALL -> List.of();
      case ONE -> some(1);
      case MINORITY -> some(1 + random.nextInt(Math.max(1, (n - 1) / 2)));
      case MAJORITY -> some(n / 2 + 1);
    };
  }

  /** From what a busy network adds to what makes every round of messages late. */
  private Fault slow(LinkSelection links) {
    int latencyMillis = 20 * (1 + random.nextInt(15));
    return new Fault.Slow(
        links, one(links), Duration.ofMillis(latencyMillis), Duration.ofMillis(latencyMillis / 2));
  }

  /** Linux retransmits after 200 ms at the earliest, and waits twice as long every time. */
  private Fault lossy(LinkSelection links) {
    Duration stall = Duration.ofMillis(200L * (1 + random.nextInt(5)));
    double probability = (5 + random.nextInt(26)) / 100.0;
    Duration resetEvery = Duration.ofMillis(500L * (2 + random.nextInt(7)));
    return new Fault.Lossy(links, one(links), probability, stall, resetEvery);
  }

  private Fault reset(LinkSelection links) {
    return new Fault.Reset(links, one(links), Duration.ofMillis(250L * (3 + random.nextInt(6))));
  }

  private List<String> one(LinkSelection links) {
    return links == LinkSelection.ONE ? some(1) : List.of();
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

  /** The severity of a fault read from a file. */
  public record Severity(
      Duration latency,
      Duration jitter,
      double stallProbability,
      Duration stall,
      Duration resetEvery) {}

  /**
   * Puts together a fault whose choices were all made elsewhere, such as in a plan's file.
   *
   * @throws dev.faultline.nemeses.PlanException if there is no such variant, or a number is out of
   *     its range
   */
  public static Fault restore(
      FaultKind kind, String variant, List<String> nodes, Severity severity) {
    FaultSpec spec = new FaultSpec(kind, Optional.of(variant));
    String word = spec.variant().orElseThrow();
    return switch (kind) {
      case PARTITION -> new Fault.Partition(named(PartitionShape.values(), word), nodes);
      case KILL -> new Fault.Kill(named(Target.values(), word), nodes);
      case PAUSE -> new Fault.Pause(named(Target.values(), word), nodes);
      case SLOW ->
          new Fault.Slow(
              named(LinkSelection.values(), word), nodes, severity.latency(), severity.jitter());
      case LOSSY ->
          new Fault.Lossy(
              named(LinkSelection.values(), word),
              nodes,
              severity.stallProbability(),
              severity.stall(),
              severity.resetEvery());
      case RESET ->
          new Fault.Reset(named(LinkSelection.values(), word), nodes, severity.resetEvery());
    };
  }
}

package dev.faultline.nemeses.plan;

import dev.faultline.nemeses.Capability;
import dev.faultline.nemeses.PlanException;
import dev.faultline.nemeses.fault.Abilities;
import dev.faultline.nemeses.fault.Fault;
import dev.faultline.nemeses.fault.FaultDrawer;
import dev.faultline.nemeses.fault.FaultSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Draws a plan: when, for how long, what.
 *
 * <p>The main phase begins and ends with quiet, so that a run shows what the system does when
 * nothing is wrong and that it comes back. In between a fault begins {@code every} so often,
 * jittered by a quarter to either side so that no rhythm of the system's can hide behind ours, and
 * stays for about {@code duration}. The kinds asked for are dealt like cards: each one once before
 * any comes again. The first of each kind strikes alone, because a fault that others hide cannot be
 * seen to work, and a run in which a kind was never seen to work proves nothing of it. From then on
 * every third fault gets a companion of another kind that begins while it is active, and stays may
 * overlap: many bugs need two faults at once. If the phase is too short for every kind at that
 * pace, the pace is quickened before a kind is left out.
 *
 * <p>The same random numbers give the same plan.
 */
public final class PlanDrawer {

  /** The shortest distance between two faults at which each of them can still be told apart. */
  private static final Duration LEAST_GAP = Duration.ofMillis(500);

  private static final Duration LEAST_STAY = Duration.ofMillis(200);

  /**
   * What a plan is drawn for.
   *
   * @param nodes the cluster's nodes
   * @param capabilities what can be done to the cluster
   * @param kinds what the user asked to be broken; none gives an empty plan
   * @param every the mean time between the beginnings of faults
   * @param duration how long a fault stays, on average
   * @param total how long the main phase lasts
   */
  public record Settings(
      List<String> nodes,
      Set<Capability> capabilities,
      List<FaultSpec> kinds,
      Duration every,
      Duration duration,
      Duration total) {
    public Settings {
      nodes = List.copyOf(nodes);
      capabilities = Set.copyOf(capabilities);
      kinds = List.copyOf(kinds);
    }
  }

  /**
   * A plan, and what did not fit into it.
   *
   * @param plan the plan
   * @param leftOut the kinds asked for that the main phase is too short for; usually none
   */
  public record Drawn(FaultPlan plan, List<FaultSpec> leftOut) {}

  private final RandomGenerator random;
  private final Settings settings;
  private final FaultDrawer faults;
  private final long endNanos;
  private final List<FaultStep> steps = new ArrayList<>();

  private PlanDrawer(RandomGenerator random, Settings settings) {
    this.random = random;
    this.settings = settings;
    this.faults = new FaultDrawer(random, settings.nodes(), settings.capabilities());
    long total = settings.total().toNanos();
    this.endNanos = total - Math.min(total / 8, Duration.ofSeconds(5).toNanos());
  }

  /**
   * Draws a plan.
   *
   * @throws PlanException if {@code every}, {@code duration} or {@code total} is not more than
   *     zero, or if the cluster cannot suffer a kind that was asked for
   */
  public static Drawn draw(RandomGenerator random, Settings settings) {
    requirePositive("--every", settings.every());
    requirePositive("--for", settings.duration());
    requirePositive("--duration", settings.total());
    Abilities abilities = new Abilities(settings.nodes().size(), settings.capabilities());
    settings.kinds().forEach(abilities::require);
    return new PlanDrawer(random, settings).draw();
  }

  private Drawn draw() {
    List<FaultSpec> kinds = settings.kinds();
    if (kinds.isEmpty()) {
      return new Drawn(FaultPlan.EMPTY, List.of());
    }
    long total = settings.total().toNanos();
    long leadIn =
        Math.min(Math.min(total / 8, settings.every().toNanos()), Duration.ofSeconds(5).toNanos());
    long usable = endNanos - LEAST_STAY.toNanos() - leadIn;
    // Jitter moves a fault by at most a quarter of the gap: with that reserve, all kinds fit.
    long gap = Math.min(settings.every().toNanos(), usable * 4 / (4L * kinds.size() + 1));
    if (gap < LEAST_GAP.toNanos()) {
      gap = Math.min(settings.every().toNanos(), LEAST_GAP.toNanos());
    }
    List<FaultSpec> deck = new ArrayList<>();
    List<FaultSpec> missing = new ArrayList<>(kinds);
    for (int i = 0; leadIn + i * gap <= leadIn + usable; i++) {
      long start = leadIn + i * gap + random.nextLong(Math.max(1, gap / 4));
      boolean firstRound = i < kinds.size();
      if (start > leadIn + usable || (!firstRound && isTooLate(start))) {
        break;
      }
      FaultSpec spec = deal(deck);
      missing.remove(spec);
      // The next fault begins three quarters of a gap later at the earliest.
      long stay = firstRound ? Math.min(stay(), gap * 5 / 8) : stay();
      add(start, stay, spec);
      if (!firstRound && kinds.size() > 1 && i % 3 == 2) {
        long later = start + stay / 4 + random.nextLong(Math.max(1, stay / 2));
        if (!isTooLate(later)) {
          FaultSpec companion = other(spec);
          missing.remove(companion);
          add(later, stay(), companion);
        }
      }
    }
    return new Drawn(new FaultPlan(numbered()), missing);
  }

  /** A fault that the end of the main phase cuts to less than half may not be seen to work. */
  private boolean isTooLate(long startNanos) {
    return endNanos - startNanos
        < Math.max(LEAST_STAY.toNanos(), settings.duration().toNanos() / 2);
  }

  /** Three quarters to five quarters of what was asked for. */
  private long stay() {
    long asked = settings.duration().toNanos();
    return asked * 3 / 4 + random.nextLong(Math.max(1, asked / 2));
  }

  private FaultSpec deal(List<FaultSpec> deck) {
    if (deck.isEmpty()) {
      deck.addAll(settings.kinds());
    }
    return deck.remove(random.nextInt(deck.size()));
  }

  private FaultSpec other(FaultSpec not) {
    List<FaultSpec> others = new ArrayList<>(settings.kinds());
    others.remove(not);
    return others.get(random.nextInt(others.size()));
  }

  private void add(long startNanos, long stayNanos, FaultSpec spec) {
    long stay = Math.max(LEAST_STAY.toNanos(), Math.min(stayNanos, endNanos - startNanos));
    Fault fault = faults.draw(spec);
    steps.add(new FaultStep("", new Trigger.At(millis(startNanos)), millis(stay), fault));
  }

  /** Ids follow the order in which the steps begin. */
  private List<FaultStep> numbered() {
    List<FaultStep> inOrder = new ArrayList<>(steps);
    inOrder.sort(Comparator.comparing(step -> ((Trigger.At) step.trigger()).sinceBegin()));
    List<FaultStep> numbered = new ArrayList<>();
    for (FaultStep step : inOrder) {
      numbered.add(
          new FaultStep(
              "f" + (numbered.size() + 1), step.trigger(), step.duration(), step.fault()));
    }
    return numbered;
  }

  /** Whole milliseconds are what people can read and retype. */
  private static Duration millis(long nanos) {
    return Duration.ofMillis(nanos / 1_000_000);
  }

  private static void requirePositive(String option, Duration duration) {
    if (!duration.isPositive()) {
      throw new PlanException(option + " must be more than zero", "Write, for example, 10s.");
    }
  }
}

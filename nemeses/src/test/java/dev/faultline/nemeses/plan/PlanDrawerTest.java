package dev.faultline.nemeses.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.nemeses.Capability;
import dev.faultline.nemeses.PlanException;
import dev.faultline.nemeses.fault.FaultKind;
import dev.faultline.nemeses.fault.FaultSpec;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlanDrawerTest {

  private static final Set<Capability> ALL = EnumSet.allOf(Capability.class);
  private static final String EVERY_KIND =
      "partition,kill,pause,slow,lossy,reset,bandwidth,slice,disconnect";

  private static PlanDrawer.Settings settings(int nodes, String kinds, int total) {
    return new PlanDrawer.Settings(
        IntStream.rangeClosed(1, nodes).mapToObj(i -> "n" + i).toList(),
        ALL,
        FaultSpec.parseList(kinds),
        Duration.ofSeconds(10),
        Duration.ofSeconds(6),
        Duration.ofSeconds(total));
  }

  private static PlanDrawer.Drawn draw(long seed, PlanDrawer.Settings settings) {
    return PlanDrawer.draw(new SplittableRandom(seed), settings);
  }

  private static Duration start(FaultStep step) {
    return ((Trigger.At) step.trigger()).sinceBegin();
  }

  @Test
  void theSameSeedGivesTheSamePlanAndAnotherSeedAnother() {
    PlanDrawer.Settings settings = settings(5, EVERY_KIND, 120);
    assertThat(draw(3, settings)).isEqualTo(draw(3, settings));
    assertThat(draw(3, settings)).isNotEqualTo(draw(4, settings));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 5, 6, 7})
  void everyPlanSuitsItsClusterHoldsEveryKindAndLeavesQuietAtBothEnds(int nodes) {
    for (int total : new int[] {10, 20, 60, 300}) {
      for (long seed = 0; seed < 25; seed++) {
        PlanDrawer.Settings settings = settings(nodes, EVERY_KIND, total);
        PlanDrawer.Drawn drawn = draw(seed, settings);
        drawn.plan().check(settings.nodes(), ALL);
        assertThat(drawn.leftOut()).isEmpty();
        assertThat(drawn.plan().kinds()).containsExactlyInAnyOrder(FaultKind.values());
        for (FaultStep step : drawn.plan().steps()) {
          assertThat(start(step)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
          assertThat(start(step).plus(step.duration()))
              .isLessThanOrEqualTo(
                  settings
                      .total()
                      .minus(
                          settings.total().dividedBy(13).compareTo(Duration.ofSeconds(4)) > 0
                              ? Duration.ofSeconds(4)
                              : settings.total().dividedBy(13)));
        }
      }
    }
  }

  @Test
  void saysWhichKindsDoNotFit() {
    PlanDrawer.Drawn drawn = draw(1, settings(5, EVERY_KIND, 2));
    assertThat(drawn.leftOut()).isNotEmpty();
    assertThat(drawn.plan().steps()).isNotEmpty();
    assertThat(drawn.leftOut().size() + drawn.plan().kinds().size())
        .isEqualTo(FaultKind.values().length);
  }

  @Test
  void severalKindsOverlapNowAndThen() {
    List<FaultStep> steps = draw(1, settings(5, "partition,kill,pause", 300)).plan().steps();
    long overlaps =
        IntStream.range(1, steps.size())
            .filter(i ->
                start(steps.get(i - 1))
                        .plus(steps.get(i - 1).duration())
                        .compareTo(start(steps.get(i)))
                    > 0)
            .count();
    assertThat(overlaps).isGreaterThanOrEqualTo(5);
  }

  @Test
  void noKindsGiveAnEmptyPlan() {
    assertThat(draw(1, settings(5, "", 60)).plan()).isEqualTo(FaultPlan.EMPTY);
  }

  @Test
  void drawsNoLeaderFaultWhereNobodyCanTellTheLeader() {
    Set<Capability> leaderless = EnumSet.allOf(Capability.class);
    leaderless.remove(Capability.LEADER);
    PlanDrawer.Settings all = settings(5, EVERY_KIND, 300);
    PlanDrawer.Settings settings =
        new PlanDrawer.Settings(
            all.nodes(), leaderless, all.kinds(), all.every(), all.duration(), all.total());
    for (long seed = 0; seed < 20; seed++) {
      draw(seed, settings).plan().check(settings.nodes(), leaderless);
    }
  }

  @Test
  void refusesWhatTheClusterCannotSuffer() {
    PlanDrawer.Settings all = settings(5, "kill", 60);
    PlanDrawer.Settings settings =
        new PlanDrawer.Settings(
            all.nodes(),
            Set.of(Capability.CUT),
            all.kinds(),
            all.every(),
            all.duration(),
            all.total());
    assertThatThrownBy(() -> draw(1, settings))
        .isInstanceOf(PlanException.class)
        .hasMessage(
            "kill needs a cluster that can kill nodes and start them again; this one cannot");
  }
}

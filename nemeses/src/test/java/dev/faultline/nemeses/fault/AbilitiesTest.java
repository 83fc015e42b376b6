package dev.faultline.nemeses.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.nemeses.Capability;
import dev.faultline.nemeses.PlanException;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AbilitiesTest {

  private static final Set<Capability> ALL = EnumSet.allOf(Capability.class);

  private static Abilities without(int nodes, Capability... missing) {
    Set<Capability> some = EnumSet.allOf(Capability.class);
    some.removeAll(List.of(missing));
    return new Abilities(nodes, some);
  }

  @ParameterizedTest
  @CsvSource({
    "partition:mute, 5, ONE_WAY",
    "partition:deaf, 5, ONE_WAY",
    "partition:drop-out, 5, PACKET_DROP",
    "partition:drop-in, 5, PACKET_DROP",
    "partition:majorities-ring, 3, ONE_WAY",
    "partition:majorities-ring, 5, CUT",
    "partition:isolate-one, 3, CUT",
    "partition:bridge, 3, CUT",
    "kill:all, 3, KILL",
    "pause:one, 3, PAUSE",
    "slow:all, 3, SLOW",
    "bandwidth:one, 3, BANDWIDTH",
    "slice:all, 3, SLICE",
    "disconnect:one, 3, DISCONNECT"
  })
  void everyVariantNeedsOneThingAndIsRefusedWithoutIt(String name, int nodes, Capability needed) {
    FaultSpec spec = FaultSpec.parse(name);
    Abilities bereft = without(nodes, needed);
    assertThatThrownBy(() -> bereft.require(spec))
        .isInstanceOf(PlanException.class)
        .hasMessage(name + " needs a cluster that can " + needed.words() + "; this one cannot");
    assertThatCode(() -> new Abilities(nodes, Set.of(needed)).require(spec))
        .doesNotThrowAnyException();
  }

  @Test
  void aLeaderVariantNeedsTwoThingsAndBothAreNamed() {
    assertThatThrownBy(() ->
            without(5, Capability.ONE_WAY, Capability.LEADER)
                .require(FaultSpec.parse("partition:mute-leader")))
        .hasMessage(
            "partition:mute-leader needs a cluster that can lose the messages of one direction"
                + " while the other passes and tell which node leads; this one cannot");
  }

  @Test
  void theRemedyNamesWhatThereIsInstead() {
    Abilities packetsOnly =
        new Abilities(3, EnumSet.of(Capability.PACKET_DROP, Capability.KILL, Capability.LEADER));
    assertThatThrownBy(() -> packetsOnly.require(FaultSpec.parse("partition:mute")))
        .isInstanceOfSatisfying(
            PlanException.class,
            e ->
                assertThat(e.remedy())
                    .endsWith("offers: partition:drop-out, partition:drop-in, kill."));
    assertThat(new Abilities(3, Set.of()).offer()).containsExactly("nothing");
  }

  @Test
  void aKindThatMeansNothingInSoSmallAClusterIsRefused() {
    Abilities alone = new Abilities(1, EnumSet.allOf(Capability.class));
    assertThat(alone.canSuffer(FaultSpec.parse("partition"))).isFalse();
    assertThatThrownBy(() -> alone.require(FaultSpec.parse("partition")))
        .hasMessage("partition means nothing in a cluster of 1 node");
    assertThatCode(() -> alone.require(FaultSpec.parse("kill"))).doesNotThrowAnyException();
  }

  @Test
  void anUnrefinedKindIsDrawnAmongWhatTheClusterAllows() {
    Set<String> drawn = new HashSet<>();
    Set<Capability> packetsOnly = EnumSet.of(Capability.PACKET_DROP, Capability.CUT);
    for (long seed = 0; seed < 300; seed++) {
      FaultDrawer drawer =
          new FaultDrawer(new SplittableRandom(seed), List.of("n1", "n2", "n3"), packetsOnly);
      drawn.add(drawer.draw(FaultSpec.parse("partition")).variant());
    }
    assertThat(drawn)
        .containsExactlyInAnyOrder(
            "isolate-one", "halves", "majority-minority", "bridge", "drop-out", "drop-in");
  }

  @Test
  void aKindOfWhichAnyVariantIsPossibleIsNotRefused() {
    assertThatCode(() ->
            new Abilities(5, Set.of(Capability.PACKET_DROP)).require(FaultSpec.parse("partition")))
        .doesNotThrowAnyException();
    assertThat(new Abilities(5, ALL).offer()).contains("partition", "kill", "slow");
  }
}

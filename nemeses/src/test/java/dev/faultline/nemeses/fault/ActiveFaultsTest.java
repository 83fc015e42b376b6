package dev.faultline.nemeses.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.nemeses.Capability;
import dev.faultline.nemeses.Link;
import dev.faultline.nemeses.LinkState;
import dev.faultline.nemeses.NodeCondition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ActiveFaultsTest {

  private static final List<String> NODES = List.of("n1", "n2", "n3", "n4", "n5");
  private static final Link LINK = new Link("n1", "n2");

  private static ActiveFault active(String id, Fault fault) {
    return fault.resolve(id, NODES, "n3");
  }

  private static ActiveFault kill(String id, String node) {
    return active(id, new NodeFault.Kill(Target.ONE, List.of(node)));
  }

  private static ActiveFault pause(String id, String node) {
    return active(id, new NodeFault.Pause(Target.ONE, List.of(node)));
  }

  private static ActiveFault isolate(String id, String node) {
    return active(id, new Fault.Partition(PartitionShape.ISOLATE_ONE, List.of(node)));
  }

  private static ActiveFault slow(String id, int millis) {
    return active(
        id,
        new LinkFault.Slow(
            LinkSelection.ALL, List.of(), Duration.ofMillis(millis), Duration.ofMillis(1)));
  }

  @Test
  void aKillOutlivesAPauseOfTheSameNodeAndTheOtherWayRound() {
    ActiveFaults both = ActiveFaults.NONE.with(kill("k", "n1")).with(pause("p", "n1"));
    assertThat(both.condition("n1")).isEqualTo(NodeCondition.DOWN);
    assertThat(both.without("p").condition("n1")).isEqualTo(NodeCondition.DOWN);
    assertThat(both.without("k").condition("n1")).isEqualTo(NodeCondition.PAUSED);
    assertThat(both.condition("n2")).isEqualTo(NodeCondition.RUNNING);
  }

  @Test
  void anUnpluggedNodeStaysSoWhateverItsProcessDoes() {
    ActiveFault disconnect = active("d", new NodeFault.Disconnect(Target.ONE, List.of("n1")));
    ActiveFaults both = ActiveFaults.NONE.with(kill("k", "n1")).with(disconnect);
    assertThat(both.unplugged("n1")).isTrue();
    assertThat(both.condition("n1")).isEqualTo(NodeCondition.DOWN);
    ActiveFaults started = both.without("k");
    assertThat(started.condition("n1")).isEqualTo(NodeCondition.RUNNING);
    assertThat(started.answers("n1")).isFalse();
    assertThat(started.answers("n2")).isTrue();
    assertThat(started.links()).isEmpty();
    assertThat(both.without("d").unplugged("n1")).isFalse();
    assertThat(disconnect.observedLinks(NODES)).hasSize(8).contains(LINK);
  }

  @Test
  void aCutOutlivesTheHealingOfAnotherThatSharesALink() {
    ActiveFaults both = ActiveFaults.NONE.with(isolate("a", "n1")).with(isolate("b", "n2"));
    assertThat(both.without("a").links()).containsKey(LINK);
    assertThat(both.without("b").links()).containsKey(LINK);
    assertThat(both.without("a").without("b").links()).isEmpty();
  }

  @Test
  void aCutWinsOverSlownessAndOfTwoDelaysTheLongerCounts() {
    ActiveFaults all =
        ActiveFaults.NONE.with(slow("s", 50)).with(slow("t", 200)).with(isolate("a", "n1"));
    assertThat(all.links().getOrDefault(LINK, LinkState.HEALTHY).cut()).isTrue();
    assertThat(all.without("a").links().getOrDefault(LINK, LinkState.HEALTHY).latency())
        .isEqualTo(Duration.ofMillis(200));
    assertThat(all.without("a").links().getOrDefault(LINK, LinkState.HEALTHY).cut()).isFalse();
    assertThat(
            all.without("t").without("a").links().getOrDefault(LINK, LinkState.HEALTHY).latency())
        .isEqualTo(Duration.ofMillis(50));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void neitherOrderNorHistoryMatters(long seed) {
    Random random = new Random(seed);
    FaultDrawer drawer = new FaultDrawer(random, NODES, EnumSet.allOf(Capability.class));
    List<FaultKind> kinds = List.of(FaultKind.values());
    List<ActiveFault> faults = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      FaultKind kind = kinds.get(random.nextInt(kinds.size()));
      faults.add(active("f" + i, drawer.draw(FaultSpec.parse(kind.word()))));
    }
    ActiveFaults kept = ActiveFaults.NONE;
    for (ActiveFault fault : faults.subList(0, 4)) {
      kept = kept.with(fault);
    }
    for (int round = 0; round < 20; round++) {
      List<ActiveFault> order = new ArrayList<>(faults);
      Collections.shuffle(order, random);
      ActiveFaults set = ActiveFaults.NONE;
      for (ActiveFault fault : order) {
        set = set.with(fault);
      }
      List<ActiveFault> gone = new ArrayList<>(faults.subList(4, 8));
      Collections.shuffle(gone, random);
      for (ActiveFault fault : gone) {
        set = set.without(fault.id());
      }
      assertThat(set).isEqualTo(kept);
      assertThat(set.links()).isEqualTo(kept.links());
      for (String node : NODES) {
        assertThat(set.condition(node)).isEqualTo(kept.condition(node));
        assertThat(set.unplugged(node)).isEqualTo(kept.unplugged(node));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void linkStatesCombineLikeASetOfIlls(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 200; i++) {
      LinkState a = state(random);
      LinkState b = state(random);
      LinkState c = state(random);
      assertThat(a.and(b)).isEqualTo(b.and(a));
      assertThat(a.and(b).and(c)).isEqualTo(a.and(b.and(c)));
      assertThat(a.and(a)).isEqualTo(a);
      assertThat(a.and(LinkState.HEALTHY)).isEqualTo(a);
    }
  }

  private static LinkState state(Random random) {
    return new LinkState(
        random.nextBoolean(),
        Duration.ofMillis(random.nextInt(4)),
        Duration.ofMillis(random.nextInt(4)),
        random.nextInt(4) / 4.0,
        Duration.ofMillis(random.nextInt(4)),
        Duration.ofMillis(random.nextInt(4)),
        random.nextInt(4),
        random.nextInt(4),
        Duration.ofMillis(random.nextInt(4)));
  }

  @Test
  void theSetIsEmptyWhenEverythingIsGone() {
    ActiveFaults none = ActiveFaults.NONE.with(kill("k", "n1")).without("k");
    assertThat(none).isEqualTo(ActiveFaults.NONE);
    assertThat(none.links()).isEqualTo(Map.of());
  }
}

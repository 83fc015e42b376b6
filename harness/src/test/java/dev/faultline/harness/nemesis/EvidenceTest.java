package dev.faultline.harness.nemesis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.harness.loop.VirtualScheduler;
import dev.faultline.nemeses.Capability;
import dev.faultline.nemeses.Link;
import dev.faultline.nemeses.LinkState;
import dev.faultline.nemeses.NodeCondition;
import dev.faultline.nemeses.fault.ActiveFault;
import dev.faultline.nemeses.fault.Fault;
import dev.faultline.nemeses.fault.LinkFault;
import dev.faultline.nemeses.fault.LinkSelection;
import dev.faultline.nemeses.fault.NodeFault;
import dev.faultline.nemeses.fault.PartitionShape;
import dev.faultline.nemeses.fault.Target;
import dev.faultline.nemeses.plan.FaultPlan;
import dev.faultline.nemeses.plan.FaultStep;
import dev.faultline.nemeses.plan.Trigger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What must not be taken for the effect of a fault, though it looks like it. */
class EvidenceTest {

  private final VirtualScheduler loop = new VirtualScheduler();
  private final FakeCluster cluster = new FakeCluster(loop, 5);
  private final List<String> troubles = new ArrayList<>();
  private final List<String> starts = new ArrayList<>();

  private final class Listening implements FaultLog, FaultLedger {
    @Override
    public void started(FaultRecord fault) {
      starts.add(loop.nowNanos() / 1_000_000 + " " + fault.id());
    }

    @Override
    public void stopped(FaultRecord fault) {}

    @Override
    public void nodeExited(String node) {}

    @Override
    public void trouble(String what) {
      troubles.add(what);
    }

    @Override
    public void touching(ActiveFault fault) {}

    @Override
    public void healed(String id) {}
  }

  private PlanRunner begin(FaultStep... steps) {
    Listening listening = new Listening();
    PlanRunner runner =
        new PlanRunner(
            loop, cluster, new FaultPlan(List.of(steps)), listening, listening, Timing.DEFAULT);
    runner.begin();
    return runner;
  }

  /** Lets a minute pass and returns what became of every step. */
  private List<Effect> effects(PlanRunner runner) {
    loop.runFor(Duration.ofMinutes(1));
    return runner.records().stream().map(FaultRecord::effect).toList();
  }

  private static FaultStep at(String id, int seconds, int duration, Fault fault) {
    return new FaultStep(
        id, new Trigger.At(Duration.ofSeconds(seconds)), Duration.ofSeconds(duration), fault);
  }

  private static FaultStep onceRestarted(String id, int duration, Fault fault) {
    return new FaultStep(
        id,
        new Trigger.After(new Trigger.NodeRestarted("n1"), Duration.ofMillis(2)),
        Duration.ofSeconds(duration),
        fault);
  }

  private static Fault kill() {
    return new NodeFault.Kill(Target.ONE, List.of("n1"));
  }

  private static Fault deaf() {
    return new Fault.Partition(PartitionShape.DEAF, List.of("n1"));
  }

  private static Fault isolate() {
    return new Fault.Partition(PartitionShape.ISOLATE_ONE, List.of("n1"));
  }

  private static Fault slow(int millis) {
    return new LinkFault.Slow(
        LinkSelection.ALL, List.of(), Duration.ofMillis(millis), Duration.ZERO);
  }

  private static Fault reset() {
    return new LinkFault.Reset(LinkSelection.ONE, List.of("n1"), Duration.ofSeconds(1));
  }

  private static Fault disconnect() {
    return new NodeFault.Disconnect(Target.ONE, List.of("n1"));
  }

  @Test
  void aNodeThatRefusesBecauseItStillStartsProvesNoPartition() {
    cluster.boot = Duration.ofSeconds(20);
    cluster.refusesWhileItBoots = true;
    cluster.pretending.add("shape");
    PlanRunner runner = begin(at("k", 1, 3, kill()), onceRestarted("p", 5, deaf()));
    assertThat(effects(runner)).containsExactly(Effect.EFFECTIVE, Effect.SKIPPED);
  }

  @Test
  void aNodeThatRefusesBecauseItStillStartsProvesNoResets() {
    cluster.boot = Duration.ofSeconds(20);
    cluster.refusesWhileItBoots = true;
    cluster.pretending.add("shape");
    PlanRunner runner = begin(at("k", 1, 3, kill()), onceRestarted("r", 5, reset()));
    assertThat(effects(runner)).containsExactly(Effect.EFFECTIVE, Effect.INEFFECTIVE);
  }

  @Test
  void resetsOfANodeThatHasAnsweredSinceItsRestartAreSeen() {
    PlanRunner runner = begin(at("k", 1, 3, kill()), onceRestarted("r", 5, reset()));
    assertThat(effects(runner)).containsOnly(Effect.EFFECTIVE);
  }

  @Test
  void aLinkThatAnotherFaultMakesSlowIsNotSilent() {
    PlanRunner runner = begin(at("s", 1, 40, slow(900)), at("p", 10, 8, deaf()));
    loop.runFor(Duration.ofSeconds(5));
    cluster.pretending.add("shape");
    assertThat(effects(runner)).containsExactly(Effect.EFFECTIVE, Effect.INEFFECTIVE);
  }

  @Test
  void aFaultTooShortForTwoProbesThatGetNoAnswerIsSkipped() {
    PlanRunner runner = begin(at("s", 1, 40, slow(900)), at("p", 10, 2, deaf()));
    loop.runFor(Duration.ofSeconds(5));
    cluster.pretending.add("shape");
    assertThat(effects(runner)).containsExactly(Effect.EFFECTIVE, Effect.SKIPPED);
  }

  @Test
  void twoFaultsThatDelayTheSameLinksDoNotProveOneAnother() {
    PlanRunner runner =
        begin(
            at("s", 1, 40, slow(100)),
            at("again", 10, 5, slow(50)),
            at("narrow", 20, 5, new LinkFault.Bandwidth(LinkSelection.ALL, List.of(), 16_000)));
    loop.runFor(Duration.ofSeconds(5));
    cluster.pretending.add("shape");
    assertThat(effects(runner)).containsExactly(Effect.EFFECTIVE, Effect.SKIPPED, Effect.SKIPPED);
  }

  @Test
  void aLinkThatIsCutAlreadyProvesNoSecondPartition() {
    PlanRunner runner = begin(at("a", 1, 40, isolate()), at("b", 10, 5, isolate()));
    assertThat(effects(runner)).containsExactly(Effect.EFFECTIVE, Effect.SKIPPED);
  }

  @Test
  void aNodeThatIsOffItsNetworkAlreadyProvesNoSecondDisconnection() {
    PlanRunner runner = begin(at("a", 1, 40, disconnect()), at("b", 10, 5, disconnect()));
    assertThat(effects(runner)).containsExactly(Effect.EFFECTIVE, Effect.SKIPPED);
  }

  @Test
  void nodesThatCannotTellHowTheyStandAreNotAsked() {
    cluster.capabilities.remove(Capability.LEADER);
    cluster.failing.add("status");
    PlanRunner runner = begin(at("d", 1, 5, disconnect()));
    assertThat(effects(runner)).containsExactly(Effect.EFFECTIVE);
    assertThat(starts).containsExactly("1000 d");
    assertThat(troubles).isEmpty();
  }

  @Test
  void aFaultCutShortBeforeItWasInPlaceIsSkipped() {
    cluster.hanging.add("kill");
    PlanRunner runner = begin(at("k", 1, 30, kill()));
    loop.runFor(Duration.ofSeconds(2));
    runner.healAll();
    assertThat(effects(runner)).containsExactly(Effect.SKIPPED);
  }

  @Test
  void theErrorOfAnActThatFailsAfterItsFaultIsOverIsStillTold() {
    cluster.hanging.add("kill");
    PlanRunner runner = begin(at("k", 1, 3, kill()));
    assertThat(effects(runner)).containsExactly(Effect.INEFFECTIVE);
    assertThat(troubles).contains("k: n1: kill failed: no answer within 10000 ms");
  }

  @Test
  void theLookForALeaderTakesNoLongerThanAnElectionAndAQuestion() {
    cluster.nodes().forEach(node -> cluster.conditions.put(node, NodeCondition.PAUSED));
    PlanRunner runner = begin(at("k", 1, 3, new NodeFault.Kill(Target.LEADER, List.of())));
    loop.runFor(Duration.ofSeconds(8));
    assertThat(runner.records().getFirst().detail()).isEqualTo("no leader was found");
  }

  @Test
  void aLinkIsNotAskedAgainWhileAProbeIsUnderWay() {
    cluster.pretending.add("shape");
    Link link = new Link("n2", "n1");
    cluster.links = Map.of(link, LinkState.slow(Duration.ofMillis(900), Duration.ZERO));
    var _ = effects(begin(at("s", 1, 5, slow(2000))));
    assertThat(cluster.mostOpenProbes).isEqualTo(1);
  }
}

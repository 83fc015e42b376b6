package dev.faultline.harness.nemesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.harness.loop.VirtualScheduler;
import dev.faultline.nemeses.Link;
import dev.faultline.nemeses.LinkState;
import dev.faultline.nemeses.NodeCondition;
import dev.faultline.nemeses.NodeStatus;
import dev.faultline.nemeses.PlanException;
import dev.faultline.nemeses.fault.ActiveFault;
import dev.faultline.nemeses.fault.Fault;
import dev.faultline.nemeses.fault.FaultSpec;
import dev.faultline.nemeses.fault.LinkFault;
import dev.faultline.nemeses.fault.LinkSelection;
import dev.faultline.nemeses.fault.NodeFault;
import dev.faultline.nemeses.fault.PartitionShape;
import dev.faultline.nemeses.fault.Target;
import dev.faultline.nemeses.plan.FaultPlan;
import dev.faultline.nemeses.plan.FaultStep;
import dev.faultline.nemeses.plan.PlanDrawer;
import dev.faultline.nemeses.plan.Trigger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlanRunnerTest {

  private VirtualScheduler loop;
  private FakeCluster cluster;
  private List<String> story;

  @BeforeEach
  void createACluster() {
    loop = new VirtualScheduler();
    cluster = new FakeCluster(loop, 5);
    story = new ArrayList<>();
  }

  private final class Story implements FaultLog, FaultLedger {
    private void tell(String what) {
      story.add(loop.nowNanos() / 1_000_000 + " " + what);
    }

    @Override
    public void started(FaultRecord fault) {
      tell("start " + fault.id() + " " + fault.targets() + " " + fault.effect().word());
    }

    @Override
    public void stopped(FaultRecord fault) {
      tell("stop " + fault.id() + " " + fault.targets() + " " + fault.effect().word());
    }

    @Override
    public void nodeExited(String node) {
      tell("exited " + node);
    }

    @Override
    public void trouble(String what) {
      tell("trouble " + what);
    }

    @Override
    public void touching(ActiveFault fault) {
      tell("touching " + fault.id() + ", acts so far " + cluster.acts.size());
    }

    @Override
    public void healed(String id) {
      tell("healed " + id);
    }
  }

  private PlanRunner runner(FaultStep... steps) {
    Story teller = new Story();
    return new PlanRunner(
        loop, cluster, new FaultPlan(List.of(steps)), teller, teller, Timing.DEFAULT);
  }

  private List<FaultRecord> run(FaultStep... steps) {
    return result(runner(steps));
  }

  private List<FaultRecord> result(PlanRunner runner) {
    CompletableFuture<List<FaultRecord>> result = runner.begin().toCompletableFuture();
    loop.runFor(Duration.ofMinutes(5));
    assertThat(result).isCompleted();
    return result.join();
  }

  private static FaultStep at(String id, int seconds, int duration, Fault fault) {
    return new FaultStep(
        id, new Trigger.At(Duration.ofSeconds(seconds)), Duration.ofSeconds(duration), fault);
  }

  private static FaultStep after(String id, Trigger.Event event, int duration, Fault fault) {
    return new FaultStep(
        id, new Trigger.After(event, Duration.ofMillis(2)), Duration.ofSeconds(duration), fault);
  }

  private static Fault kill(String... nodes) {
    return new NodeFault.Kill(nodes.length == 1 ? Target.ONE : Target.MINORITY, List.of(nodes));
  }

  private static Fault pause(String node) {
    return new NodeFault.Pause(Target.ONE, List.of(node));
  }

  private static Fault disconnect(String node) {
    return new NodeFault.Disconnect(Target.ONE, List.of(node));
  }

  private static Fault isolate(String node) {
    return new Fault.Partition(PartitionShape.ISOLATE_ONE, List.of(node));
  }

  private static Fault slow() {
    return new LinkFault.Slow(
        LinkSelection.ALL, List.of(), Duration.ofMillis(100), Duration.ofMillis(20));
  }

  private void assertAllIsWell() {
    assertThat(cluster.links).isEmpty();
    assertThat(cluster.conditions.values()).containsOnly(NodeCondition.RUNNING);
    assertThat(cluster.unplugged).isEmpty();
  }

  @Test
  void aKilledNodeIsSeenDownAndStartedAgain() {
    List<FaultRecord> records = run(at("f1", 2, 5, kill("n2", "n4")));
    assertThat(records).extracting(FaultRecord::effect).containsExactly(Effect.EFFECTIVE);
    assertThat(cluster.acts).containsExactly("kill n2", "kill n4", "start n2", "start n4");
    assertThat(story)
        .containsExactly(
            "2000 touching f1, acts so far 0",
            "2000 start f1 [n2, n4] pending",
            "7001 stop f1 [n2, n4] effective",
            "7001 healed f1");
    assertAllIsWell();
  }

  @Test
  void everyKindIsSeenToHaveItsEffect() {
    cluster.lead("n3", 4);
    List<FaultRecord> records =
        run(
            at("cut", 1, 8, new Fault.Partition(PartitionShape.ISOLATE_LEADER, List.of())),
            at("pause", 20, 5, new NodeFault.Pause(Target.LEADER, List.of())),
            at("slow", 30, 5, slow()),
            at(
                "lossy",
                40,
                5,
                new LinkFault.Lossy(
                    LinkSelection.ONE, List.of("n1"), 0.2, Duration.ofMillis(200), Duration.ZERO)),
            at(
                "reset",
                50,
                5,
                new LinkFault.Reset(LinkSelection.LEADER, List.of(), Duration.ofSeconds(1))),
            at("kill", 60, 5, new NodeFault.Kill(Target.ALL, List.of())),
            at("narrow", 70, 5, new LinkFault.Bandwidth(LinkSelection.ALL, List.of(), 16_000)),
            at(
                "slice",
                80,
                5,
                new LinkFault.Slice(LinkSelection.ONE, List.of("n2"), 64, Duration.ofMillis(2))),
            at("disconnect", 90, 5, new NodeFault.Disconnect(Target.LEADER, List.of())));
    assertThat(records).extracting(FaultRecord::effect).containsOnly(Effect.EFFECTIVE);
    assertThat(records.getFirst().targets()).containsExactly("n3");
    assertThat(records.getFirst().detail()).contains("leader n3 of term 4");
    assertThat(story).noneMatch(line -> line.contains("trouble"));
    assertAllIsWell();
  }

  @Test
  void ofTwoClaimantsTheOneInTheHigherTermIsTheLeader() {
    cluster.lead("n1", 6);
    cluster.lead("n5", 7);
    cluster.lead("n2", 3);
    cluster.statuses.put("n3", new NodeStatus("n3", "n5", 7, 0, 0));
    List<FaultRecord> records = run(at("f1", 1, 5, new NodeFault.Kill(Target.LEADER, List.of())));
    assertThat(records.getFirst().targets()).containsExactly("n5");
  }

  @Test
  void aFaultForTheLeaderIsSkippedWhereNobodyLeads() {
    List<FaultRecord> records = run(at("f1", 1, 5, new NodeFault.Kill(Target.LEADER, List.of())));
    assertThat(records.getFirst().effect()).isEqualTo(Effect.SKIPPED);
    assertThat(records.getFirst().detail()).isEqualTo("no leader was found");
    assertThat(cluster.acts).isEmpty();
    assertThat(story).hasSize(2);
  }

  @Test
  void aFaultThatDoesNothingIsIneffective() {
    cluster.pretending.addAll(List.of("shape", "kill", "pause", "unplug"));
    cluster.lead("n1", 1);
    List<FaultRecord> records =
        run(
            at("cut", 1, 5, isolate("n1")),
            at("slow", 10, 5, slow()),
            at(
                "reset",
                20,
                5,
                new LinkFault.Reset(LinkSelection.ALL, List.of(), Duration.ofSeconds(1))),
            at("kill", 30, 5, kill("n1")),
            at("pause", 40, 5, pause("n1")),
            at("narrow", 50, 5, new LinkFault.Bandwidth(LinkSelection.ALL, List.of(), 16_000)),
            at(
                "slice",
                60,
                5,
                new LinkFault.Slice(LinkSelection.ALL, List.of(), 64, Duration.ofMillis(2))),
            at("disconnect", 70, 5, disconnect("n1")));
    assertThat(records).extracting(FaultRecord::effect).containsOnly(Effect.INEFFECTIVE);
    assertThat(records.getFirst().detail()).contains("still answered");
  }

  @Test
  void aFaultThatCannotBePutInPlaceIsIneffectiveAndTheReasonIsTold() {
    cluster.failing.add("kill");
    List<FaultRecord> records = run(at("f1", 1, 5, kill("n1")));
    assertThat(records.getFirst().effect()).isEqualTo(Effect.INEFFECTIVE);
    assertThat(story).anyMatch(line -> line.contains("trouble f1: n1: kill failed: no permission"));
  }

  @Test
  void anActThatHangsHoldsUpNothing() {
    cluster.hanging.add("pause");
    List<FaultRecord> records = run(at("f1", 1, 3, pause("n1")), at("f2", 2, 3, kill("n2")));
    assertThat(records)
        .extracting(FaultRecord::effect)
        .containsExactly(Effect.INEFFECTIVE, Effect.EFFECTIVE);
    assertThat(story).anyMatch(line -> line.startsWith("5001 stop f2"));
    assertAllIsWell();
  }

  @Test
  void healingOneFaultDoesNotUndoAnother() {
    PlanRunner runner =
        runner(at("a", 1, 10, isolate("n1")), at("b", 2, 4, isolate("n2")), at("c", 3, 2, slow()));
    runner.begin();
    loop.runFor(Duration.ofSeconds(8));
    assertThat(cluster.links)
        .hasSize(8)
        .containsEntry(new Link("n1", "n2"), LinkState.CUT)
        .doesNotContainKey(new Link("n2", "n3"));
    loop.runFor(Duration.ofSeconds(60));
    assertThat(runner.records()).extracting(FaultRecord::effect).containsOnly(Effect.EFFECTIVE);
    assertAllIsWell();
  }

  @Test
  void aNodeKilledWhileItIsPausedComesBackPaused() {
    PlanRunner runner = runner(at("p", 1, 20, pause("n1")), at("k", 5, 5, kill("n1")));
    runner.begin();
    loop.runFor(Duration.ofSeconds(15));
    assertThat(cluster.acts).containsExactly("pause n1", "kill n1", "start n1", "pause n1");
    assertThat(cluster.conditionNow("n1")).isEqualTo(NodeCondition.PAUSED);
    loop.runFor(Duration.ofSeconds(60));
    assertThat(runner.records()).extracting(FaultRecord::effect).containsOnly(Effect.EFFECTIVE);
    assertAllIsWell();
  }

  @Test
  void anUnpluggedNodeStaysSoWhileItIsKilledAndStartedAndPaused() {
    cluster.lead("n1", 1);
    PlanRunner runner =
        runner(
            at("d", 1, 30, disconnect("n1")),
            at("k", 5, 5, kill("n1")),
            at("p", 15, 5, pause("n1")));
    runner.begin();
    loop.runFor(Duration.ofSeconds(25));
    assertThat(cluster.acts)
        .containsExactly("unplug n1", "kill n1", "start n1", "pause n1", "resume n1");
    assertThat(cluster.unplugged).containsExactly("n1");
    loop.runFor(Duration.ofSeconds(60));
    assertThat(runner.records()).extracting(FaultRecord::effect).containsOnly(Effect.EFFECTIVE);
    assertThat(story).noneMatch(line -> line.contains("trouble"));
    assertAllIsWell();
  }

  @Test
  void anUnpluggedNodeHidesWhatIsOnItsLinks() {
    cluster.lead("n1", 1);
    Fault slowOfOne =
        new LinkFault.Slow(
            LinkSelection.ONE, List.of("n1"), Duration.ofMillis(100), Duration.ofMillis(20));
    PlanRunner runner =
        runner(
            at("d", 1, 30, disconnect("n1")),
            at("s", 5, 5, slowOfOne),
            at("c", 12, 5, isolate("n1")));
    runner.begin();
    loop.runFor(Duration.ofSeconds(90));
    assertThat(runner.records())
        .extracting(FaultRecord::effect)
        .containsExactly(Effect.EFFECTIVE, Effect.SKIPPED, Effect.SKIPPED);
    assertThat(story).noneMatch(line -> line.contains("trouble"));
    assertAllIsWell();
  }

  @Test
  void anUnpluggedNodeThatStillAnswersItsPeersIsNotTakenForAbsent() {
    cluster.pretending.add("unplug");
    List<FaultRecord> records = run(at("d", 1, 5, disconnect("n1")));
    assertThat(records.getFirst().effect()).isEqualTo(Effect.INEFFECTIVE);
    assertThat(records.getFirst().detail()).contains("still answered");
  }

  @Test
  void healingPlugsEveryNodeIn() {
    cluster.lead("n1", 1);
    PlanRunner runner = runner(at("d", 1, 100, disconnect("n1")));
    runner.begin();
    loop.runFor(Duration.ofSeconds(10));
    CompletableFuture<List<String>> healed = runner.healAll().toCompletableFuture();
    loop.runFor(Duration.ofSeconds(60));
    assertThat(healed.join()).isEmpty();
    assertAllIsWell();
  }

  @Test
  void aHealedLinkIsNotBlamedForTheWayBackThatAnotherFaultCuts() {
    cluster.answersTravelOnLinks = true;
    Fault mute = new Fault.Partition(PartitionShape.MUTE, List.of("n1"));
    Fault deaf = new Fault.Partition(PartitionShape.DEAF, List.of("n1"));
    // Two probes of a second each show the first one before the second comes and hides it.
    PlanRunner runner = runner(at("m", 1, 5, mute), at("d", 4, 40, deaf));
    runner.begin();
    loop.runFor(Duration.ofSeconds(30));
    assertThat(cluster.links).hasSize(4);
    assertThat(story).noneMatch(line -> line.contains("trouble"));
    assertThat(story).anyMatch(line -> line.contains("healed m"));
    loop.runFor(Duration.ofSeconds(90));
    // Once the first one is over nothing hides the second.
    assertThat(runner.records()).extracting(FaultRecord::effect).containsOnly(Effect.EFFECTIVE);
  }

  @Test
  void silenceOnAWayBackThatAnotherFaultCutsProvesNothing() {
    cluster.answersTravelOnLinks = true;
    Fault mute = new Fault.Partition(PartitionShape.MUTE, List.of("n1"));
    Fault deaf = new Fault.Partition(PartitionShape.DEAF, List.of("n1"));
    List<FaultRecord> records = run(at("d", 1, 40, deaf), at("m", 10, 5, mute));
    assertThat(records)
        .extracting(FaultRecord::effect)
        .containsExactly(Effect.EFFECTIVE, Effect.SKIPPED);
  }

  @Test
  void aSlowWayBackCountsForAProbeThatTravelsOnBothLinks() {
    cluster.answersTravelOnLinks = true;
    // 100 ms give or take 20 there and back: what takes less than 160 ms is no proof.
    assertThat(run(at("s", 1, 5, slow())).getFirst().effect()).isEqualTo(Effect.EFFECTIVE);
    cluster.pretending.add("shape");
    cluster.links = Map.of(new Link("n2", "n1"), slow100());
    FaultStep one =
        at(
            "s",
            1,
            5,
            new LinkFault.Slow(
                LinkSelection.ONE, List.of("n1"), Duration.ofMillis(100), Duration.ofMillis(20)));
    assertThat(run(one).getFirst().effect()).isEqualTo(Effect.INEFFECTIVE);
  }

  private static LinkState slow100() {
    return LinkState.slow(Duration.ofMillis(100), Duration.ZERO);
  }

  @Test
  void theFirstFaultOfAKindWaitsUntilWhatItTouchesAnswers() {
    cluster.boot = Duration.ofSeconds(2);
    List<FaultRecord> records =
        run(
            at("k", 1, 4, new NodeFault.Kill(Target.ALL, List.of())),
            at("s", 6, 3, slow()),
            at("k2", 20, 4, new NodeFault.Kill(Target.ALL, List.of())),
            at("s2", 25, 3, slow()));
    assertThat(records.get(1).effect()).isEqualTo(Effect.EFFECTIVE);
    assertThat(story)
        .contains("5001 stop k [n1, n2, n3, n4, n5] effective")
        // Nodes answer from 7000 on; the round of probes after that finds out.
        .anyMatch(line -> line.matches("7[0-4]\\d\\d start s .*"))
        // It stays for as long as was planned, and a later one of its kind strikes on time.
        .anyMatch(line -> line.matches("10[0-4]\\d\\d stop s .*"))
        .anyMatch(line -> line.startsWith("25000 start s2 "));
  }

  @Test
  void theWaitIsNoLongerThanTheFaultWasToStay() {
    cluster.boot = Duration.ofSeconds(30);
    run(at("k", 1, 4, kill("n1")), at("s", 6, 3, slow()));
    assertThat(story)
        .anyMatch(line -> line.matches("9[0-2]\\d\\d start s .*"))
        .anyMatch(line -> line.matches("12[0-2]\\d\\d stop s .*"));
  }

  @Test
  void aWaitingFaultIsSkippedWhenTheMainPhaseEnds() {
    cluster.boot = Duration.ofSeconds(30);
    PlanRunner runner = runner(at("k", 1, 4, kill("n1")), at("s", 6, 10, slow()));
    runner.begin();
    loop.runFor(Duration.ofSeconds(8));
    runner.healAll();
    loop.runFor(Duration.ofSeconds(60));
    assertThat(runner.records().get(1).effect()).isEqualTo(Effect.SKIPPED);
    assertThat(cluster.links).isEmpty();
    assertThat(story).filteredOn(line -> line.contains("start s ")).hasSize(1);
  }

  @Test
  void aFaultThatFollowsAnEventDoesNotWait() {
    cluster.boot = Duration.ofSeconds(2);
    run(at("k", 1, 4, kill("n1")), after("s", new Trigger.NodeRestarted("n1"), 3, slow()));
    assertThat(story).anyMatch(line -> line.startsWith("5003 start s "));
  }

  @Test
  void aTargetThatIsDownAlreadyIsSkipped() {
    List<FaultRecord> records =
        run(at("k", 1, 20, kill("n1")), at("k2", 5, 5, kill("n1")), at("p", 6, 5, pause("n1")));
    assertThat(records)
        .extracting(FaultRecord::effect)
        .containsExactly(Effect.EFFECTIVE, Effect.SKIPPED, Effect.SKIPPED);
    assertThat(cluster.acts).containsExactly("kill n1", "start n1");
  }

  @Test
  void aNodeThatEndedByItselfIsReportedAndNotStarted() {
    cluster.conditions.put("n1", NodeCondition.EXITED);
    PlanRunner runner = runner(at("k", 1, 5, kill("n1", "n2")));
    List<FaultRecord> records = result(runner);
    assertThat(records.getFirst().targets()).containsExactly("n2");
    CompletableFuture<List<String>> healed = runner.healAll().toCompletableFuture();
    loop.runFor(Duration.ofMinutes(1));
    assertThat(healed.join()).containsExactly("n1 has exited");
    assertThat(story).filteredOn(line -> line.endsWith("exited n1")).hasSize(1);
    assertThat(cluster.acts).noneMatch(act -> act.endsWith("n1"));
  }

  @Test
  void stepsFollowEvents() {
    List<FaultRecord> records =
        run(
            at("first", 1, 5, kill("n1")),
            after("second", new Trigger.FaultStarted("first"), 1, pause("n2")),
            after("third", new Trigger.NodeRestarted(null), 1, pause("n3")),
            after("fourth", new Trigger.FaultStopped("third"), 1, pause("n4")));
    assertThat(records).extracting(FaultRecord::effect).containsOnly(Effect.EFFECTIVE);
    assertThat(story)
        .contains(
            "1003 start second [n2] pending",
            "6003 start third [n3] pending",
            "7006 start fourth [n4] pending");
  }

  @Test
  void aStepStrikesTwoMillisecondsAfterAChangeOfLeaderWasSeen() {
    cluster.statuses.put("n2", new NodeStatus("n2", "n1", 1, 0, 0));
    cluster.statuses.put("n4", new NodeStatus("n4", "n1", 1, 0, 0));
    cluster.lead("n1", 1);
    PlanRunner runner =
        runner(
            after(
                "f",
                new Trigger.LeaderChanged(),
                3,
                new NodeFault.Pause(Target.LEADER, List.of())));
    runner.begin();
    loop.runFor(Duration.ofSeconds(5));
    assertThat(story).isEmpty();
    // Who elects a leader knows its term.
    cluster.statuses.put("n2", new NodeStatus("n2", "n5", 2, 0, 0));
    cluster.statuses.put("n4", new NodeStatus("n4", "n5", 2, 0, 0));
    cluster.lead("n5", 2);
    loop.runFor(Duration.ofMillis(100));
    assertThat(story).anyMatch(line -> line.contains("start f [n5] pending"));
  }

  @Test
  void healAllEndsEverythingAndCanBeCalledAgain() {
    PlanRunner runner =
        runner(at("a", 1, 100, isolate("n1")), at("b", 2, 100, kill("n2")), at("c", 90, 5, slow()));
    CompletableFuture<List<FaultRecord>> records = runner.begin().toCompletableFuture();
    loop.runFor(Duration.ofSeconds(30));
    CompletableFuture<List<String>> healed = runner.healAll().toCompletableFuture();
    CompletableFuture<List<String>> again = runner.healAll().toCompletableFuture();
    loop.runFor(Duration.ofSeconds(60));
    assertThat(healed.join()).isEmpty();
    assertThat(again.join()).isEmpty();
    assertAllIsWell();
    assertThat(records.join())
        .extracting(FaultRecord::effect)
        .containsExactly(Effect.EFFECTIVE, Effect.EFFECTIVE, Effect.SKIPPED);
    assertThat(story).filteredOn(line -> line.contains(" stop ")).hasSize(2);

    cluster.conditions.put("n3", NodeCondition.PAUSED);
    CompletableFuture<List<String>> later = runner.healAll().toCompletableFuture();
    loop.runFor(Duration.ofSeconds(60));
    assertThat(later.join()).isEmpty();
    assertAllIsWell();
  }

  @Test
  void whatCannotBeHealedIsToldNotThrown() {
    PlanRunner runner = runner(at("a", 1, 5, isolate("n1")), at("k", 1, 5, kill("n2")));
    runner.begin();
    loop.runFor(Duration.ofSeconds(3));
    cluster.failing.add("shape");
    cluster.hanging.add("start");
    CompletableFuture<List<String>> healed = runner.healAll().toCompletableFuture();
    loop.runFor(Duration.ofMinutes(2));
    assertThat(healed.join())
        .contains(
            "links could not be shaped: proxy gone",
            "n2: start failed: no answer within 10000 ms",
            "n2 is not seen to run",
            "n1->n3 does not answer");
    assertThat(story).noneMatch(line -> line.contains("healed"));
  }

  @Test
  void aClusterThatNeverAnswersHangsNothing() {
    cluster.hanging.addAll(List.of("shape", "kill", "start", "pause", "resume", "condition"));
    PlanRunner runner = runner(at("a", 1, 5, isolate("n1")), at("k", 1, 5, kill("n2")));
    assertThat(result(runner)).extracting(FaultRecord::effect).containsOnly(Effect.INEFFECTIVE);
    CompletableFuture<List<String>> healed = runner.healAll().toCompletableFuture();
    loop.runFor(Duration.ofMinutes(5));
    assertThat(healed.join()).isNotEmpty();
  }

  @Test
  void aPlanThatDoesNotSuitTheClusterIsRefusedBeforeAnythingHappens() {
    assertThatThrownBy(() -> runner(at("a", 1, 5, kill("n9"))))
        .isInstanceOf(PlanException.class)
        .hasMessageContaining("step a: kill:one names node 'n9'");
    assertThat(cluster.acts).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void afterAnyDrawnPlanEverythingIsBackAndEveryStartHasItsStop(long seed) {
    cluster.lead("n1", 1);
    FaultPlan plan =
        PlanDrawer.draw(
                new SplittableRandom(seed),
                new PlanDrawer.Settings(
                    cluster.nodes(),
                    cluster.capabilities(),
                    FaultSpec.parseList(
                        "partition,kill,pause,slow,lossy,reset,bandwidth,slice,disconnect"),
                    Duration.ofSeconds(3),
                    Duration.ofSeconds(6),
                    Duration.ofSeconds(120)))
            .plan();
    List<FaultRecord> records = run(plan.steps().toArray(FaultStep[]::new));
    assertAllIsWell();
    assertThat(records)
        .allMatch(r -> r.effect() == Effect.EFFECTIVE || r.effect() == Effect.SKIPPED);
    assertThat(story).noneMatch(line -> line.contains("trouble"));
    for (FaultStep step : plan.steps()) {
      assertThat(story).filteredOn(line -> line.contains("start " + step.id() + " ")).hasSize(1);
      assertThat(story).filteredOn(line -> line.contains("stop " + step.id() + " ")).hasSize(1);
    }
    List<String> firstStory = List.copyOf(story);
    createACluster();
    cluster.lead("n1", 1);
    run(plan.steps().toArray(FaultStep[]::new));
    assertThat(story).isEqualTo(firstStory);
  }
}

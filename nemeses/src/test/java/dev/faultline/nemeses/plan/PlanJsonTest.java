package dev.faultline.nemeses.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.nemeses.Capability;
import dev.faultline.nemeses.PlanException;
import dev.faultline.nemeses.fault.Fault;
import dev.faultline.nemeses.fault.FaultSpec;
import dev.faultline.nemeses.fault.LinkFault;
import dev.faultline.nemeses.fault.LinkSelection;
import dev.faultline.nemeses.fault.NodeFault;
import dev.faultline.nemeses.fault.Target;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanJsonTest {

  private static final List<String> NODES = List.of("n1", "n2", "n3", "n4", "n5");
  private final PlanJson json = new PlanJson();

  @Test
  void everyDrawnPlanIsReadBackAsItself() {
    for (long seed = 0; seed < 50; seed++) {
      FaultPlan plan =
          PlanDrawer.draw(
                  new SplittableRandom(seed),
                  new PlanDrawer.Settings(
                      NODES,
                      EnumSet.allOf(Capability.class),
                      FaultSpec.parseList(
                          "partition,kill,pause,slow,lossy,reset,bandwidth,slice,disconnect"),
                      Duration.ofSeconds(5),
                      Duration.ofSeconds(3),
                      Duration.ofSeconds(60)))
              .plan();
      assertThat(json.read(json.write(plan), "plan.json")).isEqualTo(plan);
    }
  }

  @Test
  void everyTriggerIsReadBackAsItself() {
    Fault fault = new NodeFault.Kill(Target.LEADER, List.of());
    FaultPlan plan =
        new FaultPlan(
            List.of(
                    new Trigger.At(Duration.ofMillis(1500)),
                    new Trigger.After(new Trigger.LeaderChanged(), Duration.ofMillis(2)),
                    new Trigger.After(new Trigger.FaultStarted("s0"), Duration.ZERO),
                    new Trigger.After(new Trigger.FaultStopped("s0"), Duration.ofSeconds(1)),
                    new Trigger.After(new Trigger.NodeRestarted("n2"), Duration.ofNanos(1234)),
                    new Trigger.After(new Trigger.NodeRestarted(null), Duration.ZERO))
                .stream()
                .map(trigger -> new FaultStep("s", trigger, Duration.ofSeconds(1), fault))
                .toList());
    assertThat(json.read(json.write(plan), "plan.json")).isEqualTo(plan);
  }

  @Test
  void readsWhatPeopleWrite() {
    FaultPlan plan =
        json.read(
            """
            {"version": 1,
             "steps": [
               {"id": "f1", "at": "12s", "for": "1.5s",
                "fault": "partition:majorities-ring", "nodes": ["n3", "n1", "n5", "n2", "n4"]},
               {"id": "f2", "after": {"event": "leader-changed", "delay": "2ms"}, "for": "3s",
                "fault": "pause:leader"},
               {"id": "f3", "at": "20s", "for": "3s",
                "fault": "bandwidth:one", "nodes": ["n2"], "bytesPerSecond": 16000},
               {"id": "f4", "at": "24s", "for": "3s",
                "fault": "slice:leader", "pieceBytes": 64, "pieceDelay": "2ms"},
               {"id": "f5", "at": "28s", "for": "3s", "fault": "disconnect:one", "nodes": ["n4"]}]}
            """,
            "plan.json");
    plan.check(NODES, EnumSet.allOf(Capability.class));
    assertThat(plan.steps())
        .extracting(FaultStep::duration)
        .startsWith(Duration.ofMillis(1500), Duration.ofSeconds(3));
    assertThat(plan.steps().subList(2, 5))
        .extracting(FaultStep::fault)
        .containsExactly(
            new LinkFault.Bandwidth(LinkSelection.ONE, List.of("n2"), 16_000),
            new LinkFault.Slice(LinkSelection.LEADER, List.of(), 64, Duration.ofMillis(2)),
            new NodeFault.Disconnect(Target.ONE, List.of("n4")));
  }

  @Test
  void anUnknownKeyIsNamedWithItsPlaceAndTheNearestOne() {
    assertThatThrownBy(() ->
            json.read(
                "{\"version\": 1,\n \"steps\": [\n  {\"id\": \"f1\", \"att\": \"3s\"}]}",
                "plan.json"))
        .isInstanceOf(PlanException.class)
        .hasMessageStartingWith("plan.json:3:")
        .hasMessageEndingWith("unknown key 'att'; did you mean 'at'?");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | plan.json",
        "null | version",
        "[] | plan.json:1:",
        "{\"version\":1,\"steps\":[} | plan.json:1:",
        "{\"version\":2,\"steps\":[]} | \"version\": 1",
        "{\"version\":1,\"steps\":[null]} | step 1 is null",
        "{\"version\":1,\"steps\":[{}]} | 'id' is missing",
        "{\"version\":1,\"steps\":[{\"id\":\"a\",\"fault\":\"kill:one\",\"nodes\":[\"n1\"],\"for\":\"1s\"}]} | either 'at' or 'after'",
        "{\"version\":1,\"steps\":[{\"id\":\"a\",\"fault\":\"kill\",\"at\":\"1s\",\"for\":\"1s\"}]} | exactly what it breaks",
        "{\"version\":1,\"steps\":[{\"id\":\"a\",\"fault\":\"kill:all\",\"at\":\"soon\",\"for\":\"1s\"}]} | 'soon' is not a duration",
        "{\"version\":1,\"steps\":[{\"id\":\"a\",\"fault\":\"kill:all\",\"at\":\"1s\",\"for\":\"1s\",\"latency\":\"1s\"}]} | 'latency' means nothing to kill:all",
        "{\"version\":1,\"steps\":[{\"id\":\"a\",\"fault\":\"slow:all\",\"at\":\"1s\",\"for\":\"1s\"}]} | latency must be more than zero",
        "{\"version\":1,\"steps\":[{\"id\":\"a\",\"fault\":\"bandwidth:all\",\"at\":\"1s\",\"for\":\"1s\",\"bytesPerSecond\":10}]} | bytesPerSecond must lie between 1000 and 5000000",
        "{\"version\":1,\"steps\":[{\"id\":\"a\",\"fault\":\"slice:all\",\"at\":\"1s\",\"for\":\"1s\",\"pieceBytes\":10,\"pieceDelay\":\"3s\"}]} | pieceDelay in microseconds must lie between 100 and 100000",
        "{\"version\":1,\"steps\":[{\"id\":\"a\",\"fault\":\"slow:all\",\"at\":\"1s\",\"for\":\"1s\",\"latency\":\"1s\",\"pieceBytes\":10}]} | 'pieceBytes' means nothing to slow:all",
        "{\"version\":1,\"version\":1,\"steps\":[]} | plan.json:1:",
        "{\"version\":1,\"steps\":[]} x | plan.json:1:"
      })
  void garbageIsRefusedWithAReason(String text, String reason) {
    assertThatThrownBy(() -> json.read(text, "plan.json"))
        .isInstanceOf(PlanException.class)
        .hasMessageContaining(reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "kill:one | \"nodes\":[\"n9\"], | step a: kill:one names node 'n9'",
        "kill:one | \"nodes\":[\"n1\",\"n2\"], | takes 1 nodes",
        "kill:minority | \"nodes\":[\"n1\",\"n2\",\"n3\"], | takes 1 to 2 nodes",
        "partition:bridge | \"nodes\":[\"n1\",\"n1\",\"n3\",\"n4\",\"n5\"], | names node 'n1' twice",
        "partition:halves | `` | takes 2 nodes"
      })
  void aPlanThatDoesNotSuitTheClusterIsRefused(String fault, String nodes, String reason) {
    String text =
        "{\"version\":1,\"steps\":[{\"id\":\"a\",\"fault\":\""
            + fault
            + "\","
            + nodes
            + "\"at\":\"1s\",\"for\":\"1s\"}]}";
    FaultPlan plan = json.read(text, "plan.json");
    assertThatThrownBy(() -> plan.check(NODES, EnumSet.allOf(Capability.class)))
        .isInstanceOf(PlanException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void aStepThatWaitsForNobodyIsRefused() {
    Fault fault = new NodeFault.Kill(Target.ALL, List.of());
    Trigger trigger = new Trigger.After(new Trigger.FaultStopped("f2"), Duration.ZERO);
    FaultPlan plan =
        new FaultPlan(List.of(new FaultStep("f1", trigger, Duration.ofSeconds(1), fault)));
    assertThatThrownBy(() -> plan.check(NODES, Set.of(Capability.KILL)))
        .hasMessage("step f1: it waits for step 'f2', which does not exist; did you mean 'f1'?");
    assertThatThrownBy(() -> plan.check(NODES, Set.of()))
        .hasMessageContaining("kill:all needs a cluster that can kill nodes");
  }
}

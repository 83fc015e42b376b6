package dev.faultline.harness.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checkers.CheckResult;
import dev.faultline.checkers.Recording;
import dev.faultline.checkers.Verdict;
import dev.faultline.checkers.history.Event;
import dev.faultline.checkers.history.History;
import dev.faultline.checkers.history.HistoryBuilder;
import dev.faultline.checkers.history.OperationError;
import dev.faultline.checkers.json.Json;
import dev.faultline.harness.Seed;
import dev.faultline.harness.loop.VirtualScheduler;
import dev.faultline.harness.nemesis.FaultLedger;
import dev.faultline.nemeses.fault.ActiveFault;
import dev.faultline.nemeses.fault.NodeFault;
import dev.faultline.nemeses.fault.Target;
import dev.faultline.nemeses.plan.FaultPlan;
import dev.faultline.nemeses.plan.FaultStep;
import dev.faultline.nemeses.plan.Trigger;
import dev.faultline.workloads.client.Client;
import dev.faultline.workloads.client.ClientFactory;
import dev.faultline.workloads.client.Operation;
import dev.faultline.workloads.client.Outcome;
import dev.faultline.workloads.register.RegisterOptions;
import dev.faultline.workloads.register.RegisterWorkload;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The life of a run in virtual time, against a cluster and clients in memory. */
class RunLifeTest {

  private static final FaultPlan KILL_ONE =
      new FaultPlan(
          List.of(
              new FaultStep(
                  "f1",
                  new Trigger.At(Duration.ofSeconds(2)),
                  Duration.ofSeconds(2),
                  new NodeFault.Kill(Target.ONE, List.of("n2")))));

  private final VirtualScheduler scheduler = new VirtualScheduler();
  private final HealthyCluster cluster = new HealthyCluster();
  private final HistoryBuilder history = new HistoryBuilder();
  private final Memory clients = new Memory();

  @Test
  void leadsFromTheMainPhaseToTheEnd() throws Exception {
    LifeResult result = lead(KILL_ONE);
    assertThat(phases()).containsExactly("main", "leader", "heal", "recovered", "final", "end");
    assertThat(result.recoveryNanos()).isPresent();
    assertThat(result.healFailures()).isEmpty();
    assertThat(verdict()).isEqualTo(Verdict.valid());
  }

  @Test
  void aNodeThatStaysBehindIsNoRecovery() throws Exception {
    cluster.appliedByThird = 3;
    LifeResult result = lead(KILL_ONE);
    assertThat(result.noRecovery()).hasValueSatisfying(why -> assertThat(why).contains("n3 at 3"));
    assertThat(phases()).containsExactly("main", "leader", "heal", "end");
    assertThat(verdict()).isEqualTo(Verdict.invalid());
  }

  @Test
  void whereNodesTellNothingAWriteThroughEachOfThemIsRecovery() throws Exception {
    cluster.tellsStatus = false;
    LifeResult result = lead(KILL_ONE);
    assertThat(phases()).containsExactly("main", "heal", "recovered", "final", "end");
    assertThat(result.recoveryNanos()).isPresent();
    assertThat(clients.opened).contains("n1", "n2", "n3");
    assertThat(clients.values).containsKey("faultline-recovery");
    assertThat(keysInHistory()).doesNotContain("faultline-recovery");
    assertThat(verdict()).isEqualTo(Verdict.valid());
  }

  @Test
  void whereNodesTellNothingANodeThatAnswersNoWriteIsNoRecovery() throws Exception {
    cluster.tellsStatus = false;
    clients.mute = "n2";
    LifeResult result = lead(KILL_ONE);
    assertThat(result.noRecovery()).hasValue("no operation was answered through n2");
    assertThat(phases()).containsExactly("main", "heal", "end");
    assertThat(verdict()).isEqualTo(Verdict.invalid());
  }

  @Test
  void whatTheHarnessCannotHealIsNotTheSystemsFault() throws Exception {
    cluster.startable = false;
    lead(KILL_ONE);
    assertThat(phases()).endsWith("heal", "stopped");
    assertThat(verdict()).isInstanceOf(Verdict.Unknown.class);
  }

  @Test
  void aRunThatIsStoppedIsHealedAndUnknown() throws Exception {
    RunLife life = life(KILL_ONE);
    CompletableFuture<LifeResult> result = life.lead().toCompletableFuture();
    scheduler.runFor(Duration.ofSeconds(3));
    life.stop("interrupted");
    scheduler.runUntilIdle();
    assertThat(result.join().stopped()).hasValue("interrupted");
    assertThat(phases()).containsExactly("main", "leader", "stopped", "heal");
    assertThat(cluster.condition("n2").toCompletableFuture().join()).hasToString("RUNNING");
    assertThat(verdict()).isInstanceOf(Verdict.Unknown.class);
  }

  @Test
  void stoppingEndsTheWaitForRecovery() throws Exception {
    cluster.appliedByThird = 3;
    RunLife life = life(KILL_ONE);
    CompletableFuture<LifeResult> result = life.lead().toCompletableFuture();
    scheduler.runFor(Duration.ofSeconds(12));
    assertThat(phases()).endsWith("heal");
    life.stop("interrupted");
    scheduler.runFor(Duration.ofSeconds(7));
    assertThat(result).isCompleted();
    assertThat(verdict()).isInstanceOf(Verdict.Unknown.class);
  }

  @Test
  void aNodeThatEndsUnaskedIsTakenDownOnce() throws Exception {
    RunLife life = life(FaultPlan.EMPTY);
    CompletableFuture<LifeResult> result = life.lead().toCompletableFuture();
    scheduler.runFor(Duration.ofSeconds(3));
    life.nodeExited("n2", 137);
    life.nodeExited("n2", 137);
    scheduler.runUntilIdle();
    assertThat(result).isCompleted();
    assertThat(phases()).containsOnlyOnce("exited");
    assertThat(verdict()).isEqualTo(Verdict.invalid());
  }

  private LifeResult lead(FaultPlan plan) {
    CompletableFuture<LifeResult> result = life(plan).lead().toCompletableFuture();
    scheduler.runUntilIdle();
    return result.join();
  }

  private RunLife life(FaultPlan plan) {
    LifeSettings settings =
        new LifeSettings(
            new RegisterWorkload(RegisterOptions.standard()),
            plan,
            6,
            50,
            Duration.ofSeconds(8),
            Duration.ofSeconds(2),
            Duration.ofSeconds(30),
            new Seed(1));
    return new RunLife(
        settings, scheduler, cluster, clients, history::append, new NoLedger(), RunListener.SILENT);
  }

  private List<String> phases() {
    History all = history.build();
    return IntStream.range(0, all.size())
        .filter(i -> all.process(i) == Event.NEMESIS && all.f(i).equals("phase"))
        .mapToObj(i -> ((Json.Obj) all.value(i)).members().get("phase"))
        .map(phase -> ((Json.Text) Objects.requireNonNull(phase)).value())
        .toList();
  }

  private Set<String> keysInHistory() {
    History all = history.build();
    return IntStream.range(0, all.size())
        .mapToObj(all::key)
        .filter(Objects::nonNull)
        .collect(Collectors.toSet());
  }

  private Verdict verdict() throws Exception {
    History all = history.build();
    List<CheckResult> results =
        new Judge("cas-register", Duration.ofSeconds(20)).judge(new Recording(all, null));
    return Judge.verdict(results, all);
  }

  /** A register for each key, whose clients answer at once. */
  private static final class Memory implements ClientFactory {

    private final Map<String, Long> values = new HashMap<>();
    private final Set<String> opened = new HashSet<>();

    /** The node through which nothing is answered; none if empty. */
    private String mute = "";

    @Override
    public Set<Class<? extends Operation>> supports() {
      return Set.of(Operation.Read.class, Operation.Write.class, Operation.CompareAndSet.class);
    }

    @Override
    public CompletionStage<Client> open(String node) {
      opened.add(node);
      return CompletableFuture.completedFuture(
          new Client() {
            @Override
            public CompletionStage<Outcome> invoke(Operation operation) {
              return node.equals(mute)
                  ? new CompletableFuture<>()
                  : CompletableFuture.completedFuture(perform(operation));
            }

            @Override
            public CompletionStage<Void> close() {
              return CompletableFuture.completedFuture(null);
            }
          });
    }

    private Outcome perform(Operation operation) {
      String key = Objects.requireNonNull(operation.key());
      return switch (operation) {
        case Operation.Read _ ->
            new Outcome.Ok(values.containsKey(key) ? Json.of(values.get(key)) : Json.NULL, null);
        case Operation.Write(String _, long value) -> {
          values.put(key, value);
          yield new Outcome.Ok(operation.value(), null);
        }
        case Operation.Transaction _ ->
            throw new IllegalArgumentException("a register has no transactions");
        case Operation.CompareAndSet(String _, long expected, long value) -> {
          if (!Objects.equals(values.get(key), expected)) {
            yield new Outcome.Fail(
                new OperationError(OperationError.COMPARE_FAILED, "another value", true));
          }
          values.put(key, value);
          yield new Outcome.Ok(operation.value(), null);
        }
      };
    }

    @Override
    public void close() {}
  }

  private static final class NoLedger implements FaultLedger {

    @Override
    public void touching(ActiveFault fault) {}

    @Override
    public void healed(String id) {}
  }
}

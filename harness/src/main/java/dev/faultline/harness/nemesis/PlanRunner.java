package dev.faultline.harness.nemesis;

import dev.faultline.harness.loop.Scheduler;
import dev.faultline.nemeses.Cluster;
import dev.faultline.nemeses.fault.Fault;
import dev.faultline.nemeses.fault.FaultKind;
import dev.faultline.nemeses.plan.FaultPlan;
import dev.faultline.nemeses.plan.FaultStep;
import dev.faultline.nemeses.plan.Trigger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Executes a fault plan against a cluster, on the loop of a run.
 *
 * <p>Call {@link #begin} once, on the loop, when the main phase begins, and {@link #healAll} when
 * it ends, for whatever reason. Nothing here blocks, throws into the loop or waits for ever.
 */
public final class PlanRunner {

  private final Scheduler loop;
  private final Cluster cluster;
  private final FaultPlan plan;
  private final FaultLog log;
  private final Timing timing;
  private final Calls calls;
  private final ClusterKeeper keeper;
  private final StepContext context;
  private final LeaderWatch watch;

  private final Map<String, StepRun> runs = new LinkedHashMap<>();
  private final List<FaultStep> expectant = new ArrayList<>();
  private final List<Scheduler.Timer> timers = new ArrayList<>();
  private final Set<String> exited = new HashSet<>();
  private final Set<String> unheard = new HashSet<>();
  private final CompletableFuture<List<FaultRecord>> finished = new CompletableFuture<>();
  private List<String> failedActs = List.of();
  private boolean stopped;
  private final List<CompletableFuture<List<String>>> awaitingHeal = new ArrayList<>();

  /**
   * Creates a runner.
   *
   * @throws dev.faultline.nemeses.PlanException if the cluster cannot suffer the plan
   */
  public PlanRunner(
      Scheduler loop,
      Cluster cluster,
      FaultPlan plan,
      FaultLog log,
      FaultLedger ledger,
      Timing timing) {
    plan.check(cluster.nodes(), cluster.capabilities());
    this.loop = loop;
    this.cluster = cluster;
    this.plan = plan;
    this.log = log;
    this.timing = timing;
    this.calls = new Calls(loop);
    this.keeper = new ClusterKeeper(cluster, calls, timing, new NodeEvents());
    LeaderFinder leaders = new LeaderFinder(cluster, calls, timing.question());
    this.context =
        new StepContext(
            loop,
            cluster,
            calls,
            timing,
            keeper,
            leaders,
            log,
            ledger,
            EnumSet.noneOf(FaultKind.class),
            exited,
            unheard,
            this::exited);
    this.watch = new LeaderWatch(loop, leaders, () -> observed(new Trigger.LeaderChanged()));
  }

  /**
   * Begins the main phase: times of the plan count from now.
   *
   * @return completes on the loop with every step's last record, in the plan's order, once all have
   *     ended; never fails
   */
  public CompletionStage<List<FaultRecord>> begin() {
    for (FaultStep step : plan.steps()) {
      runs.put(step.id(), new StepRun(step, context, new StepEvents()));
      switch (step.trigger()) {
        case Trigger.At(Duration since) -> strikeAfter(step, since);
        case Trigger.After _ -> expectant.add(step);
      }
    }
    if (plan.waitsForLeaderChange()) {
      watch.ask();
    }
    finishIfAllEnded();
    return finished.minimalCompletionStage();
  }

  /** Returns what is known of every step by now, in the plan's order. Call it on the loop. */
  public List<FaultRecord> records() {
    return runs.values().stream().map(StepRun::record).toList();
  }

  /**
   * Ends every step and brings everything back: links healthy, nodes running. What had not begun is
   * skipped. Idempotent: every call looks at everything again. Safe from any thread.
   *
   * @return completes with what could not be mended, empty if all is well; never fails
   */
  public CompletionStage<List<String>> healAll() {
    CompletableFuture<List<String>> result = new CompletableFuture<>();
    loop.post(() -> heal(result));
    return result.minimalCompletionStage();
  }

  /**
   * Returns what the last {@link #healAll} could not do, as opposed to what it did and then did not
   * see take effect. Call it on the loop.
   */
  public List<String> failedActs() {
    return failedActs;
  }

  private void heal(CompletableFuture<List<String>> result) {
    awaitingHeal.add(result);
    if (awaitingHeal.size() > 1) {
      return; // under way; its outcome is everybody's
    }
    stopped = true;
    watch.stop();
    timers.forEach(Scheduler.Timer::cancel);
    expectant.clear();
    runs.values().forEach(StepRun::abort);
    keeper.clear(settled -> checkEverything(settled.errors()));
  }

  private void checkEverything(List<String> errors) {
    failedActs = List.copyOf(errors);
    new HealCheck(
            context,
            Fault.allLinks(cluster.nodes()),
            cluster.nodes(),
            Set.of(),
            timing.heal(),
            missing -> {
              List<String> troubles = new ArrayList<>(errors);
              troubles.addAll(missing);
              exited.stream().sorted().forEach(node -> troubles.add(node + " has exited"));
              List<CompletableFuture<List<String>>> told = List.copyOf(awaitingHeal);
              awaitingHeal.clear();
              told.forEach(waiter -> waiter.complete(List.copyOf(troubles)));
            })
        .look();
  }

  private void strikeAfter(FaultStep step, Duration delay) {
    StepRun run = runs.get(step.id());
    if (run != null && !stopped) {
      timers.add(loop.after(delay.toNanos(), run::strike));
    }
  }

  /** Lets the steps begin that waited for this. */
  private void observed(Trigger.Event event) {
    for (FaultStep step : List.copyOf(expectant)) {
      if (step.trigger() instanceof Trigger.After(Trigger.Event awaited, Duration delay)
          && matches(awaited, event)) {
        expectant.remove(step);
        strikeAfter(step, delay);
      }
    }
  }

  private static boolean matches(Trigger.Event awaited, Trigger.Event event) {
    return awaited.equals(event)
        || (awaited instanceof Trigger.NodeRestarted(var node)
            && node == null
            && event instanceof Trigger.NodeRestarted);
  }

  private void finishIfAllEnded() {
    if (runs.values().stream().allMatch(StepRun::ended)) {
      finished.complete(records());
    }
  }

  private void exited(String node) {
    if (exited.add(node)) {
      log.nodeExited(node);
    }
  }

  /** What the keepers of nodes tell the runner. */
  private final class NodeEvents implements NodeKeeper.Watcher {

    @Override
    public void exited(String node) {
      PlanRunner.this.exited(node);
    }

    @Override
    public void restarted(String node) {
      unheard.add(node);
      observed(new Trigger.NodeRestarted(node));
    }
  }

  /** What a step tells the runner. */
  private final class StepEvents implements StepRun.Events {

    @Override
    public void started(String id) {
      observed(new Trigger.FaultStarted(id));
    }

    @Override
    public void stopped(String id) {
      observed(new Trigger.FaultStopped(id));
    }

    @Override
    public void ended() {
      finishIfAllEnded();
    }
  }
}

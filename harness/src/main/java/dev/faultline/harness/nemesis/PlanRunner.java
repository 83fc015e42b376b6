package dev.faultline.harness.nemesis;
import java.util.*;
import java.util.concurrent.*;
public final class PlanRunner {
  public PlanRunner(dev.faultline.harness.loop.Scheduler s, dev.faultline.nemeses.Cluster c, dev.faultline.nemeses.plan.FaultPlan p, Object log) {}
  public void start() {}
  public void leaderChanged(String n) {}
  public CompletionStage<List<String>> healAll() { return CompletableFuture.completedFuture(List.of()); }
}

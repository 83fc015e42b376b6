package dev.faultline.harness.run;

import dev.faultline.harness.cluster.LinkBackend;
import dev.faultline.harness.scenario.Scenario;
import dev.faultline.harness.system.SystemUnderTest;
import dev.faultline.nemeses.plan.FaultPlan;
import dev.faultline.workloads.Workload;
import java.nio.file.Path;
import java.util.List;

/**
 * A run to be carried out, everything about it decided.
 *
 * @param scenario the scenario
 * @param system the system that the scenario names
 * @param links what stands in the links
 * @param workload the workload that it names
 * @param plan the plan that it draws or names
 * @param runs the directory that run directories lie in
 * @param keepData whether the nodes' data are kept even if nothing is wrong
 * @param version the version of Faultline that runs it
 * @param again the commands that repeat this run, best first
 */
public record RunRequest(
    Scenario scenario,
    SystemUnderTest system,
    LinkBackend links,
    Workload workload,
    FaultPlan plan,
    Path runs,
    boolean keepData,
    String version,
    List<String> again) {

  public RunRequest {
    again = List.copyOf(again);
  }
}

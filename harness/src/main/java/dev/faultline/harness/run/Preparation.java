package dev.faultline.harness.run;

import dev.faultline.harness.cluster.ClusterKind;
import dev.faultline.harness.cluster.LinkBackend;
import dev.faultline.harness.scenario.Scenario;
import dev.faultline.harness.scenario.ScenarioException;
import dev.faultline.harness.system.PeerRouting;
import dev.faultline.harness.system.Plugins;
import dev.faultline.harness.system.SystemFile;
import dev.faultline.harness.system.SystemFileException;
import dev.faultline.harness.system.SystemUnderTest;
import dev.faultline.harness.system.Systems;
import dev.faultline.nemeses.Capability;
import dev.faultline.nemeses.NearestName;
import dev.faultline.nemeses.PlanException;
import dev.faultline.nemeses.fault.Abilities;
import dev.faultline.nemeses.fault.FaultSpec;
import dev.faultline.nemeses.plan.FaultPlan;
import dev.faultline.nemeses.plan.PlanDrawer;
import dev.faultline.nemeses.plan.PlanJson;
import dev.faultline.workloads.Workload;
import dev.faultline.workloads.register.RegisterOptions;
import dev.faultline.workloads.register.RegisterWorkload;
import dev.faultline.workloads.transaction.TransactionOptions;
import dev.faultline.workloads.transaction.TransactionWorkload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Turns a scenario into a run with everything decided, and refuses what cannot be run before
 * anything is started.
 *
 * @param request the run
 * @param remarks what the user should know of the decisions, a line each
 */
public record Preparation(RunRequest request, List<String> remarks) {

  private static final String REGISTER = "register";

  public Preparation {
    remarks = List.copyOf(remarks);
  }

  /**
   * Prepares a run of {@code scenario}.
   *
   * @param runs where run directories lie
   * @param keepData whether the nodes' data are kept even if nothing is wrong
   * @param version the version of Faultline that runs it
   * @param again the commands that repeat the run
   * @throws ScenarioException if the scenario names what there is not, or asks for what cannot be
   */
  public static Preparation of(
      Scenario scenario, Path runs, boolean keepData, String version, List<String> again)
      throws ScenarioException {
    List<String> remarks = new ArrayList<>();
    SystemUnderTest system = system(scenario);
    checkDeviation(scenario, system);
    Workload workload = workload(scenario);
    LinkBackend links = links(scenario, system);
    FaultPlan plan = plan(scenario, scenario.cluster().capabilities(links, system), remarks);
    return new Preparation(
        new RunRequest(scenario, system, links, workload, plan, runs, keepData, version, again),
        remarks);
  }

  private static ClassLoader loader(Scenario scenario) throws ScenarioException {
    try {
      return Plugins.loader(scenario.plugins());
    } catch (SystemFileException e) {
      throw new ScenarioException(e.where(), e.what());
    }
  }

  private static SystemUnderTest system(Scenario scenario) throws ScenarioException {
    ClassLoader loader = loader(scenario);
    String system = scenario.system();
    try {
      return SystemFile.isNamedBy(system)
          ? SystemFile.read(Path.of(system), loader)
          : Systems.in(loader).named(system);
    } catch (IllegalArgumentException e) {
      throw new ScenarioException("system", String.valueOf(e.getMessage()));
    } catch (SystemFileException e) {
      throw new ScenarioException(e.where(), e.what());
    } catch (NoSuchFileException _) {
      throw new ScenarioException("system", "there is no file " + system);
    } catch (IOException e) {
      throw new ScenarioException("system", system + " cannot be read: " + e.getMessage());
    }
  }

  private static void checkDeviation(Scenario scenario, SystemUnderTest system)
      throws ScenarioException {
    Optional<String> deviation = scenario.deviation();
    List<String> names = system.deviations().stream().map(SystemUnderTest.KnownBug::name).toList();
    if (deviation.isPresent() && !names.contains(deviation.get())) {
      throw new ScenarioException(
          "deviation",
          system.name()
              + " knows no deviation '"
              + deviation.get()
              + "'"
              + NearestName.hint(deviation.get(), names)
              + "; './faultline list deviations' shows them all");
    }
  }

  /** Returns the workload that {@code scenario} names, with its options. */
  public static Workload workload(Scenario scenario) throws ScenarioException {
    if (!scenario.workload().equals(REGISTER)) {
      return TransactionWorkload.named(
              scenario.workload(),
              TransactionOptions.of(scenario.keys(), scenario.opsPerKey())
                  .withLongest(scenario.transactionLength()))
          .orElseThrow(() -> unknownWorkload(scenario.workload()));
    }
    try {
      Workload workload =
          new RegisterWorkload(
              RegisterOptions.standard()
                  .withKeys(scenario.keys())
                  .withOperationsPerKey(scenario.opsPerKey())
                  .withValues(
                      scenario.uniqueValues()
                          ? RegisterOptions.Values.UNIQUE
                          : RegisterOptions.Values.SMALL));
      var _ =
          workload.mainPhase(
              scenario.nodeNames(), scenario.concurrency()); // Refuses what does not fit.
      return workload;
    } catch (IllegalArgumentException e) {
      throw new ScenarioException(
          "workload " + scenario.workload(), String.valueOf(e.getMessage()));
    }
  }

  private static ScenarioException unknownWorkload(String name) {
    List<String> known = new ArrayList<>(List.of(REGISTER));
    known.addAll(TransactionWorkload.names());
    return new ScenarioException(
        "workload",
        "no workload is called '"
            + name
            + "'"
            + NearestName.hint(name, known)
            + "; there is: "
            + String.join(", ", known));
  }

  /** Chooses what stands in the links, unless that was said. */
  private static LinkBackend links(Scenario scenario, SystemUnderTest system)
      throws ScenarioException {
    List<LinkBackend> possible = possibleLinks(scenario);
    if (scenario.links().isEmpty()) {
      return choose(scenario, possible);
    }
    LinkBackend asked = scenario.links().get();
    if (!possible.contains(asked)) {
      throw new ScenarioException(
          "links",
          system.name()
              + " in a "
              + scenario.cluster().word()
              + " cluster cannot have '"
              + asked.word()
              + "', only "
              + possible.stream().map(LinkBackend::word).toList());
    }
    return asked;
  }

  /**
   * Returns what can stand in the links of the cluster that {@code scenario} asks for, what is to
   * be preferred first.
   *
   * @throws ScenarioException if the system cannot be run in such a cluster
   */
  public static List<LinkBackend> possibleLinks(Scenario scenario) throws ScenarioException {
    SystemUnderTest system = system(scenario);
    ClusterKind cluster = scenario.cluster();
    if (cluster == ClusterKind.DOCKER && system.image(scenario.systemOptions()).isEmpty()) {
      throw new ScenarioException(
          "cluster", "there is no image of " + system.name() + "; name one with --image");
    }
    List<LinkBackend> possible =
        cluster.backends().stream()
            .filter(
                links -> links != LinkBackend.PROXIES || system.peerRouting() != PeerRouting.DIRECT)
            .toList();
    if (possible.isEmpty()) {
      throw new ScenarioException(
          "cluster",
          "the nodes of "
              + system.name()
              + " dial one another directly, so that only a packet filter can cut them off; use"
              + " --cluster docker");
    }
    return possible;
  }

  /** Returns the first of {@code possible} that can do all that {@code scenario} asks for. */
  public static LinkBackend choose(Scenario scenario, List<LinkBackend> possible)
      throws ScenarioException {
    SystemUnderTest system = system(scenario);
    for (LinkBackend links : possible) {
      if (isEnough(scenario, scenario.cluster().capabilities(links, system))) {
        return links;
      }
    }
    return possible.getFirst(); // The plan's own check says what is missing.
  }

  private static boolean isEnough(Scenario scenario, Set<Capability> capabilities)
      throws ScenarioException {
    if (scenario.plan().isPresent()) {
      return capabilities.containsAll(readPlan(scenario.plan().get()).needs(scenario.nodes()));
    }
    List<FaultSpec> faults;
    try {
      faults = scenario.faults().stream().map(FaultSpec::parse).toList();
    } catch (PlanException e) {
      throw new ScenarioException("faults", e.getMessage() + ". " + e.remedy());
    }
    Abilities abilities = new Abilities(scenario.nodes(), capabilities);
    return faults.stream().allMatch(abilities::canSuffer);
  }

  private static FaultPlan plan(
      Scenario scenario, Set<Capability> capabilities, List<String> remarks)
      throws ScenarioException {
    try {
      FaultPlan plan =
          scenario.plan().isPresent()
              ? readPlan(scenario.plan().get())
              : drawPlan(scenario, capabilities, remarks);
      plan.check(scenario.nodeNames(), capabilities);
      return plan;
    } catch (PlanException e) {
      throw new ScenarioException(
          scenario.plan().isPresent() ? "plan" : "faults", e.getMessage() + ". " + e.remedy());
    }
  }

  private static FaultPlan readPlan(Path file) throws ScenarioException {
    try {
      return new PlanJson().read(Files.readString(file), file.toString());
    } catch (PlanException e) {
      throw new ScenarioException("plan", e.getMessage() + ". " + e.remedy());
    } catch (NoSuchFileException _) {
      throw new ScenarioException("plan", "there is no file " + file);
    } catch (IOException e) {
      throw new ScenarioException("plan", file + " cannot be read: " + e.getMessage());
    }
  }

  private static FaultPlan drawPlan(
      Scenario scenario, Set<Capability> capabilities, List<String> remarks) {
    PlanDrawer.Drawn drawn =
        PlanDrawer.draw(
            scenario.seed().fork("faults").random(),
            new PlanDrawer.Settings(
                scenario.nodeNames(),
                capabilities,
                scenario.faults().stream().map(FaultSpec::parse).distinct().toList(),
                scenario.every(),
                scenario.lasting(),
                scenario.duration()));
    if (!drawn.leftOut().isEmpty()) {
      remarks.add(
          "the main phase is too short for these faults, which are left out: " + drawn.leftOut());
    }
    return drawn.plan();
  }
}

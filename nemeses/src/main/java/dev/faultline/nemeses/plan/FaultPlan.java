package dev.faultline.nemeses.plan;

import dev.faultline.nemeses.Capability;
import dev.faultline.nemeses.NearestName;
import dev.faultline.nemeses.PlanException;
import dev.faultline.nemeses.fault.Abilities;
import dev.faultline.nemeses.fault.Fault;
import dev.faultline.nemeses.fault.FaultKind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What is going to be broken, when and for how long: data, complete before a run starts. Immutable.
 *
 * @param steps the steps, their ids unique
 */
public record FaultPlan(List<FaultStep> steps) {

  /** A plan that breaks nothing. */
  public static final FaultPlan EMPTY = new FaultPlan(List.of());

  public FaultPlan {
    steps = List.copyOf(steps);
  }

  /** Returns the kinds of fault that the plan holds. */
  public Set<FaultKind> kinds() {
    Set<FaultKind> kinds = EnumSet.noneOf(FaultKind.class);
    steps.forEach(step -> kinds.add(step.fault().kind()));
    return kinds;
  }

  /**
   * Returns what a cluster must be able to do so that the plan can be carried out.
   *
   * @param nodes how many nodes the cluster has
   */
  public Set<Capability> needs(int nodes) {
    Set<Capability> needed = EnumSet.noneOf(Capability.class);
    steps.forEach(step -> needed.addAll(needs(step, nodes)));
    return needed;
  }

  private static Set<Capability> needs(FaultStep step, int nodes) {
    Fault fault = step.fault();
    Set<Capability> needed = EnumSet.noneOf(Capability.class);
    needed.addAll(fault.kind().needs(fault.variant(), nodes));
    if (waitsForLeader(step)) {
      needed.add(Capability.LEADER);
    }
    return needed;
  }

  /** Tells whether a step waits for a change of leader. */
  static boolean waitsForLeader(FaultStep step) {
    return step.trigger() instanceof Trigger.After after
        && after.event() instanceof Trigger.LeaderChanged;
  }

  /** Tells whether any step waits for a change of leader, so that somebody must watch for it. */
  public boolean waitsForLeaderChange() {
    return steps.stream().anyMatch(FaultPlan::waitsForLeader);
  }

  /**
   * Checks that the plan can be carried out on a cluster, before anything is started.
   *
   * @param nodes the cluster's nodes
   * @param capabilities what can be done to the cluster
   * @throws PlanException if a step is impossible; it names the step
   */
  public void check(List<String> nodes, Set<Capability> capabilities) {
    List<String> ids = new ArrayList<>();
    for (FaultStep step : steps) {
      if (ids.contains(step.id())) {
        throw new PlanException("two steps are called '" + step.id() + "'", "Rename one of them.");
      }
      ids.add(step.id());
    }
    for (FaultStep step : steps) {
      try {
        checkStep(step, ids, nodes, capabilities);
      } catch (PlanException e) {
        throw new PlanException("step " + step.id() + ": " + e.getMessage(), e.remedy());
      }
    }
  }

  private static void checkStep(
      FaultStep step, List<String> ids, List<String> nodes, Set<Capability> capabilities) {
    new Abilities(nodes.size(), capabilities)
        .require(step.fault().name(), needs(step, nodes.size()));
    step.fault().check(nodes);
    if (!step.duration().isPositive()) {
      throw new PlanException("its duration must be more than zero", "Write, for example, 5s.");
    }
    if (step.trigger() instanceof Trigger.After after) {
      checkEvent(after.event(), step.id(), ids, nodes);
    }
  }

  private static void checkEvent(
      Trigger.Event event, String ownId, List<String> ids, List<String> nodes) {
    switch (event) {
      case Trigger.LeaderChanged _ -> {}
      case Trigger.FaultStarted(String step) -> checkName("step", step, ownId, ids);
      case Trigger.FaultStopped(String step) -> checkName("step", step, ownId, ids);
      case Trigger.NodeRestarted(var node) -> {
        if (node != null) {
          checkName("node", node, "", nodes);
        }
      }
    }
  }

  private static void checkName(String what, String name, String not, List<String> known) {
    if (name.equals(not)) {
      throw new PlanException("it waits for itself", "Name another step.");
    }
    if (!known.contains(name)) {
      throw new PlanException(
          "it waits for "
              + what
              + " '"
              + name
              + "', which does not exist"
              + NearestName.hint(name, known),
          "Choose one of " + String.join(", ", known) + ".");
    }
  }
}

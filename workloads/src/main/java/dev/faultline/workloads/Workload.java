package dev.faultline.workloads;

import dev.faultline.checkers.json.Json;
import dev.faultline.workloads.client.Operation;
import dev.faultline.workloads.generator.Generator;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * What clients do in a run, and by which model the record of it is judged. Immutable.
 *
 * <p>A workload knows the vocabulary of {@link Operation}, never a system. How fast and for how
 * long it runs is not its business: whoever runs it wraps {@link #mainPhase} into a rate and a time
 * limit.
 */
public interface Workload {

  /** Returns the name by which users choose this workload, such as {@code register}. */
  String name();

  /** Returns every option with the value in use, as it is stored with the run. */
  Json.Obj options();

  /** Returns the operations without which this workload cannot run. */
  Set<Class<? extends Operation>> needs();

  /** Returns the name of the model that its keys are linearizable by, such as cas-register. */
  String model();

  /**
   * Returns what clients do while the system is being broken; endless.
   *
   * @param nodes the nodes' names; thread {@code t} speaks to node {@code t % nodes.size()}
   * @param concurrency how many threads there are
   * @throws IllegalArgumentException if the options do not fit these numbers; says what to change
   */
  Generator mainPhase(List<String> nodes, int concurrency);

  /**
   * Returns what clients do once everything is healed and has recovered. It ends by itself: within
   * bounded tries and time.
   *
   * @param nodes the nodes' names; thread {@code t} speaks to node {@code t % nodes.size()}
   * @param keys every key that the main phase used
   */
  Generator finalPhase(List<String> nodes, Collection<String> keys);
}

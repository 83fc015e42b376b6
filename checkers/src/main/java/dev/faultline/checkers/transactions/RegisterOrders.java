package dev.faultline.checkers.transactions;

import dev.faultline.checkers.transactions.VersionSteps.Step;
import dev.faultline.checkers.transactions.graph.Deadline;
import dev.faultline.checkers.transactions.graph.Dependency;
import dev.faultline.checkers.transactions.graph.DependencyGraph;
import dev.faultline.checkers.transactions.graph.OutOfTimeException;
import dev.faultline.checkers.transactions.graph.RealTimeOrder;
import dev.faultline.checkers.transactions.models.Anomaly;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is known of the order in which each register's versions followed each other, from several
 * sources.
 *
 * <p>A source that contradicts itself, or those before it, is an anomaly, and left out: what the
 * system told of one register for that register alone, for each is told by itself; what was assumed
 * of all registers for all, for it is refuted.
 */
final class RegisterOrders {

  private final Transactions transactions;
  private final Touches touches;
  private final TransactionOptions options;
  private final Revisions revisions;
  private final Anomalies found;
  private final Deadline deadline;
  private final VersionSteps steps;

  /** The sources believed so far. */
  private final Set<VersionSource> sources = EnumSet.noneOf(VersionSource.class);

  /** What is known of each register. */
  private final List<List<Step>> known = new ArrayList<>();

  /**
   * Works out what is known.
   *
   * @throws OutOfTimeException if the deadline comes first
   */
  RegisterOrders(
      Transactions transactions,
      Touches touches,
      TransactionOptions options,
      Revisions revisions,
      Anomalies found,
      Deadline deadline) {
    this.transactions = transactions;
    this.touches = touches;
    this.options = options;
    this.revisions = revisions;
    this.found = found;
    this.deadline = deadline;
    this.steps = new VersionSteps(transactions, touches, revisions, deadline);
    learn();
  }

  private void learn() {
    for (int key = 0; key < transactions.versions().keys(); key++) {
      known.add(steps.of(VersionSource.INITIAL_STATE, key));
    }
    sources.add(VersionSource.INITIAL_STATE);
    if (!revisions.isEmpty()) {
      // Revisions put versions into a line, so that they contradict neither themselves nor this.
      for (int key = 0; key < known.size(); key++) {
        known.get(key).addAll(steps.of(VersionSource.MOD_REVISIONS, key));
      }
      sources.add(VersionSource.MOD_REVISIONS);
    }
    if (options.wfrKeys()) {
      assume(VersionSource.WFR_KEYS);
    }
    if (options.sequentialKeys()) {
      assume(VersionSource.SEQUENTIAL_KEYS);
    }
    if (options.linearizableKeys()) {
      assume(VersionSource.LINEARIZABLE_KEYS);
    }
    known.replaceAll(RegisterOrders::withoutNeedlessInitial);
  }

  /** Returns how many registers there are. */
  int keys() {
    return known.size();
  }

  /** Returns what is known of {@code key}. */
  List<Step> of(int key) {
    return known.get(key);
  }

  /** Returns one who can explain what is known of {@code key}. */
  VersionStory story(int key) {
    return story(key, sources, known.get(key));
  }

  private VersionStory story(int key, Set<VersionSource> believed, List<Step> order) {
    return new VersionStory(transactions, touches, revisions, steps, key, believed, order);
  }

  private void assume(VersionSource source) {
    List<List<Step>> all = new ArrayList<>();
    boolean holds = true;
    for (int key = 0; key < known.size(); key++) {
      List<Step> told = steps.of(source, key);
      List<Step> both = new ArrayList<>(known.get(key));
      both.addAll(told);
      holds &= told.isEmpty() || isConsistent(key, source, both);
      all.add(both);
    }
    if (holds) {
      Collections.copy(known, all);
      sources.add(source);
    }
  }

  private boolean isConsistent(int key, VersionSource source, List<Step> both) {
    List<int[]> components = components(steps.versions(key), both);
    if (components.isEmpty()) {
      return true;
    }
    Set<VersionSource> believed = EnumSet.copyOf(sources);
    believed.add(source);
    VersionStory story = story(key, believed, both);
    String name = transactions.versions().keyName(key);
    for (int[] component : components) {
      deadline.check();
      List<Step> circle = story.circle(component);
      List<Integer> members = story.members(circle);
      found.add(
          Anomaly.CYCLIC_VERSIONS,
          name,
          () ->
              "versions of "
                  + name
                  + " stand in a circle: "
                  + story.inWords(circle, t -> "T" + (members.indexOf(t) + 1)),
          members.toArray(Integer[]::new));
    }
    return false;
  }

  /** Returns the components of more than one version. */
  private List<int[]> components(int[] versions, List<Step> order) {
    DependencyGraph.Builder graph = new DependencyGraph.Builder(versions.length + 1, deadline);
    for (Step step : order) {
      graph.add(node(versions, step.before()), node(versions, step.after()), Dependency.WW);
    }
    return graph.build(RealTimeOrder.none(versions.length + 1)).components(deadline).stream()
        .map(nodes -> Arrays.stream(nodes).map(n -> version(versions, n)).toArray())
        .toList();
  }

  /** The initial state is node 0, all other versions follow in their order. */
  private static int node(int[] versions, int version) {
    return version == Transactions.NIL ? 0 : Arrays.binarySearch(versions, version) + 1;
  }

  private static int version(int[] versions, int node) {
    return node == 0 ? Transactions.NIL : versions[node - 1];
  }

  /** The initial state needs a step only to versions that nothing else is known to precede. */
  private static List<Step> withoutNeedlessInitial(List<Step> known) {
    var preceded =
        known.stream()
            .filter(step -> step.before() != Transactions.NIL)
            .map(Step::after)
            .collect(Collectors.toSet());
    return known.stream()
        .filter(step -> step.before() != Transactions.NIL || !preceded.contains(step.after()))
        .toList();
  }
}

package dev.faultline.checkers.transactions;

import dev.faultline.checkers.transactions.graph.Dependency;
import dev.faultline.checkers.transactions.graph.DependencyGraph;
import dev.faultline.checkers.transactions.graph.RealTimeOrder;
import dev.faultline.checkers.transactions.models.Anomaly;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What is known of the order in which each register's versions followed each other, from several
 * sources.
 *
 * <p>A source that contradicts itself, or those before it, is an anomaly, and left out: what the
 * system told of one register for that register alone, for each is told by itself; what was assumed
 * of all registers for all, for it is refuted.
 */
final class RegisterOrders {

  /** Two versions, the first known to be before the second. */
  record Step(int before, int after) {}

  private final Transactions transactions;
  private final Touches touches;
  private final TransactionOptions options;
  private final Revisions revisions;
  private final Anomalies found;

  /** The sources believed so far. */
  private final List<String> sources = new ArrayList<>();

  RegisterOrders(
      Transactions transactions,
      Touches touches,
      TransactionOptions options,
      Revisions revisions,
      Anomalies found) {
    this.transactions = transactions;
    this.touches = touches;
    this.options = options;
    this.revisions = revisions;
    this.found = found;
  }

  /** Returns what is known of each register. */
  List<List<Step>> all() {
    List<List<Step>> known = new ArrayList<>();
    for (int key = 0; key < transactions.versions().keys(); key++) {
      List<Step> initial = new ArrayList<>();
      for (int version : versions(key)) {
        initial.add(new Step(Transactions.NIL, version));
      }
      known.add(initial);
    }
    sources.add("initial-state");
    learnRevisions(known);
    if (options.wfrKeys()) {
      assume("wfr-keys", this::writesFollowReads, known);
    }
    if (options.sequentialKeys()) {
      assume("sequential-keys", this::sequential, known);
    }
    if (options.linearizableKeys()) {
      assume("linearizable-keys", this::linearizable, known);
    }
    known.replaceAll(RegisterOrders::withoutNeedlessInitial);
    return known;
  }

  /** Returns every version of {@code key} that was read or left behind, ascending. */
  private int[] versions(int key) {
    return IntStream.range(touches.first(key), touches.end(key))
        .flatMap(place -> IntStream.of(touches.read(place), touches.written(place)))
        .filter(version -> version >= 0)
        .sorted()
        .distinct()
        .toArray();
  }

  private void learnRevisions(List<List<Step>> known) {
    if (revisions.isEmpty()) {
      return;
    }
    for (int key = 0; key < known.size(); key++) {
      int[] versions = versions(key);
      List<Step> both = new ArrayList<>(known.get(key));
      both.addAll(byRevision(versions));
      if (isConsistent(key, "mod-revisions", versions, both)) {
        known.set(key, both);
      }
    }
    sources.add("mod-revisions");
  }

  private void assume(String source, IntFunction<List<Step>> stepsOf, List<List<Step>> known) {
    List<List<Step>> all = new ArrayList<>();
    boolean holds = true;
    for (int key = 0; key < known.size(); key++) {
      List<Step> steps = stepsOf.apply(key);
      List<Step> both = new ArrayList<>(known.get(key));
      both.addAll(steps);
      holds &= steps.isEmpty() || isConsistent(key, source, versions(key), both);
      all.add(both);
    }
    if (holds) {
      Collections.copy(known, all);
      sources.add(source);
    }
  }

  private boolean isConsistent(int key, String source, int[] versions, List<Step> steps) {
    String name = transactions.versions().keyName(key);
    List<int[]> cycles = cycles(versions, steps);
    for (int[] cycle : cycles) {
      found.add(
          Anomaly.CYCLIC_VERSIONS,
          name,
          () ->
              "the versions "
                  + Arrays.stream(cycle)
                      .mapToObj(version -> OperationText.version(transactions, version))
                      .collect(Collectors.joining(", "))
                  + " of "
                  + name
                  + " would each come before the others, by "
                  + String.join(", ", sources)
                  + " and "
                  + source,
          writersAndReaders(key, cycle));
    }
    return cycles.isEmpty();
  }

  private Integer[] writersAndReaders(int key, int[] versions) {
    return IntStream.range(touches.first(key), touches.end(key))
        .filter(place ->
            Arrays.stream(versions)
                .anyMatch(v -> v == touches.read(place) || v == touches.written(place)))
        .map(touches::transaction)
        .limit(2L * versions.length)
        .boxed()
        .toArray(Integer[]::new);
  }

  /** Returns the components of more than one version. */
  private static List<int[]> cycles(int[] versions, List<Step> steps) {
    DependencyGraph.Builder graph = new DependencyGraph.Builder(versions.length + 1);
    for (Step step : steps) {
      graph.add(node(versions, step.before()), node(versions, step.after()), Dependency.WW);
    }
    return graph.build(RealTimeOrder.none(versions.length + 1)).components().stream()
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

  /** Versions that share a revision, which cannot be, have no place among the others. */
  private List<Step> byRevision(int[] versions) {
    Map<Long, Long> shared =
        Arrays.stream(versions)
            .boxed()
            .collect(Collectors.groupingBy(revisions::of, Collectors.counting()));
    int[] sorted =
        Arrays.stream(versions)
            .filter(version -> revisions.of(version) != Revisions.UNKNOWN)
            .filter(version -> shared.getOrDefault(revisions.of(version), 0L) == 1)
            .boxed()
            .sorted(Comparator.comparingLong(revisions::of))
            .mapToInt(Integer::intValue)
            .toArray();
    List<Step> steps = new ArrayList<>();
    for (int i = 1; i < sorted.length; i++) {
      steps.add(new Step(sorted[i - 1], sorted[i]));
    }
    return steps;
  }

  private List<Step> writesFollowReads(int key) {
    List<Step> steps = new ArrayList<>();
    for (int place = touches.first(key); place < touches.end(key); place++) {
      if (transactions.isOk(touches.transaction(place))) {
        add(steps, touches.read(place), touches.written(place));
      }
    }
    return steps;
  }

  private List<Step> sequential(int key) {
    List<Step> steps = new ArrayList<>();
    Map<Integer, Integer> last = new HashMap<>();
    for (int place = touches.first(key); place < touches.end(key); place++) {
      int t = touches.transaction(place);
      if (transactions.isOk(t) && isKnown(place)) {
        Integer before = last.put(transactions.process(t), place);
        if (before != null) {
          add(steps, left(before), met(place));
        }
      }
    }
    return steps;
  }

  private List<Step> linearizable(int key) {
    int[] places =
        IntStream.range(touches.first(key), touches.end(key))
            .filter(place -> transactions.isOk(touches.transaction(place)) && isKnown(place))
            .toArray();
    RealTimeOrder order =
        RealTimeOrder.of(
            Arrays.stream(places)
                .map(place -> transactions.invocation(touches.transaction(place)))
                .toArray(),
            Arrays.stream(places)
                .map(place -> transactions.completion(touches.transaction(place)))
                .toArray());
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < places.length; i++) {
      for (int s = 0; s < order.count(i); s++) {
        add(steps, left(places[i]), met(places[order.successor(i, s)]));
      }
    }
    return steps;
  }

  private boolean isKnown(int place) {
    return touches.read(place) != Touches.NONE || touches.written(place) != Touches.NONE;
  }

  /** Returns the version that was current when the transaction was done with it. */
  private int left(int place) {
    int written = touches.written(place);
    return written == Touches.NONE ? touches.read(place) : written;
  }

  /**
   * Returns the version that was current when the transaction came to it. One that saw the initial
   * state and then wrote is placed by what it wrote: that it should have seen more will show as a
   * cycle, which says more than a contradiction.
   */
  private int met(int place) {
    int read = touches.read(place);
    int written = touches.written(place);
    boolean sawVersion = read >= 0 || (read == Transactions.NIL && written == Touches.NONE);
    return sawVersion ? read : written;
  }

  private static void add(List<Step> steps, int before, int after) {
    if (before != after && before != Touches.NONE && after != Touches.NONE) {
      steps.add(new Step(before, after));
    }
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

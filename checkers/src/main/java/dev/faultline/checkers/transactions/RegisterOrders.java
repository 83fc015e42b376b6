package dev.faultline.checkers.transactions;

import dev.faultline.checkers.transactions.graph.Dependency;
import dev.faultline.checkers.transactions.graph.DependencyGraph;
import dev.faultline.checkers.transactions.graph.RealTimeOrder;
import dev.faultline.checkers.transactions.models.Anomaly;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What is known of the order in which one register's versions followed each other, from several
 * sources. A source that contradicts itself, or those before it, is an anomaly, and left out.
 */
final class RegisterOrders {

  /** Two versions, the first known to be before the second. */
  record Step(int before, int after) {}

  private final Transactions transactions;
  private final Touches touches;
  private final TransactionOptions options;
  private final Map<Integer, Long> revisions;
  private final Anomalies found;

  RegisterOrders(
      Transactions transactions,
      Touches touches,
      TransactionOptions options,
      Map<Integer, Long> revisions,
      Anomalies found) {
    this.transactions = transactions;
    this.touches = touches;
    this.options = options;
    this.revisions = revisions;
    this.found = found;
  }

  /** Returns what is known of {@code key}. */
  List<Step> of(int key) {
    int[] versions = versions(key);
    List<Step> known = new ArrayList<>();
    List<String> sources = new ArrayList<>();
    for (int version : versions) {
      known.add(new Step(Transactions.NIL, version));
    }
    sources.add("initial-state");
    accept(key, versions, "mod-revisions", byRevision(versions), known, sources);
    if (options.wfrKeys()) {
      accept(key, versions, "wfr-keys", writesFollowReads(key), known, sources);
    }
    if (options.sequentialKeys()) {
      accept(key, versions, "sequential-keys", sequential(key), known, sources);
    }
    if (options.linearizableKeys()) {
      accept(key, versions, "linearizable-keys", linearizable(key), known, sources);
    }
    return withoutNeedlessInitial(known);
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

  private void accept(
      int key,
      int[] versions,
      String source,
      List<Step> steps,
      List<Step> known,
      List<String> sources) {
    if (steps.isEmpty()) {
      return;
    }
    List<Step> both = new ArrayList<>(known);
    both.addAll(steps);
    sources.add(source);
    List<int[]> cycles = cycles(versions, both);
    if (cycles.isEmpty()) {
      known.addAll(steps);
      return;
    }
    sources.remove(source);
    String name = transactions.versions().keyName(key);
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

  private List<Step> byRevision(int[] versions) {
    List<Integer> sorted =
        Arrays.stream(versions)
            .boxed()
            .filter(revisions::containsKey)
            .sorted((a, b) ->
                Long.compare(
                    Objects.requireNonNull(revisions.get(a)),
                    Objects.requireNonNull(revisions.get(b))))
            .toList();
    List<Step> steps = new ArrayList<>();
    for (int i = 1; i < sorted.size(); i++) {
      steps.add(new Step(sorted.get(i - 1), sorted.get(i)));
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

  /** Returns the version that was current when the transaction came to it. */
  private int met(int place) {
    int read = touches.read(place);
    return read == Touches.NONE ? touches.written(place) : read;
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

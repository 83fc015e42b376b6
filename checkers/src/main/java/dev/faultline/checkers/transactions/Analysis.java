package dev.faultline.checkers.transactions;

import dev.faultline.checkers.Verdict;
import dev.faultline.checkers.transactions.graph.Cycle;
import dev.faultline.checkers.transactions.graph.CycleSearch;
import dev.faultline.checkers.transactions.graph.Deadline;
import dev.faultline.checkers.transactions.graph.Dependency;
import dev.faultline.checkers.transactions.graph.DependencyGraph;
import dev.faultline.checkers.transactions.graph.OutOfTimeException;
import dev.faultline.checkers.transactions.graph.RealTimeOrder;
import dev.faultline.checkers.transactions.models.Anomaly;
import dev.faultline.checkers.transactions.models.ConsistencyModel;
import dev.faultline.checkers.transactions.models.ModelLattice;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Analyses transactions: first what shows without a graph, then the graph and its cycles. */
final class Analysis {

  private static final Set<Anomaly> OF_REAL_TIME =
      EnumSet.of(
          Anomaly.G0_REALTIME,
          Anomaly.G1C_REALTIME,
          Anomaly.G_SINGLE_ITEM_REALTIME,
          Anomaly.G_NONADJACENT_ITEM_REALTIME,
          Anomaly.G2_ITEM_REALTIME);

  private static final Set<Anomaly> OF_PROCESSES =
      EnumSet.of(
          Anomaly.G0_PROCESS,
          Anomaly.G1C_PROCESS,
          Anomaly.G_SINGLE_ITEM_PROCESS,
          Anomaly.G_NONADJACENT_ITEM_PROCESS,
          Anomaly.G2_ITEM_PROCESS);

  /** Immutable, and dearer to make than a small history is to judge. */
  private static final ModelLattice LATTICE = new ModelLattice();

  private final Transactions transactions;
  private final TransactionOptions options;
  private final Deadline deadline;
  private final Set<Anomaly> forbidden;
  private final Anomalies found;
  private final Dependencies dependencies;
  private final Map<Anomaly, Integer> counts = new EnumMap<>(Anomaly.class);
  private final Map<Anomaly, List<Cycle>> cycles = new EnumMap<>(Anomaly.class);
  private final DependencyGraph graph;
  private int components;

  Analysis(Transactions transactions, TransactionOptions options, Deadline deadline) {
    this.transactions = transactions;
    this.options = options;
    this.deadline = deadline;
    this.forbidden = LATTICE.including(options.anomalies());
    options.models().forEach(model -> forbidden.addAll(LATTICE.prohibited(model)));
    this.found = new Anomalies(options.examples());
    Writers writers = new Writers(transactions);
    this.dependencies =
        switch (transactions.workload()) {
          case APPEND -> lists(writers);
          case WR -> registers(writers);
        };
    new LostUpdates(transactions, writers, found).find();
    found.kinds().forEach(anomaly -> counts.put(anomaly, found.count(anomaly)));
    int orders = orders();
    this.graph = graph(orders);
    searchCycles(orders);
  }

  private Dependencies lists(Writers writers) {
    ListOrders orders = new ListOrders(transactions, writers);
    RepeatedWrites.ofLists(transactions, writers);
    new ListAnomalies(transactions, writers, orders, found).find();
    new InternalLists(transactions, writers, found).find();
    return new ListDependencies(transactions, writers, orders);
  }

  private Dependencies registers(Writers writers) {
    RepeatedWrites.ofRegisters(transactions, writers);
    new RegisterAnomalies(transactions, writers, found).find();
    Touches touches = new Touches(transactions, writers);
    Revisions revisions = Revisions.of(transactions, writers, found);
    try {
      RegisterOrders orders =
          new RegisterOrders(transactions, touches, options, revisions, found, deadline);
      return new RegisterDependencies(transactions, writers, touches, orders);
    } catch (OutOfTimeException _) {
      return _ -> {}; // Without orders there is nothing to be searched, nor time for it.
    }
  }

  /** Returns the orders beside that of data that what is forbidden speaks of. */
  private int orders() {
    return (forbidden.stream().anyMatch(OF_REAL_TIME::contains) ? Dependency.REALTIME : 0)
        | (speaksOfProcesses() ? Dependency.PROCESS : 0);
  }

  /**
   * Tells whether something is forbidden of the order of processes alone. What is forbidden of real
   * time too needs no look at processes: a process does one thing after the other.
   */
  private boolean speaksOfProcesses() {
    return forbidden.stream()
        .filter(OF_PROCESSES::contains)
        .anyMatch(anomaly ->
            LATTICE.implied(anomaly).stream()
                .filter(OF_REAL_TIME::contains)
                .noneMatch(forbidden::contains));
  }

  /** Returns the dependencies, or none of them if there is no time for all. */
  private DependencyGraph graph(int orders) {
    if (!deadline.isOver()) {
      try {
        return wholeGraph(orders);
      } catch (OutOfTimeException _) {
        // The deadline has struck, so that nobody takes what follows for all that there is.
      }
    }
    return new DependencyGraph.Builder(transactions.count())
        .build(RealTimeOrder.none(transactions.count()));
  }

  private DependencyGraph wholeGraph(int orders) {
    DependencyGraph.Builder builder = new DependencyGraph.Builder(transactions.count(), deadline);
    dependencies.visit(edges(builder));
    if ((orders & Dependency.PROCESS) != 0) {
      new ProcessOrder(transactions).visit(edges(builder));
    }
    return builder.build(
        (orders & Dependency.REALTIME) == 0
            ? RealTimeOrder.none(transactions.count())
            : realTime());
  }

  private static DependencySink edges(DependencyGraph.Builder builder) {
    return new DependencySink() {
      @Override
      public void depends(int from, int to, int kind, int fromOperation, int toOperation) {
        builder.add(from, to, kind);
      }

      @Override
      public void overwrote(Crowd crowd) {
        if (crowd.isMany()) {
          builder.addAll(crowd.readers(), crowd.writers());
        } else {
          DependencySink.super.overwrote(crowd);
        }
      }
    };
  }

  private RealTimeOrder realTime() {
    int[] invocations = new int[transactions.count()];
    int[] completions = new int[invocations.length];
    for (int t = 0; t < invocations.length; t++) {
      invocations[t] = transactions.isFailed(t) ? -1 : transactions.invocation(t);
      completions[t] = transactions.isOk(t) ? transactions.completion(t) : Transactions.NEVER;
    }
    return RealTimeOrder.of(invocations, completions, deadline);
  }

  private void searchCycles(int orders) {
    CycleSearch search = new CycleSearch(graph, LATTICE, orders, deadline);
    for (int[] component : componentsInTime()) {
      if (deadline.isOver()) {
        return;
      }
      components++;
      for (Cycle cycle : search.search(component)) {
        counts.merge(cycle.anomaly(), 1, Integer::sum);
        List<Cycle> examples = cycles.computeIfAbsent(cycle.anomaly(), _ -> new ArrayList<>());
        if (examples.size() < options.examples()) {
          examples.add(cycle);
        }
      }
    }
  }

  private List<int[]> componentsInTime() {
    try {
      return deadline.isOver() ? List.of() : graph.components(deadline);
    } catch (OutOfTimeException _) {
      return List.of();
    }
  }

  /** Returns what follows from all this. */
  Verdict verdict() {
    if (!broken().isEmpty()) {
      return Verdict.invalid();
    }
    Problems problems = transactions.problems();
    if (problems.count() > 0) {
      return Verdict.unknown(
          problems.count()
              + (problems.count() == 1 ? " problem" : " problems")
              + " of the history itself, the first: "
              + problems.lines().getFirst());
    }
    if (deadline.struck()) {
      return Verdict.unknown("out of time while searching cycles; give the check more time");
    }
    if (graph.isEmpty()) {
      return Verdict.unknown("no transaction depends on another, so that nothing was tested");
    }
    List<String> irrefutable = irrefutable();
    if (!irrefutable.isEmpty()) {
      return Verdict.unknown(
          "this checker knows no anomaly that refutes " + String.join(", ", irrefutable));
    }
    return Verdict.valid();
  }

  /** Returns the models and anomalies asked for of which nothing is ever found. */
  private List<String> irrefutable() {
    return Stream.concat(
            options.models().stream()
                .filter(model -> LATTICE.prohibited(model).stream().noneMatch(Anomaly::isFound))
                .map(ConsistencyModel::word),
            options.anomalies().stream()
                .filter(
                    each -> LATTICE.including(Set.of(each)).stream().noneMatch(Anomaly::isFound))
                .map(Anomaly::word))
        .sorted()
        .toList();
  }

  /**
   * Tells whether a model was asked for that forbids fractured reads, and none that forbids all
   * cycles of one anti-dependency: then not all that it forbids was looked for.
   */
  boolean overlooksFracturedReads() {
    return !forbidden.contains(Anomaly.G_SINGLE_ITEM)
        && options.models().stream()
            .anyMatch(model -> LATTICE.implies(model, ConsistencyModel.READ_ATOMIC));
  }

  /** Returns what was found and must not be. */
  Set<Anomaly> broken() {
    Set<Anomaly> broken = EnumSet.noneOf(Anomaly.class);
    counts.keySet().stream().filter(forbidden::contains).forEach(broken::add);
    return broken;
  }

  /** Returns how often each anomaly was found: instances, or components with such a cycle. */
  Map<Anomaly, Integer> counts() {
    return counts;
  }

  List<Instance> instances() {
    return found.instances();
  }

  List<Cycle> cycles(Anomaly anomaly) {
    return cycles.getOrDefault(anomaly, List.of());
  }

  ModelLattice.Impossible impossible() {
    return LATTICE.impossible(counts.keySet());
  }

  Transactions transactions() {
    return transactions;
  }

  Dependencies dependencies() {
    return dependencies;
  }

  DependencyGraph graph() {
    return graph;
  }

  int components() {
    return components;
  }
}

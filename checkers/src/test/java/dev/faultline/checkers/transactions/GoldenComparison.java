package dev.faultline.checkers.transactions;

import dev.faultline.checkers.transactions.graph.Cycle;
import dev.faultline.checkers.transactions.graph.Dependency;
import dev.faultline.checkers.transactions.models.Anomaly;
import dev.faultline.checkers.transactions.models.ConsistencyModel;
import dev.faultline.checkers.transactions.models.ModelLattice;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Holds what our analysis says of a golden case against what Elle says. */
final class GoldenComparison {

  private static final String CYCLE_EXISTS = "-cycle-exists";

  private final GoldenCase golden;
  private final Analysis ours;
  private final Set<Anomaly> leftOut;
  private final List<String> differences = new ArrayList<>();
  private final Map<String, Set<List<Integer>>> edges = new HashMap<>();

  /**
   * Prepares a comparison.
   *
   * @param golden what Elle says
   * @param ours what we say of the same case, or of a variation of it
   * @param leftOut what we may find beside; values that nobody wrote always
   */
  GoldenComparison(GoldenCase golden, Analysis ours, Anomaly... leftOut) {
    this.golden = golden;
    this.ours = ours;
    this.leftOut = EnumSet.of(Anomaly.GARBAGE_READ, leftOut);
    collectEdges();
    compare();
  }

  private void compare() {
    equal("valid", golden.valid(), valid());
    if (!golden.valid().equals("error")) {
      boolean silent = valid().equals("true");
      ModelLattice.Impossible impossible = new ModelLattice().impossible(found());
      equal("not", golden.words("not"), silent ? Set.of() : words(impossible.not()));
      equal("alsoNot", golden.words("alsoNot"), silent ? Set.of() : words(impossible.alsoNot()));
      anomalies();
      edges();
    }
  }

  /** Returns every difference, in words; none if all is equal. */
  List<String> differences() {
    return differences;
  }

  /** Returns what differs: {@code valid}, {@code not}, {@code alsoNot}, {@code anomaly}, edges. */
  Set<String> kinds() {
    return differences.stream()
        .map(difference -> difference.split("[: ]", 2)[0])
        .collect(Collectors.toSet());
  }

  /** Returns the edges of {@code kind} that we have and Elle has not. */
  Set<List<Integer>> furtherEdges(String kind) {
    Set<List<Integer>> further = new HashSet<>(of(edges, kind));
    further.removeAll(golden.edges(kind));
    return further;
  }

  Analysis ours() {
    return ours;
  }

  /** Tells whether a read saw what nobody wrote, which Elle does not look for. */
  boolean hasGarbage() {
    return ours.counts().containsKey(Anomaly.GARBAGE_READ);
  }

  private Set<Anomaly> found() {
    Set<Anomaly> found = EnumSet.noneOf(Anomaly.class);
    found.addAll(ours.counts().keySet());
    found.removeAll(leftOut);
    return found;
  }

  private Set<Anomaly> broken() {
    Set<Anomaly> broken = ours.broken();
    broken.removeAll(leftOut);
    return broken;
  }

  private String valid() {
    if (!broken().isEmpty()) {
      return "false";
    }
    if (ours.transactions().problems().count() > 0) {
      return "error";
    }
    return ours.graph().isEmpty() ? "unknown" : "true";
  }

  private static Set<String> words(Collection<ConsistencyModel> models) {
    return models.stream()
        .map(ConsistencyModel::word)
        .map(word -> word.equals("strict-serializable") ? "strong-serializable" : word)
        .collect(Collectors.toSet());
  }

  /**
   * Elle says {@code M-cycle-exists} where its search found no cycle of one class although model M
   * is ruled out by some cycle; we always show one, under its own name. The two are taken for equal
   * if our anomaly is a cycle that rules M out.
   */
  private void anomalies() {
    Set<String> mine =
        broken().stream().map(Anomaly::word).collect(Collectors.toCollection(TreeSet::new));
    if (ours.graph().isEmpty()) {
      mine.add("empty-transaction-graph");
    }
    Set<String> may = golden.words("mayAnomalies");
    for (String must : golden.words("mustAnomalies")) {
      if (!mine.contains(must)
          && !(must.endsWith(CYCLE_EXISTS) && mine.stream().anyMatch(a -> covers(a, must)))
          && !isImplied(must)) {
        differences.add("anomaly " + must + " is not found, only " + mine);
      }
    }
    for (String each : mine) {
      if (!may.contains(each)
          && may.stream().noneMatch(m -> m.endsWith(CYCLE_EXISTS) && covers(each, m))
          && !Anomaly.named(each).filter(this::isProven).isPresent()) {
        differences.add("anomaly " + each + " is found beside " + may);
      }
    }
  }

  /** Tells whether Elle's own edges make up every cycle that we show for {@code anomaly}. */
  private boolean isProven(Anomaly anomaly) {
    List<Cycle> cycles = ours.cycles(anomaly);
    return !cycles.isEmpty()
        && cycles.stream()
            .allMatch(cycle ->
                CycleProof.isOf(anomaly, cycle)
                    && IntStream.range(0, cycle.length()).allMatch(i -> isElles(cycle, i)));
  }

  private boolean isElles(Cycle cycle, int place) {
    String kind = Dependency.word(cycle.kind(place));
    Set<List<Integer>> edges = golden.edges(kind);
    boolean closes = kind.equals("process") || kind.equals("realtime");
    List<Integer> edge =
        List.of(
            ours.transactions().completion(cycle.node(place)),
            ours.transactions().completion(cycle.node(place + 1)));
    return (closes ? closed(edges) : edges).contains(edge);
  }

  /** Tells whether {@code anomaly} follows from a graver one, whose cycle we show. */
  private boolean isImplied(String anomaly) {
    return Anomaly.named(anomaly).stream()
        .anyMatch(wanted ->
            broken().stream()
                .anyMatch(
                    each -> new ModelLattice().implied(each).contains(wanted) && isProven(each)));
  }

  private static boolean covers(String anomaly, String cycleExists) {
    String model = cycleExists.substring(0, cycleExists.length() - CYCLE_EXISTS.length());
    Optional<Anomaly> named = Anomaly.named(anomaly);
    return named.isPresent()
        && new ModelLattice()
            .prohibited(
                ConsistencyModel.named(model.equals("PL-SI") ? "snapshot-isolation" : model)
                    .orElseThrow())
            .contains(named.get());
  }

  private void collectEdges() {
    for (String kind : List.of("ww", "wr", "rw", "process", "realtime")) {
      edges.put(kind, new HashSet<>());
    }
    DependencySink sink = (from, to, kind, _, _) -> add(Dependency.word(kind), from, to);
    ours.dependencies().visit(sink);
    new ProcessOrder(ours.transactions()).visit(sink);
    for (int t = 0; t < ours.transactions().count(); t++) {
      ours.graph()
          .visit(
              t,
              (from, to, kinds) -> {
                if ((kinds & Dependency.REALTIME) != 0) {
                  add("realtime", from, to);
                }
              });
    }
  }

  private void edges() {
    equal("realtime", committed(closed(golden.edges("realtime"))), closed(of(edges, "realtime")));
    if (!golden.edges("process").isEmpty()) {
      // Elle knows no order of a process into what it did last, if that has no known outcome.
      Set<Integer> unknown = unknown();
      Set<List<Integer>> known = new HashSet<>(of(edges, "process"));
      known.removeIf(edge -> unknown.contains(edge.getLast()));
      equal("process", golden.edges("process"), known);
    }
    if (golden.workload() == Workload.APPEND) {
      for (String kind : List.of("ww", "wr", "rw")) {
        equal(kind, golden.edges(kind), of(edges, kind));
      }
    } else {
      equal("closure", closed(theirs()), closed(ours(Set.of())));
    }
  }

  /** Returns what Elle knows of registers, transactions that depend on themselves left out. */
  private Set<List<Integer>> theirs() {
    Set<List<Integer>> theirs = new HashSet<>();
    List.of("ww", "wr", "rw").forEach(kind -> theirs.addAll(golden.edges(kind)));
    theirs.removeIf(edge -> edge.getFirst().equals(edge.getLast()));
    return theirs;
  }

  /** Returns what we know of registers, and do not know of {@code others} alone. */
  private Set<List<Integer>> ours(Set<Integer> others) {
    Set<List<Integer>> all = new HashSet<>();
    List.of("ww", "wr", "rw").forEach(kind -> all.addAll(of(edges, kind)));
    all.removeIf(edge -> edge.stream().anyMatch(others::contains));
    return all;
  }

  /** Tells whether without transactions of unknown outcome we know exactly what Elle knows. */
  boolean isEqualWithoutUnknown() {
    return closed(theirs()).equals(closed(ours(unknown())));
  }

  /**
   * Tells whether {@code reads} are all that we know and Elle does not of transactions whose
   * outcome is known, and every cycle of an anomaly that Elle does not have goes over one of them.
   */
  boolean isEqualBut(Set<List<Integer>> reads) {
    Set<List<Integer>> both = new HashSet<>(theirs());
    both.addAll(reads);
    return !kinds().contains("valid")
        && closed(both).equals(closed(ours(unknown())))
        && broken().stream()
            .filter(anomaly -> !golden.words("mayAnomalies").contains(anomaly.word()))
            .flatMap(anomaly -> ours.cycles(anomaly).stream())
            .allMatch(cycle -> CycleProof.isOf(cycle.anomaly(), cycle) && goesOver(cycle, reads));
  }

  private boolean goesOver(Cycle cycle, Set<List<Integer>> reads) {
    return IntStream.range(0, cycle.length())
        .anyMatch(place ->
            cycle.kind(place) == Dependency.WR
                && reads.contains(
                    List.of(
                        ours.transactions().completion(cycle.node(place)),
                        ours.transactions().completion(cycle.node(place + 1)))));
  }

  private Set<Integer> unknown() {
    return IntStream.range(0, ours.transactions().count())
        .filter(t -> ours.transactions().outcome(t) == Outcome.INFO)
        .map(ours.transactions()::completion)
        .boxed()
        .collect(Collectors.toSet());
  }

  /** Tells whether by Elle's account no transaction depends on another one. */
  boolean isElleWithoutDependencies() {
    return theirs().isEmpty()
        && golden.edges("process").isEmpty()
        && golden.edges("realtime").isEmpty();
  }

  private static Set<List<Integer>> closed(Set<List<Integer>> edges) {
    return GoldenCase.closure(edges);
  }

  /** Leaves out the edges that Elle draws to failed transactions; none leave them. */
  private Set<List<Integer>> committed(Set<List<Integer>> edges) {
    Set<Integer> failed =
        IntStream.range(0, ours.transactions().count())
            .filter(ours.transactions()::isFailed)
            .map(ours.transactions()::completion)
            .boxed()
            .collect(Collectors.toSet());
    return edges.stream()
        .filter(edge -> edge.stream().noneMatch(failed::contains))
        .collect(Collectors.toSet());
  }

  private void add(String kind, int from, int to) {
    int first = ours.transactions().completion(from);
    int second = ours.transactions().completion(to);
    if (from != to && first != Transactions.NEVER && second != Transactions.NEVER) {
      of(edges, kind).add(List.of(first, second));
    }
  }

  private void equal(String what, Object expected, Object actual) {
    if (!expected.equals(actual)) {
      differences.add(
          what + ": only Elle " + minus(expected, actual) + ", only we " + minus(actual, expected));
    }
  }

  private static Object minus(Object from, Object what) {
    if (from instanceof Set<?> set && what instanceof Set<?> others) {
      Set<Object> left = new HashSet<>(set);
      left.removeAll(others);
      return left;
    }
    return from;
  }

  private static Set<List<Integer>> of(Map<String, Set<List<Integer>>> edges, String kind) {
    return Objects.requireNonNull(edges.get(kind));
  }
}

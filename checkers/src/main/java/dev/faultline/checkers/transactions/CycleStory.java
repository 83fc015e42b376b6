package dev.faultline.checkers.transactions;

import dev.faultline.checkers.Times;
import dev.faultline.checkers.transactions.graph.Cycle;
import dev.faultline.checkers.transactions.graph.Dependency;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Explains cycles edge by edge: which micro-operations show that one transaction came before the
 * next.
 *
 * <p>The graph keeps no reasons. They are found by visiting the dependencies once more, looking
 * only for those of the cycles to be explained.
 */
final class CycleStory {

  /** An edge of a cycle. */
  private record Edge(int from, int to, int kind) {}

  /** The micro-operations that show an edge. */
  record Reason(int fromOperation, int toOperation) {}

  private final Transactions transactions;
  private final Dependencies dependencies;
  private final Map<Edge, Reason> reasons = new HashMap<>();

  CycleStory(Transactions transactions, Dependencies dependencies, List<Cycle> cycles) {
    this.transactions = transactions;
    this.dependencies = dependencies;
    Set<Edge> wanted = new HashSet<>();
    for (Cycle cycle : cycles) {
      for (int i = 0; i < cycle.length(); i++) {
        wanted.add(edge(cycle, i));
      }
    }
    if (!wanted.isEmpty()) {
      dependencies.visit(new Search(wanted));
    }
  }

  /** Notes the reasons of the edges that are {@code wanted}. */
  private final class Search implements DependencySink {

    private final Set<Edge> wanted;
    private final Set<Integer> froms;
    private final Set<Integer> tos;

    Search(Set<Edge> wanted) {
      this.wanted = wanted;
      this.froms = wanted.stream().map(Edge::from).collect(Collectors.toSet());
      this.tos = wanted.stream().map(Edge::to).collect(Collectors.toSet());
    }

    @Override
    public void depends(int from, int to, int kind, int fromOperation, int toOperation) {
      Edge edge = new Edge(from, to, kind);
      if (wanted.contains(edge)) {
        reasons.putIfAbsent(edge, new Reason(fromOperation, toOperation));
      }
    }

    /** Looks only at the few transactions that are in a cycle. */
    @Override
    public void overwrote(Crowd crowd) {
      DependencySink.super.overwrote(crowd.of(froms::contains, tos::contains));
    }
  }

  private static Edge edge(Cycle cycle, int place) {
    return new Edge(cycle.node(place), cycle.node(place + 1), cycle.kind(place));
  }

  /** Returns the micro-operations of an edge of data; null for other edges. */
  @Nullable Reason reason(Cycle cycle, int place) {
    return reasons.get(edge(cycle, place));
  }

  /** Returns the transactions of {@code cycle}, T1 first. */
  static List<Integer> members(Cycle cycle) {
    List<Integer> members = new ArrayList<>();
    for (int i = 0; i < cycle.length(); i++) {
      members.add(cycle.node(i));
    }
    return members;
  }

  /** Returns the proof, a line for each edge. */
  List<String> proof(Cycle cycle) {
    List<String> lines = new ArrayList<>();
    int length = cycle.length();
    for (int i = 0; i < length; i++) {
      String a = "T" + (i + 1);
      String b = "T" + ((i + 1) % length + 1);
      boolean last = i == length - 1;
      lines.add(
          (last ? "however, " : "")
              + a
              + " < "
              + b
              + ", because "
              + because(cycle, i, a, b)
              + (last ? ": a contradiction!" : ""));
    }
    return lines;
  }

  /** Returns why one transaction of {@code cycle} comes before the next, as one clause. */
  String because(Cycle cycle, int place, String a, String b) {
    Reason reason = reason(cycle, place);
    int from = cycle.node(place);
    int to = cycle.node(place + 1);
    return switch (cycle.kind(place)) {
      case Dependency.PROCESS ->
          "process " + transactions.process(from) + " executed " + a + " before " + b;
      case Dependency.REALTIME ->
          a
              + " completed at #"
              + transactions.completion(from)
              + ", "
              + span(transactions.invocationNanos(to) - transactions.completionNanos(from))
              + "before "
              + b
              + " was invoked at #"
              + transactions.invocation(to);
      case Dependency.WW ->
          reason == null ? "of writes" : wroteAfter(reason, a, b) + order(cycle, reason);
      case Dependency.WR -> reason == null ? "of a read" : saw(reason, a, b);
      default ->
          reason == null ? "of an overwrite" : didNotSee(reason, a, b) + order(cycle, reason);
    };
  }

  /** Returns how the order of the two versions is known, in brackets, if that needs to be said. */
  private String order(Cycle cycle, Reason reason) {
    List<Integer> members = members(cycle);
    String order =
        dependencies.order(
            reason.fromOperation(), reason.toOperation(), t -> name(members.indexOf(t), t));
    return order.isEmpty() ? "" : " (" + order + ")";
  }

  /** Names a transaction; one that is not of the cycle is called by an event of it. */
  private String name(int place, int t) {
    if (place >= 0) {
      return "T" + (place + 1);
    }
    int invocation = transactions.invocation(t);
    return "#" + (invocation < 0 ? transactions.completion(t) : invocation);
  }

  /** A history may have no times; the order of its events is what counts. */
  private static String span(long nanos) {
    return nanos > 0 ? Times.span(nanos) + " " : "";
  }

  private String wroteAfter(Reason reason, String a, String b) {
    return b
        + " "
        + wrote(reason.toOperation())
        + " after "
        + a
        + " "
        + wrote(reason.fromOperation());
  }

  private String saw(Reason reason, String a, String b) {
    return b + " saw that " + a + " " + wrote(reason.fromOperation());
  }

  private String didNotSee(Reason reason, String a, String b) {
    int seen = transactions.seen(reason.fromOperation());
    String key = transactions.versions().keyName(transactions.key(reason.fromOperation()));
    String state =
        seen == Transactions.NIL
            ? "the initial state of " + key
            : key + " as " + transactions.versions().text(seen) + " left it";
    return a + " read " + state + ", and did not see that " + b + " " + wrote(reason.toOperation());
  }

  private String wrote(int operation) {
    String value = transactions.versions().text(transactions.value(operation));
    String key = transactions.versions().keyName(transactions.key(operation));
    return transactions.workload() == Workload.APPEND
        ? "appended " + value + " to " + key
        : "wrote " + value + " to " + key;
  }
}

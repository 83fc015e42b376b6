package dev.faultline.checkers.transactions;

import dev.faultline.checkers.transactions.graph.Dependency;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;

/** The dependencies between transactions over registers. */
final class RegisterDependencies implements Dependencies {

  private final Transactions transactions;
  private final Writers writers;
  private final Touches touches;
  private final RegisterOrders orders;

  /** The registers that something had to be explained of. */
  private final Map<Integer, VersionStory> stories = new HashMap<>();

  RegisterDependencies(
      Transactions transactions, Writers writers, Touches touches, RegisterOrders orders) {
    this.transactions = transactions;
    this.writers = writers;
    this.touches = touches;
    this.orders = orders;
  }

  @Override
  public void visit(DependencySink sink) {
    visitReads(sink);
    for (int key = 0; key < orders.keys(); key++) {
      Map<Integer, Ints> reads = new HashMap<>();
      for (int place = touches.first(key); place < touches.end(key); place++) {
        int read = touches.read(place);
        if (read != Touches.NONE) {
          reads.computeIfAbsent(read, _ -> new Ints()).add(touches.readOperation(place));
        }
      }
      Map<Integer, List<Integer>> next = new LinkedHashMap<>();
      for (VersionSteps.Step step : orders.of(key)) {
        next.computeIfAbsent(step.before(), _ -> new ArrayList<>()).add(step.after());
      }
      next.forEach((before, after) -> {
        int[] committed =
            after.stream()
                .flatMap(each -> committedFrom(each, next).stream())
                .distinct()
                .mapToInt(Integer::intValue)
                .toArray();
        followed(before, committed, sink);
        Ints missing = reads.get(before);
        if (missing != null && committed.length > 0) {
          sink.overwrote(Crowd.of(transactions, missing.toArray(), writers, committed));
        }
      });
    }
  }

  @Override
  public String order(int first, int second, IntFunction<String> names) {
    int before = transactions.value(first);
    int after = transactions.value(second);
    int from = transactions.transactionOf(first);
    int to = transactions.transactionOf(second);
    return stories
        .computeIfAbsent(transactions.key(second), orders::story)
        .why(before, after, version -> !isLeftBehind(version), t -> t == from || t == to, names);
  }

  /**
   * Returns {@code version}, or where nobody is known to have left it behind, the first ones after
   * it that somebody did: an aborted version hides nothing of the order around it.
   */
  private Set<Integer> committedFrom(int version, Map<Integer, List<Integer>> next) {
    if (isLeftBehind(version)) {
      return Set.of(version);
    }
    Set<Integer> found = new LinkedHashSet<>();
    Set<Integer> seen = new HashSet<>();
    Deque<Integer> open = new ArrayDeque<>(next.getOrDefault(version, List.of()));
    while (!open.isEmpty()) {
      int each = open.remove();
      if (seen.add(each)) {
        if (isLeftBehind(each)) {
          found.add(each);
        } else {
          open.addAll(next.getOrDefault(each, List.of()));
        }
      }
    }
    return found;
  }

  /** Every read depends on a writer; only the first of a register shows which state was met. */
  private void visitReads(DependencySink sink) {
    for (int t = 0; t < transactions.count(); t++) {
      for (int op = transactions.first(t); op < transactions.end(t); op++) {
        int version = transactions.value(op);
        if (transactions.isRead(op)
            && version != Transactions.NIL
            && !writers.isIntermediate(version)) {
          writers.readBy(t, op, version, sink);
        }
      }
    }
  }

  private void followed(int before, int[] afters, DependencySink sink) {
    if (isLeftBehind(before)) {
      for (int after : afters) {
        sink.depends(
            writers.transaction(before),
            writers.transaction(after),
            Dependency.WW,
            writers.operation(before),
            writers.operation(after));
      }
    }
  }

  private boolean isLeftBehind(int version) {
    return version != Transactions.NIL
        && writers.isCommitted(version)
        && !writers.isIntermediate(version);
  }
}

package dev.faultline.checkers.transactions;

import dev.faultline.checkers.transactions.graph.Dependency;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The dependencies between transactions over registers. */
final class RegisterDependencies implements Dependencies {

  private final Writers writers;
  private final Touches touches;
  private final List<List<RegisterOrders.Step>> orders;

  RegisterDependencies(Writers writers, Touches touches, List<List<RegisterOrders.Step>> orders) {
    this.writers = writers;
    this.touches = touches;
    this.orders = orders;
  }

  @Override
  public void visit(DependencySink sink) {
    for (int key = 0; key < orders.size(); key++) {
      Map<Integer, List<Integer>> readers = new HashMap<>();
      for (int place = touches.first(key); place < touches.end(key); place++) {
        int read = touches.read(place);
        if (read != Touches.NONE) {
          readers.computeIfAbsent(read, _ -> new ArrayList<>()).add(place);
          if (read != Transactions.NIL && !writers.isIntermediate(read)) {
            writers.readBy(touches.transaction(place), touches.readOperation(place), read, sink);
          }
        }
      }
      Map<Integer, List<Integer>> next = new HashMap<>();
      for (RegisterOrders.Step step : orders.get(key)) {
        next.computeIfAbsent(step.before(), _ -> new ArrayList<>()).add(step.after());
      }
      Set<Integer> first = new LinkedHashSet<>();
      for (RegisterOrders.Step step : orders.get(key)) {
        Set<Integer> afters = committedFrom(step.after(), next);
        if (step.before() == Transactions.NIL) {
          first.addAll(afters);
        } else {
          followed(step.before(), afters, readers.getOrDefault(step.before(), List.of()), sink);
        }
      }
      Fan fan = fan(key, first);
      for (int place : readers.getOrDefault(Transactions.NIL, List.of())) {
        sink.dependsOnAll(
            touches.transaction(place), fan, Dependency.RW, touches.readOperation(place));
      }
    }
  }

  private Fan fan(int key, Set<Integer> versions) {
    return new Fan(
        key,
        versions.stream().mapToInt(writers::transaction).toArray(),
        versions.stream().mapToInt(writers::operation).toArray());
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

  private void followed(
      int before, Set<Integer> afters, List<Integer> readers, DependencySink sink) {
    for (int after : afters) {
      int writer = writers.transaction(after);
      int write = writers.operation(after);
      if (isLeftBehind(before)) {
        sink.depends(
            writers.transaction(before), writer, Dependency.WW, writers.operation(before), write);
      }
      for (int place : readers) {
        sink.depends(
            touches.transaction(place), writer, Dependency.RW, touches.readOperation(place), write);
      }
    }
  }

  private boolean isLeftBehind(int version) {
    return version != Transactions.NIL
        && writers.isCommitted(version)
        && !writers.isIntermediate(version);
  }
}

package dev.faultline.checkers.transactions;

import dev.faultline.checkers.transactions.graph.Dependency;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The dependencies between transactions over registers. */
final class RegisterDependencies implements Dependencies {

  private final Writers writers;
  private final Touches touches;
  private final List<List<RegisterOrders.Step>> orders = new ArrayList<>();

  RegisterDependencies(
      Transactions transactions, Writers writers, Touches touches, RegisterOrders orders) {
    this.writers = writers;
    this.touches = touches;
    for (int key = 0; key < transactions.versions().keys(); key++) {
      this.orders.add(orders.of(key));
    }
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
      for (RegisterOrders.Step step : orders.get(key)) {
        followed(step, readers.getOrDefault(step.before(), List.of()), sink);
      }
    }
  }

  private void followed(RegisterOrders.Step step, List<Integer> readers, DependencySink sink) {
    if (!isLeftBehind(step.after())) {
      return;
    }
    int writer = writers.transaction(step.after());
    int write = writers.operation(step.after());
    if (isLeftBehind(step.before())) {
      sink.depends(
          writers.transaction(step.before()),
          writer,
          Dependency.WW,
          writers.operation(step.before()),
          write);
    }
    for (int place : readers) {
      sink.depends(
          touches.transaction(place), writer, Dependency.RW, touches.readOperation(place), write);
    }
  }

  private boolean isLeftBehind(int version) {
    return version != Transactions.NIL
        && writers.isCommitted(version)
        && !writers.isIntermediate(version);
  }
}

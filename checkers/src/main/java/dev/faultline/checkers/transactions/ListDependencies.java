package dev.faultline.checkers.transactions;

import dev.faultline.checkers.transactions.graph.Dependency;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** The dependencies between transactions that append to lists. */
final class ListDependencies implements Dependencies {

  private final Transactions transactions;
  private final Writers writers;
  private final ListOrders orders;

  /** For keys whose last versions nobody read, who wrote those. */
  private final Map<Integer, Fan> fans = new HashMap<>();

  ListDependencies(Transactions transactions, Writers writers, ListOrders orders) {
    this.transactions = transactions;
    this.writers = writers;
    this.orders = orders;
  }

  @Override
  public void visit(DependencySink sink) {
    for (int t = 0; t < transactions.count(); t++) {
      if (transactions.isFailed(t)) {
        continue;
      }
      for (int op = transactions.first(t); op < transactions.end(t); op++) {
        if (orders.isExcluded(transactions.key(op))) {
          continue;
        }
        if (transactions.isWrite(op)) {
          wrote(t, op, sink);
        } else if (transactions.isRead(op)) {
          read(t, op, sink);
        }
      }
    }
  }

  private void wrote(int t, int op, DependencySink sink) {
    int key = transactions.key(op);
    int version = transactions.value(op);
    int position = orders.position(version);
    int before = orders.committedBefore(key, position < 0 ? orders.order(key).length : position);
    if (before >= 0) {
      sink.depends(writers.transaction(before), t, Dependency.WW, writers.operation(before), op);
    }
  }

  private void read(int t, int op, DependencySink sink) {
    int key = transactions.key(op);
    int last = transactions.lastElement(op);
    if (last != Transactions.NIL) {
      writers.readBy(t, op, last, sink);
      if (orders.position(last) < 0) {
        return; // Off the order: what comes next is unknown.
      }
    }
    int next = orders.committedAt(key, last == Transactions.NIL ? 0 : orders.position(last) + 1);
    if (next >= 0) {
      overwrote(t, op, next, sink);
      return;
    }
    int[] unseen = orders.unseen(key);
    if (unseen.length > 0) {
      sink.dependsOnAll(t, fans.computeIfAbsent(key, this::fan), Dependency.RW, op);
    }
  }

  private Fan fan(int key) {
    int[] unseen = orders.unseen(key);
    return new Fan(
        key,
        Arrays.stream(unseen).map(writers::transaction).toArray(),
        Arrays.stream(unseen).map(writers::operation).toArray());
  }

  private void overwrote(int t, int op, int next, DependencySink sink) {
    sink.depends(t, writers.transaction(next), Dependency.RW, op, writers.operation(next));
  }
}

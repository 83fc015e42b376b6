package dev.faultline.checkers.transactions;

import dev.faultline.checkers.transactions.graph.Dependency;
import java.util.Map;
import java.util.TreeMap;

/** The dependencies between transactions that append to lists. */
final class ListDependencies implements Dependencies {

  private final Transactions transactions;
  private final Writers writers;
  private final ListOrders orders;

  ListDependencies(Transactions transactions, Writers writers, ListOrders orders) {
    this.transactions = transactions;
    this.writers = writers;
    this.orders = orders;
  }

  @Override
  public void visit(DependencySink sink) {
    Map<Integer, Ints> newest = new TreeMap<>();
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
          read(t, op, newest, sink);
        }
      }
    }
    newest.forEach((key, reads) ->
        sink.overwrote(Crowd.of(transactions, reads.toArray(), writers, orders.unseen(key))));
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

  /**
   * Takes in one read.
   *
   * @param newest the reads, by key, of a list that only unseen elements can have followed
   */
  private void read(int t, int op, Map<Integer, Ints> newest, DependencySink sink) {
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
      sink.depends(t, writers.transaction(next), Dependency.RW, op, writers.operation(next));
    } else if (orders.unseen(key).length > 0) {
      newest.computeIfAbsent(key, _ -> new Ints()).add(op);
    }
  }
}

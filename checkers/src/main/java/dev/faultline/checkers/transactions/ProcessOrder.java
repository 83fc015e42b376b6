package dev.faultline.checkers.transactions;

import dev.faultline.checkers.transactions.graph.Dependency;
import java.util.HashMap;
import java.util.Map;

/** The order in which each process executed its committed transactions. */
final class ProcessOrder implements Dependencies {

  private final Transactions transactions;

  ProcessOrder(Transactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public void visit(DependencySink sink) {
    Map<Integer, Integer> last = new HashMap<>();
    for (int t = 0; t < transactions.count(); t++) {
      if (transactions.isOk(t)) {
        Integer before = last.put(transactions.process(t), t);
        if (before != null) {
          sink.depends(
              before, t, Dependency.PROCESS, transactions.first(before), transactions.first(t));
        }
      }
    }
  }
}

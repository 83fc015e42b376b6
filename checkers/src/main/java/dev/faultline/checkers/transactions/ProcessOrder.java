package dev.faultline.checkers.transactions;

import dev.faultline.checkers.transactions.graph.Dependency;
import java.util.HashMap;
import java.util.Map;

/**
 * The order in which each process executed its transactions. What comes after one whose outcome is
 * unknown is not after it: it may still take effect, or never.
 */
final class ProcessOrder implements Dependencies {

  private final Transactions transactions;

  ProcessOrder(Transactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public void visit(DependencySink sink) {
    Map<Integer, Ints> committed = new HashMap<>();
    for (int t = 0; t < transactions.count(); t++) {
      if (transactions.isFailed(t)) {
        continue;
      }
      Ints earlier = committed.computeIfAbsent(transactions.process(t), _ -> new Ints());
      int last = earlier.size() - 1;
      // What never completed comes after all that did; some of that may have begun later.
      while (last >= 0 && transactions.completion(earlier.get(last)) > transactions.invocation(t)) {
        last--;
      }
      if (last >= 0) {
        int before = earlier.get(last);
        sink.depends(
            before, t, Dependency.PROCESS, transactions.first(before), transactions.first(t));
      }
      if (transactions.isOk(t)) {
        earlier.add(t);
      }
    }
  }
}

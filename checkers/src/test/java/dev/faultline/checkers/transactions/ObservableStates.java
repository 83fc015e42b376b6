package dev.faultline.checkers.transactions;

import dev.faultline.checkers.transactions.SimulatedDatabase.Op;
import dev.faultline.checkers.transactions.SimulatedDatabase.Txn;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The states that a database went through as transactions installed what they wrote, each at once,
 * and what reads may see of them. A state maps keys to lists; a register is the list of the values
 * that were left in it.
 */
final class ObservableStates {

  private final Workload workload;
  private final List<Txn> txns;

  /** All states, the present one first. */
  private final Deque<Map<Integer, List<Integer>>> states = new ArrayDeque<>();

  ObservableStates(Workload workload, List<Txn> txns) {
    this.workload = workload;
    this.txns = txns;
    states.push(Map.of());
  }

  void install(Txn txn) {
    Map<Integer, List<Integer>> next = new HashMap<>(states.element());
    for (int i = 0; i < txn.ops.size(); i++) {
      Op op = txn.ops.get(i);
      if (op.write && (workload == Workload.APPEND || txn.isLastWrite(i))) {
        List<Integer> list = new ArrayList<>(next.getOrDefault(op.key, List.of()));
        list.add(op.value);
        next.put(op.key, list);
      }
    }
    states.push(next);
  }

  void takeBack() {
    states.pop();
  }

  /** Tells whether all reads of {@code txn} see the present state and its own writes. */
  boolean showAtOnce(Txn txn) {
    if (txn.outcome != Outcome.OK) {
      return true;
    }
    for (int i = 0; i < txn.ops.size(); i++) {
      Op op = txn.ops.get(i);
      if (!op.write) {
        List<Integer> expected = new ArrayList<>(present(op.key));
        expected.addAll(txn.writtenBefore(i));
        if (!isSame(op.seen, expected)) {
          return false;
        }
      }
    }
    return true;
  }

  /**
   * Tells whether each read of {@code txn} by itself sees something that was committed, or its own
   * writes: each may see another past state (Crooks et al. 2017, PREREAD). Whether reads of one
   * transaction fit each other is the business of stronger models.
   */
  boolean showCommitted(Txn txn) {
    for (int i = 0; i < txn.ops.size() && txn.outcome == Outcome.OK; i++) {
      if (!txn.ops.get(i).write && !showCommitted(txn, i)) {
        return false;
      }
    }
    return true;
  }

  private boolean showCommitted(Txn txn, int index) {
    Op read = txn.ops.get(index);
    if (states.stream()
        .anyMatch(state -> isSame(read.seen, state.getOrDefault(read.key, List.of())))) {
      return true;
    }
    List<Integer> own = txn.writtenBefore(index);
    if (workload == Workload.APPEND) {
      List<Integer> expected = new ArrayList<>(present(read.key));
      for (int value : own) {
        expected.add(value);
        if (expected.equals(read.seen)) {
          return true;
        }
      }
      return false;
    }
    return !read.seen.isEmpty() && own.contains(read.seen.getLast());
  }

  /**
   * Tells whether every read, with what was aborted left out, is a beginning of the present list: a
   * read may see the middle of transactions, and aborted ones, but all writes come in one order.
   */
  boolean agreeWithAllReads() {
    return workload == Workload.WR
        || txns.stream()
            .filter(txn -> txn.outcome == Outcome.OK)
            .flatMap(txn -> txn.ops.stream())
            .filter(op -> !op.write)
            .allMatch(read -> {
              List<Integer> present = present(read.key);
              List<Integer> kept = new ArrayList<>(read.seen);
              kept.retainAll(present);
              return kept.size() <= present.size() && present.subList(0, kept.size()).equals(kept);
            });
  }

  private List<Integer> present(int key) {
    return states.element().getOrDefault(key, List.of());
  }

  private boolean isSame(List<Integer> seen, List<Integer> state) {
    if (workload == Workload.APPEND || seen.isEmpty() || state.isEmpty()) {
      return seen.equals(state);
    }
    return seen.getLast().equals(state.getLast());
  }
}

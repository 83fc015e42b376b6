package dev.faultline.checkers.transactions;

import dev.faultline.checkers.json.Json;
import dev.faultline.checkers.transactions.models.Anomaly;
import dev.faultline.checkers.transactions.models.ModelLattice;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A reason for which we differ from Elle, and what proves of a case that this and nothing else is
 * the reason, and that we are right.
 */
enum Deviation {
  /**
   * Elle does not index what transactions of unknown outcome wrote to registers (its source: "We
   * fail to index external writes of type :info. That's bad"). A write that was read did happen;
   * one that was not has no edge out of it, and is part of no cycle.
   *
   * <p>Proof: verdict, models and anomalies are Elle's, and so is all that we know of transactions
   * whose outcome is known. Where Elle knows no dependency at all, and says that nothing was
   * tested, there is at least that on such a transaction.
   */
  UNKNOWN_WRITES {
    @Override
    boolean isProven(GoldenCase golden, GoldenComparison comparison) {
      return golden.workload() == Workload.WR
          && comparison.isEqualWithoutUnknown()
          && (comparison.kinds().equals(Set.of("closure"))
              || (golden.valid().equals("unknown")
                  && comparison.isElleWithoutDependencies()
                  && comparison.ours().broken().isEmpty()));
    }
  },
  /**
   * Elle draws no edge from or to an aborted version, and none across it. Ours goes on behind it:
   * the list shows the order of those around.
   *
   * <p>Proof: only edges differ, and for each there is one list in which both elements stand in
   * this order, with nothing but aborted elements between.
   */
  ORDER_ACROSS_ABORTED {
    @Override
    boolean isProven(GoldenCase golden, GoldenComparison comparison) {
      ObservedLists lists = new ObservedLists(golden);
      return Set.of("ww", "rw").containsAll(comparison.kinds())
          && comparison.differences().stream().allMatch(each -> each.contains("only Elle [],"))
          && comparison.furtherEdges("ww").stream().allMatch(lists::showWritesAcrossAborted)
          && comparison.furtherEdges("rw").stream().allMatch(lists::showOverwriteAcrossAborted);
    }
  },
  /**
   * A transaction read one key as nil and as the empty list, which Elle calls internal. Both are
   * the state before the first append, and Elle's own dependencies take them for the same.
   *
   * <p>Proof: every internal contradiction that Elle shows is between nil and the empty list, and
   * without it Elle's anomalies rule out exactly what ours do.
   */
  NIL_AND_EMPTY {
    @Override
    boolean isProven(GoldenCase golden, GoldenComparison comparison) {
      Set<Anomaly> others = EnumSet.noneOf(Anomaly.class);
      golden.words("anomalyTypes").stream()
          .filter(word -> !word.equals("internal"))
          .forEach(word -> others.add(Anomaly.named(word).orElseThrow()));
      ModelLattice lattice = new ModelLattice();
      return golden.details("internal").stream().allMatch(Deviation::isNilAgainstEmpty)
          && lattice
              .impossible(others)
              .equals(lattice.impossible(comparison.ours().counts().keySet()))
          && comparison.ours().broken().isEmpty() == others.isEmpty();
    }
  },
  /**
   * A transaction read what it wrote only later: impossible, and Elle looks for it in lists only.
   *
   * <p>Proof: the history has such a read of a value that no other transaction writes. All else
   * that we say is what Elle says, or is proven by one of the reasons around this.
   */
  FUTURE_READ {
    @Override
    boolean isProven(GoldenCase golden, GoldenComparison comparison) {
      GoldenComparison others =
          new GoldenComparison(golden, comparison.ours(), Anomaly.FUTURE_READ);
      return golden.workload() == Workload.WR
          && golden.committed().anyMatch(each -> readsItsFuture(each, golden))
          && (others.differences().isEmpty()
              || UNKNOWN_WRITES.isProven(golden, others)
              || ONLY_ITSELF.isProven(golden, others));
    }
  },
  /**
   * Elle counts an edge of a transaction to itself, and takes the history for tested.
   *
   * <p>Proof: of two different transactions, none depends on the other by Elle's own account.
   */
  ONLY_ITSELF {
    @Override
    boolean isProven(GoldenCase golden, GoldenComparison comparison) {
      return comparison.isElleWithoutDependencies()
          && golden.words("anomalyTypes").isEmpty()
          && comparison.ours().graph().isEmpty();
    }
  },
  /**
   * A transaction read a register again, and saw another version. Elle draws no edge from the
   * writer of that one; but it was read, and so its writer came first (Adya 1999, section 4.4.1).
   *
   * <p>Proof: with an edge from each committed writer of such a read, found by going through the
   * history itself, Elle's edges are ours, unknown outcomes left out; the verdict is Elle's; and
   * every cycle of an anomaly that Elle does not report goes over such an edge.
   */
  LATER_READS {
    @Override
    boolean isProven(GoldenCase golden, GoldenComparison comparison) {
      return golden.workload() == Workload.WR && comparison.isEqualBut(golden.laterReads());
    }
  },
  /**
   * Two of the longest reads of a key are equally long and contradict each other: an incompatible
   * order, which both report. The edges follow one of them, and either is as good.
   *
   * <p>Proof: following the other one we say exactly what Elle says.
   */
  TIE {
    @Override
    boolean isProven(GoldenCase golden, GoldenComparison comparison) {
      return golden.isAmbiguous()
          && comparison.ours().broken().contains(Anomaly.INCOMPATIBLE_ORDER)
          && new GoldenComparison(golden, golden.analyseFromTheEnd()).differences().isEmpty();
    }
  };

  /** Tells whether this explains all that {@code comparison} found, and we are right. */
  abstract boolean isProven(GoldenCase golden, GoldenComparison comparison);

  private static boolean isNilAgainstEmpty(Json.Obj detail) {
    Json seen = GoldenCase.list(GoldenCase.member(detail, "mop")).getLast();
    Json expected = GoldenCase.member(detail, "expected");
    Set<Json> states = Set.of(Json.NULL, new Json.Array(List.of()));
    return states.contains(seen) && states.contains(expected);
  }

  private static boolean readsItsFuture(List<List<String>> transaction, GoldenCase golden) {
    for (int i = 0; i < transaction.size(); i++) {
      List<String> read = transaction.get(i);
      List<String> write = List.of("w", read.get(1), read.get(2));
      if (read.get(0).equals("r")
          && transaction.subList(i, transaction.size()).contains(write)
          && golden.writersOf(write) == 1) {
        return true;
      }
    }
    return false;
  }
}

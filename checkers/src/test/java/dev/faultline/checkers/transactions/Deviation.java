package dev.faultline.checkers.transactions;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A reason for which we differ from Elle, with what proves that it applies to a case. */
enum Deviation {
  /**
   * Elle does not index what transactions of unknown outcome wrote (its source: "We fail to index
   * external writes of type :info. That's bad"). One that was read did happen: further edges.
   */
  UNKNOWN_OUTCOME {
    @Override
    boolean holds(GoldenCase golden, GoldenComparison comparison) {
      return golden.workload() == Workload.WR
          && golden.hasWriteOf("info")
          && comparison.onlyAdds(Set.of("valid", "closure", "anomaly"));
    }
  },
  /** Elle's order stops at an aborted version; ours goes on behind it: further edges alone. */
  ABORTED_BETWEEN {
    @Override
    boolean holds(GoldenCase golden, GoldenComparison comparison) {
      return golden.hasWriteOf("fail") && comparison.onlyAdds(Set.of("ww", "rw", "closure"));
    }
  },
  /**
   * A transaction read one key as nil and as the empty list, which Elle calls internal. Both are
   * the state before the first append.
   */
  NIL_AND_EMPTY {
    @Override
    boolean holds(GoldenCase golden, GoldenComparison comparison) {
      return golden.committed().anyMatch(Deviation::readsNilAndEmpty)
          && comparison.kinds().stream()
              .allMatch(Set.of("valid", "not", "alsoNot", "anomaly")::contains);
    }
  },
  /**
   * The versions of one key contradict an assumption about keys. Elle drops the assumption for
   * every key, we for that one: further edges, and cycles of them.
   */
  KEPT_FOR_OTHER_KEYS {
    @Override
    boolean holds(GoldenCase golden, GoldenComparison comparison) {
      return golden.words("anomalyTypes").contains("cyclic-versions")
          && comparison.kinds().stream().allMatch(Set.of("closure", "anomaly")::contains);
    }
  },
  /**
   * A transaction read nil and then wrote the key. Elle takes the write for what it met ({@code or}
   * skips nil); it met the initial state, after another transaction of the process had written.
   */
  NIL_BEFORE_WRITE {
    @Override
    boolean holds(GoldenCase golden, GoldenComparison comparison) {
      return golden.workload() == Workload.WR
          && golden.committed().anyMatch(Deviation::readsNilThenWrites)
          && comparison.ours().counts().keySet().stream()
              .anyMatch(each -> each.word().equals("cyclic-versions"));
    }
  },
  /**
   * A transaction read what it wrote only later: impossible, and Elle looks for it in lists only.
   */
  FUTURE_READ {
    @Override
    boolean holds(GoldenCase golden, GoldenComparison comparison) {
      return golden.workload() == Workload.WR
          && golden.committed().anyMatch(Deviation::readsItsFuture);
    }
  },
  /** Elle counts an edge of a transaction to itself, and takes the history for tested. */
  NO_DEPENDENCIES {
    @Override
    boolean holds(GoldenCase golden, GoldenComparison comparison) {
      return Stream.of("ww", "wr", "rw", "process", "realtime")
              .allMatch(kind -> golden.edges(kind).isEmpty())
          && comparison.ours().graph().isEmpty();
    }
  },
  /** Reads of a key contradict each other at equal length; either order is as good. */
  AMBIGUOUS_ORDER {
    @Override
    boolean holds(GoldenCase golden, GoldenComparison comparison) {
      return golden.isAmbiguous()
          && comparison.ours().counts().keySet().stream()
              .anyMatch(each -> each.word().equals("incompatible-order"));
    }
  };

  abstract boolean holds(GoldenCase golden, GoldenComparison comparison);

  private static boolean readsNilAndEmpty(List<List<String>> transaction) {
    return transaction.stream()
        .anyMatch(read ->
            read.get(2).equals("null") && transaction.contains(List.of("r", read.get(1), "[]")));
  }

  private static boolean readsNilThenWrites(List<List<String>> transaction) {
    for (int i = 0; i < transaction.size(); i++) {
      List<String> read = transaction.get(i);
      if (read.get(2).equals("null")
          && transaction.subList(i, transaction.size()).stream()
              .anyMatch(op -> op.get(0).equals("w") && op.get(1).equals(read.get(1)))) {
        return true;
      }
    }
    return false;
  }

  private static boolean readsItsFuture(List<List<String>> transaction) {
    for (int i = 0; i < transaction.size(); i++) {
      List<String> read = transaction.get(i);
      if (read.get(0).equals("r")
          && transaction
              .subList(i, transaction.size())
              .contains(List.of("w", read.get(1), read.get(2)))) {
        return true;
      }
    }
    return false;
  }
}

package dev.faultline.checkers.transactions;

import dev.faultline.checkers.transactions.SimulatedDatabase.Op;
import dev.faultline.checkers.transactions.SimulatedDatabase.Txn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Says by trying every order whether transactions can have been executed under a model.
 *
 * <p>Every model asks for one order in which transactions install what they wrote, each at once.
 * What their reads may see is up to the {@link ObservableStates}. Under snapshot isolation reads
 * see the state at an earlier moment, and of two concurrent writers of a key one must yield
 * (Berenson et al. 1995, with snapshots as old as one likes). Nothing here knows of dependencies or
 * cycles.
 */
final class BruteForceIsolation {

  /** What reads may see. */
  enum Level {
    READ_UNCOMMITTED,
    READ_COMMITTED,
    SNAPSHOT_ISOLATION,
    SERIALIZABLE
  }

  /** Which order beside that of data must be kept. */
  enum Order {
    NONE,
    SESSION,
    REAL_TIME
  }

  private final Workload workload;
  private final Level level;
  private final Order order;
  private final List<Txn> committed = new ArrayList<>();
  private final List<Txn> possible = new ArrayList<>();
  private final ToldRevisions revisions;

  BruteForceIsolation(
      SimulatedDatabase database, Workload workload, List<Txn> all, Level level, Order order) {
    this.workload = workload;
    this.level = level;
    this.order = order;
    this.revisions = new ToldRevisions(database, all);
    for (Txn txn : all) {
      if (txn.outcome == Outcome.OK || (mayReadAborted() && isSeen(txn, all))) {
        committed.add(txn);
      } else if (txn.outcome == Outcome.INFO && txn.ops.stream().anyMatch(op -> op.write)) {
        possible.add(txn);
      }
    }
  }

  /**
   * Tells whether nothing follows from a read for the fate of the writer. By definition one whose
   * outcome is unknown counts as committed then, if what it wrote was seen.
   */
  private boolean mayReadAborted() {
    return level == Level.READ_UNCOMMITTED;
  }

  private static boolean isSeen(Txn txn, List<Txn> all) {
    return txn.outcome == Outcome.INFO
        && all.stream()
            .filter(reader -> reader.outcome == Outcome.OK)
            .flatMap(reader -> reader.ops.stream())
            .anyMatch(read -> txn.ops.stream().anyMatch(op -> op.write && read.sees(op)));
  }

  boolean isPossible() {
    for (int subset = 0; subset < 1 << possible.size(); subset++) {
      List<Txn> chosen = new ArrayList<>(committed);
      for (int i = 0; i < possible.size(); i++) {
        if ((subset & 1 << i) != 0) {
          chosen.add(possible.get(i));
        }
      }
      if (new Search(chosen).succeeds()) {
        return true;
      }
    }
    return false;
  }

  private boolean mustPrecede(Txn first, Txn second) {
    return switch (order) {
      case NONE -> false;
      case SESSION ->
          first.process == second.process
              && first.outcome == Outcome.OK
              && first.completion < second.invocation;
      case REAL_TIME -> first.outcome == Outcome.OK && first.completion < second.invocation;
    };
  }

  /** Extends an order of starts and commits event by event. */
  private final class Search {

    private final List<Txn> txns;
    private final ObservableStates states;
    private final Set<Txn> started = new HashSet<>();
    private final Set<Txn> done = new HashSet<>();

    /** For each transaction under way, the keys that others wrote since it started. */
    private final Map<Txn, Set<Integer>> conflicts = new HashMap<>();

    Search(List<Txn> txns) {
      this.txns = txns;
      this.states = new ObservableStates(workload, txns);
    }

    boolean succeeds() {
      if (done.size() == txns.size()) {
        return level != Level.READ_UNCOMMITTED || states.agreeWithAllReads();
      }
      for (Txn txn : txns) {
        if (done.contains(txn)) {
          continue;
        }
        boolean extended = started.contains(txn) ? tryCommit(txn) : tryStart(txn);
        if (extended) {
          return true;
        }
      }
      return false;
    }

    private boolean tryStart(Txn txn) {
      for (Txn other : txns) {
        if (!done.contains(other) && other != txn && mustPrecede(other, txn)) {
          return false;
        }
      }
      boolean fits =
          switch (level) {
            case READ_UNCOMMITTED -> true;
            case READ_COMMITTED -> states.showCommitted(txn);
            case SNAPSHOT_ISOLATION, SERIALIZABLE -> states.showAtOnce(txn);
          };
      if (!fits) {
        return false;
      }
      started.add(txn);
      conflicts.put(txn, new HashSet<>());
      boolean found = level == Level.SNAPSHOT_ISOLATION ? succeeds() : tryCommit(txn);
      started.remove(txn);
      conflicts.remove(txn);
      return found;
    }

    private boolean tryCommit(Txn txn) {
      Set<Integer> touched = Objects.requireNonNull(conflicts.get(txn));
      if (txn.ops.stream().anyMatch(op -> op.write && touched.contains(op.key))
          || (workload == Workload.WR && !revisions.allow(txn, done))) {
        return false;
      }
      Map<Txn, Set<Integer>> conflictsBefore = new HashMap<>();
      conflicts.forEach((each, keys) -> conflictsBefore.put(each, new HashSet<>(keys)));
      for (Op op : txn.ops) {
        if (op.write) {
          conflicts.forEach((other, keys) -> {
            if (other != txn) {
              keys.add(op.key);
            }
          });
        }
      }
      states.install(txn);
      done.add(txn);
      boolean found = succeeds();
      done.remove(txn);
      states.takeBack();
      conflicts.clear();
      conflicts.putAll(conflictsBefore);
      return found;
    }
  }
}

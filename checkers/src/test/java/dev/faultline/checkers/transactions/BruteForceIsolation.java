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
 * Says by trying every order whether transactions can have been executed under a model: one after
 * the other (serializable), or each on a snapshot, where of two concurrent writers of a key one
 * must yield (snapshot isolation; Berenson et al. 1995, with snapshots as old as one likes).
 *
 * <p>Nothing here knows of dependencies or cycles.
 */
final class BruteForceIsolation {

  /** Which order beside that of data must be kept. */
  enum Order {
    NONE,
    SESSION,
    REAL_TIME
  }

  private final Workload workload;
  private final SimulatedDatabase database;
  private final Order order;
  private final boolean snapshots;
  private final List<Txn> committed;
  private final List<Txn> possible;

  BruteForceIsolation(
      SimulatedDatabase database,
      Workload workload,
      List<Txn> all,
      boolean snapshots,
      Order order) {
    this.database = database;
    this.workload = workload;
    this.snapshots = snapshots;
    this.order = order;
    this.committed = all.stream().filter(txn -> txn.outcome == Outcome.OK).toList();
    this.possible =
        all.stream()
            .filter(txn -> txn.outcome == Outcome.INFO && txn.ops.stream().anyMatch(op -> op.write))
            .toList();
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
              && second.outcome == Outcome.OK
              && first.completion < second.invocation;
      case REAL_TIME -> first.outcome == Outcome.OK && first.completion < second.invocation;
    };
  }

  /** Extends an order of starts and commits event by event. */
  private final class Search {

    private final List<Txn> txns;
    private final Map<Integer, List<Integer>> state = new HashMap<>();
    private final Set<Txn> started = new HashSet<>();
    private final Set<Txn> done = new HashSet<>();

    /** For each transaction under way, the keys that others wrote since it started. */
    private final Map<Txn, Set<Integer>> conflicts = new HashMap<>();

    Search(List<Txn> txns) {
      this.txns = txns;
    }

    boolean succeeds() {
      if (done.size() == txns.size()) {
        return true;
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
      if (!readsFit(txn)) {
        return false;
      }
      started.add(txn);
      conflicts.put(txn, new HashSet<>());
      boolean found = snapshots ? succeeds() : tryCommit(txn);
      started.remove(txn);
      conflicts.remove(txn);
      return found;
    }

    private boolean tryCommit(Txn txn) {
      Set<Integer> touched = Objects.requireNonNull(conflicts.get(txn));
      if (txn.ops.stream().anyMatch(op -> op.write && touched.contains(op.key))) {
        return false;
      }
      Map<Integer, List<Integer>> before = new HashMap<>();
      state.forEach((key, list) -> before.put(key, new ArrayList<>(list)));
      Map<Txn, Set<Integer>> conflictsBefore = new HashMap<>();
      conflicts.forEach((each, keys) -> conflictsBefore.put(each, new HashSet<>(keys)));
      boolean found = false;
      if (install(txn)) {
        done.add(txn);
        found = succeeds();
        done.remove(txn);
      }
      state.clear();
      state.putAll(before);
      conflicts.clear();
      conflicts.putAll(conflictsBefore);
      return found;
    }

    /** Writes what {@code txn} wrote; false if the revisions told of it contradict the order. */
    private boolean install(Txn txn) {
      for (int i = 0; i < txn.ops.size(); i++) {
        Op op = txn.ops.get(i);
        if (op.write) {
          List<Integer> list = state.computeIfAbsent(op.key, _ -> new ArrayList<>());
          if (workload == Workload.WR && isLastWrite(txn, i) && isKnown(txn, op)) {
            for (int earlier : list) {
              if (isKnownVersion(op.key, earlier)
                  && database.revisionOf(op.key, earlier) > op.revision) {
                return false;
              }
            }
          }
          if (workload == Workload.APPEND || isLastWrite(txn, i)) {
            list.add(op.value);
          }
          conflicts.forEach((other, keys) -> {
            if (other != txn) {
              keys.add(op.key);
            }
          });
        }
      }
      return true;
    }

    private boolean isLastWrite(Txn txn, int index) {
      int key = txn.ops.get(index).key;
      return txn.ops.subList(index + 1, txn.ops.size()).stream()
          .noneMatch(op -> op.write && op.key == key);
    }

    private boolean isKnown(Txn txn, Op op) {
      return op.revision > 0 && (txn.outcome == Outcome.OK || isKnownVersion(op.key, op.value));
    }

    /**
     * Tells whether a committed transaction wrote or read the version, and was told its revision.
     */
    private boolean isKnownVersion(int key, int value) {
      return database.revisionOf(key, value) > 0
          && committed.stream()
              .flatMap(txn -> txn.ops.stream())
              .anyMatch(op ->
                  op.key == key
                      && (op.write
                          ? op.value == value
                          : !op.seen.isEmpty() && op.seen.getLast() == value));
    }

    private boolean readsFit(Txn txn) {
      if (txn.outcome != Outcome.OK) {
        return true;
      }
      Map<Integer, List<Integer>> own = new HashMap<>();
      for (Op op : txn.ops) {
        List<Integer> list =
            own.computeIfAbsent(op.key, key -> new ArrayList<>(state.getOrDefault(key, List.of())));
        if (op.write) {
          list.add(op.value);
        } else if (workload == Workload.APPEND ? !op.seen.equals(list) : !sameLast(op.seen, list)) {
          return false;
        }
      }
      return true;
    }

    private boolean sameLast(List<Integer> one, List<Integer> other) {
      if (one.isEmpty() || other.isEmpty()) {
        return one.isEmpty() && other.isEmpty();
      }
      return one.getLast().equals(other.getLast());
    }
  }
}

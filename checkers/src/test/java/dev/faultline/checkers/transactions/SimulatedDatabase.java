package dev.faultline.checkers.transactions;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A toy database, correct or faulty, that is driven through random small histories. Time is a
 * counter of events.
 */
final class SimulatedDatabase {

  /** How the database isolates transactions. */
  enum Isolation {
    /** All at once, between invocation and completion. */
    STRICT,
    /** All at once, on a state that may be old for those that write nothing. */
    STALE_READS,
    /** On a snapshot; the first committer wins. */
    SNAPSHOT,
    /** On a snapshot that may be older than the transaction; the first committer wins. */
    OLD_SNAPSHOT,
    /** On a snapshot; nobody looks for conflicts. */
    LOST_UPDATES,
    /** Each read sees what is committed; writes appear at the end. */
    READ_COMMITTED,
    /** Writes appear at once, and stay if the transaction fails. */
    READ_UNCOMMITTED
  }

  /** One micro-operation; {@code seen} is filled in for reads of committed transactions. */
  static final class Op {
    final boolean write;
    final int key;
    final int value;
    List<Integer> seen = List.of();
    long revision;

    Op(boolean write, int key, int value) {
      this.write = write;
      this.key = key;
      this.value = value;
    }

    boolean isWriteOf(int key, int value) {
      return write && this.key == key && this.value == value;
    }

    /** Tells whether this is a read that saw what {@code other} wrote. */
    boolean sees(Op other) {
      return !write && key == other.key && seen.contains(other.value);
    }
  }

  /** One transaction with the events at which it began and ended. */
  static final class Txn {
    final int process;
    final List<Op> ops;
    int invocation;
    int completion = Transactions.NEVER;
    Outcome outcome = Outcome.INFO;
    Map<Integer, List<Integer>> snapshot = Map.of();
    int step;

    Txn(int process, List<Op> ops) {
      this.process = process;
      this.ops = ops;
    }

    /** Tells whether the {@code index}th micro-operation writes, and none after it to its key. */
    boolean isLastWrite(int index) {
      Op op = ops.get(index);
      return op.write
          && ops.subList(index + 1, ops.size()).stream()
              .noneMatch(later -> later.write && later.key == op.key);
    }

    /** Returns what this wrote to the key of the {@code index}th micro-operation before it. */
    List<Integer> writtenBefore(int index) {
      int key = ops.get(index).key;
      return ops.subList(0, index).stream()
          .filter(op -> op.write && op.key == key)
          .map(op -> op.value)
          .toList();
    }
  }

  private final Random random;
  private final Isolation isolation;
  private final Workload workload;
  private final int keys;
  private final Map<Integer, List<Integer>> state = new HashMap<>();
  private final List<Map<Integer, List<Integer>>> past = new ArrayList<>();
  private final Map<Integer, Long> revisions = new LinkedHashMap<>();
  private final int[] lastValue;
  private final boolean tellsRevisions;
  private final int shareOfReads;
  private final boolean repeatsValues;
  private long revision;
  private int event;

  SimulatedDatabase(Random random, Isolation isolation, Workload workload) {
    this.random = random;
    this.isolation = isolation;
    this.workload = workload;
    // Dirty writes need two keys, and transactions that write both, to show.
    this.keys = isolation == Isolation.READ_UNCOMMITTED ? 2 : 1 + random.nextInt(2);
    this.lastValue = new int[keys];
    this.tellsRevisions = random.nextInt(4) > 0;
    this.shareOfReads = isolation == Isolation.READ_UNCOMMITTED ? 4 : 2 + random.nextInt(3);
    this.repeatsValues = random.nextInt(10) == 0;
    past.add(copy());
  }

  /** Runs up to {@code most} transactions, and now and then spoils one afterwards. */
  List<Txn> run(int most) {
    List<Txn> all = runFaithfully(most);
    if (random.nextInt(4) == 0) {
      corrupt(all);
    }
    return all;
  }

  /** Runs up to {@code most} transactions, and for lists one more that reads every key. */
  List<Txn> runFaithfully(int most) {
    int processes = 2 + random.nextInt(2);
    int left = 2 + random.nextInt(most - 1);
    List<Txn> all = new ArrayList<>();
    Map<Integer, Txn> open = new HashMap<>();
    while (left > 0 || !open.isEmpty()) {
      int process = random.nextInt(processes);
      Txn txn = open.get(process);
      if (txn == null && left > 0) {
        Txn fresh = begin(process);
        left--;
        open.put(process, fresh);
        all.add(fresh);
      } else if (txn != null && advance(txn)) {
        open.remove(process);
      }
    }
    if (workload == Workload.APPEND) {
      all.add(readAll());
    }
    return all;
  }

  private Txn begin(int process) {
    List<Op> ops = new ArrayList<>();
    int count = isolation == Isolation.READ_UNCOMMITTED ? 3 : 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      int key = random.nextInt(keys);
      boolean write = random.nextInt(shareOfReads) > 0;
      ops.add(new Op(write, key, write ? value(key) : 0));
    }
    Txn txn = new Txn(process, ops);
    txn.invocation = event++;
    boolean old =
        isolation == Isolation.OLD_SNAPSHOT
            || (isolation == Isolation.STALE_READS && ops.stream().noneMatch(op -> op.write));
    txn.snapshot = old ? past.get(random.nextInt(past.size())) : copy();
    return txn;
  }

  /** Returns a new value; now and then an old one, as one does who tries again. */
  private int value(int key) {
    return repeatsValues && lastValue[key] > 0 && random.nextInt(6) == 0
        ? 1 + random.nextInt(lastValue[key])
        : ++lastValue[key];
  }

  /** Does the next step of {@code txn}; true if that was its last. */
  private boolean advance(Txn txn) {
    boolean steps =
        isolation == Isolation.READ_COMMITTED || isolation == Isolation.READ_UNCOMMITTED;
    if (steps && txn.step < txn.ops.size()) {
      perform(txn, txn.step++);
      return false;
    }
    if (txn.step <= txn.ops.size()) {
      txn.step = txn.ops.size() + 1;
      boolean committed = commit(txn);
      txn.outcome = committed ? Outcome.OK : Outcome.FAIL;
      return false;
    }
    if (random.nextInt(12) == 0) {
      txn.outcome = Outcome.INFO;
      if (random.nextBoolean()) {
        return true; // Never completes.
      }
    }
    txn.completion = event++;
    return true;
  }

  private void perform(Txn txn, int step) {
    Op op = txn.ops.get(step);
    if (isolation == Isolation.READ_UNCOMMITTED) {
      if (op.write) {
        revision++;
        install(op);
      } else {
        op.seen = List.copyOf(state.getOrDefault(op.key, List.of()));
      }
    } else if (!op.write) {
      op.seen = view(txn, step, state);
    }
  }

  private boolean commit(Txn txn) {
    boolean aborts = random.nextInt(12) == 0;
    switch (isolation) {
      case READ_UNCOMMITTED -> {
        return !aborts;
      }
      case READ_COMMITTED -> {
        // What was read stays as it was.
      }
      case STRICT -> txn.snapshot = copy();
      case STALE_READS -> {
        if (txn.ops.stream().anyMatch(op -> op.write)) {
          txn.snapshot = copy();
        }
      }
      case SNAPSHOT, OLD_SNAPSHOT -> {
        for (Op op : txn.ops) {
          aborts |=
              op.write
                  && !state
                      .getOrDefault(op.key, List.of())
                      .equals(txn.snapshot.getOrDefault(op.key, List.of()));
        }
      }
      case LOST_UPDATES -> {
        // Whatever others did meanwhile.
      }
    }
    if (aborts) {
      return false;
    }
    if (isolation != Isolation.READ_COMMITTED) {
      for (int i = 0; i < txn.ops.size(); i++) {
        txn.ops.get(i).seen = view(txn, i, txn.snapshot);
      }
    }
    revision++; // One for all that a transaction writes, as in etcd.
    txn.ops.stream().filter(op -> op.write).forEach(this::install);
    past.add(copy());
    return true;
  }

  private List<Integer> view(Txn txn, int step, Map<Integer, List<Integer>> base) {
    int key = txn.ops.get(step).key;
    List<Integer> list = new ArrayList<>(base.getOrDefault(key, List.of()));
    for (int i = 0; i < step; i++) {
      if (txn.ops.get(i).write && txn.ops.get(i).key == key) {
        list.add(txn.ops.get(i).value);
      }
    }
    return list;
  }

  private void install(Op op) {
    state.computeIfAbsent(op.key, _ -> new ArrayList<>()).add(op.value);
    op.revision = revision;
    revisions.put(op.key * 1000 + op.value, op.revision);
  }

  private Txn readAll() {
    List<Op> ops = new ArrayList<>();
    for (int key = 0; key < keys; key++) {
      Op op = new Op(false, key, 0);
      op.seen = List.copyOf(state.getOrDefault(key, List.of()));
      ops.add(op);
    }
    Txn txn = new Txn(99, ops);
    txn.invocation = event++;
    txn.completion = event++;
    txn.outcome = Outcome.OK;
    return txn;
  }

  /** Lets one read forget its newest element, or one transaction end otherwise than was told. */
  private void corrupt(List<Txn> all) {
    Txn txn = all.get(random.nextInt(all.size()));
    Op op = txn.ops.get(random.nextInt(txn.ops.size()));
    if (!op.write && !op.seen.isEmpty()) {
      op.seen = op.seen.subList(0, op.seen.size() - 1);
    } else if (op.write && txn.completion != Transactions.NEVER) {
      if (workload == Workload.WR && random.nextBoolean()) {
        repeatRevision(txn, all.get(random.nextInt(all.size())));
      } else {
        txn.outcome = txn.outcome == Outcome.OK ? Outcome.FAIL : Outcome.OK;
      }
    }
  }

  /** Numbers what {@code txn} wrote as what {@code other} did, as one does who forgot the other. */
  private void repeatRevision(Txn txn, Txn other) {
    other.ops.stream()
        .filter(op -> op.write && op.revision > 0)
        .findFirst()
        .ifPresent(theirs -> {
          for (Op op : txn.ops) {
            if (op.write && op.revision > 0) {
              op.revision = theirs.revision;
              revisions.put(op.key * 1000 + op.value, op.revision);
            }
          }
        });
  }

  private Map<Integer, List<Integer>> copy() {
    Map<Integer, List<Integer>> copy = new HashMap<>();
    state.forEach((key, list) -> copy.put(key, List.copyOf(list)));
    return copy;
  }

  /** Returns the history as the checker knows it, with revisions for registers. */
  Transactions transactions(List<Txn> all) {
    Transactions transactions = new Transactions(workload);
    List<Txn> ordered = new ArrayList<>(all);
    ordered.sort((a, b) ->
        a.completion != b.completion
            ? Integer.compare(a.completion, b.completion)
            : Integer.compare(a.invocation, b.invocation));
    for (Txn txn : ordered) {
      transactions.begin(txn.process, txn.invocation, txn.completion, txn.outcome);
      for (Op op : txn.ops) {
        add(transactions, txn, op);
      }
    }
    return transactions;
  }

  private void add(Transactions transactions, Txn txn, Op op) {
    int key = transactions.versions().key("k" + op.key);
    if (op.write) {
      transactions.addWrite(key, Values.code(op.value));
      if (tells(txn) && op.revision > 0) {
        transactions.noteRevision(op.revision);
      }
    } else if (txn.outcome != Outcome.OK) {
      transactions.addUnknownRead(key);
    } else if (workload == Workload.APPEND) {
      transactions.lists().begin(key);
      op.seen.forEach(value -> transactions.lists().element(Values.code(value)));
      transactions.addRead(key, transactions.lists().end(), transactions.lists().length());
    } else if (op.seen.isEmpty()) {
      transactions.addRead(key, Transactions.NIL, 0);
    } else {
      int value = op.seen.getLast();
      transactions.addRead(key, transactions.versions().version(key, Values.code(value)), 0);
      if (tells(txn)) {
        transactions.noteRevision(revisionOf(op.key, value));
      }
    }
  }

  private boolean tells(Txn txn) {
    return tellsRevisions && workload == Workload.WR && txn.outcome == Outcome.OK;
  }

  /** Tells whether the history tells revisions, as etcd does. */
  boolean tellsRevisions() {
    return tellsRevisions;
  }

  /** Returns the revision at which {@code value} was installed, or 0. */
  long revisionOf(int key, int value) {
    return revisions.getOrDefault(key * 1000 + value, 0L);
  }
}

package dev.faultline.checkers.transactions;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The transactions of a history in columns, in the order in which they completed.
 *
 * <p>Micro-operations are numbered through all transactions. What {@link #value} says of one
 * depends on its kind: of a write the version; of a read of a register the version, or {@link
 * #NIL}; of a read of a list which list ({@link Lists}), and {@link #length} how long it was.
 */
final class Transactions {

  /** Kinds of micro-operations. */
  static final byte WRITE = 0;

  static final byte READ = 1;

  /** A read of which nobody knows what it saw. */
  static final byte UNKNOWN_READ = 2;

  /** Stands for the initial state where a version might stand. */
  static final int NIL = -1;

  /** Stands for a completion that never came. */
  static final int NEVER = Integer.MAX_VALUE;

  private final Workload workload;
  private final Versions versions;
  private final Lists lists;
  private final Problems problems = new Problems();

  private int count;
  private int[] invocations = new int[256];
  private int[] completions = new int[256];
  private int[] processes = new int[256];
  private byte[] outcomes = new byte[256];
  private long[] begins = new long[256];
  private long[] ends = new long[256];
  private int[] firsts = new int[257];

  private int operations;
  private byte[] kinds = new byte[1024];
  private int[] keys = new int[1024];
  private int[] values = new int[1024];
  private int[] lengths = new int[1024];
  private long @Nullable [] revisions;

  Transactions(Workload workload) {
    this.workload = workload;
    this.versions = new Versions();
    this.lists = new Lists(versions);
  }

  // Filling.

  /** Adds a transaction; its micro-operations follow. */
  void begin(int process, int invocation, int completion, Outcome outcome) {
    if (count == invocations.length) {
      int capacity = Math.addExact(count, count >> 1);
      invocations = Arrays.copyOf(invocations, capacity);
      completions = Arrays.copyOf(completions, capacity);
      processes = Arrays.copyOf(processes, capacity);
      outcomes = Arrays.copyOf(outcomes, capacity);
      begins = Arrays.copyOf(begins, capacity);
      ends = Arrays.copyOf(ends, capacity);
      firsts = Arrays.copyOf(firsts, capacity + 1);
    }
    invocations[count] = invocation;
    completions[count] = completion;
    processes[count] = process;
    outcomes[count] = outcome.code();
    count++;
    firsts[count] = operations;
  }

  /** Notes when the transaction begun last was invoked and completed, in nanoseconds. */
  void times(long invocationNanos, long completionNanos) {
    begins[count - 1] = invocationNanos;
    ends[count - 1] = completionNanos;
  }

  void addWrite(int key, long code) {
    add(WRITE, key, versions.version(key, code), 0);
  }

  void addUnknownRead(int key) {
    add(UNKNOWN_READ, key, NIL, 0);
  }

  /** Adds a read of a committed transaction; what others say that they saw means nothing. */
  void addRead(int key, int value, int length) {
    add(READ, key, value, length);
  }

  /** Notes the mod revision of the version that the micro-operation added last wrote or saw. */
  void noteRevision(long revision) {
    if (revisions == null) {
      revisions = new long[kinds.length];
    }
    revisions[operations - 1] = revision;
  }

  private void add(byte kind, int key, int value, int length) {
    if (operations == kinds.length) {
      int capacity = Math.addExact(operations, operations >> 1);
      kinds = Arrays.copyOf(kinds, capacity);
      keys = Arrays.copyOf(keys, capacity);
      values = Arrays.copyOf(values, capacity);
      lengths = Arrays.copyOf(lengths, capacity);
      if (revisions != null) {
        revisions = Arrays.copyOf(revisions, capacity);
      }
    }
    kinds[operations] = kind;
    keys[operations] = key;
    values[operations] = value;
    lengths[operations] = length;
    operations++;
    firsts[count] = operations;
  }

  // Reading.

  Workload workload() {
    return workload;
  }

  Versions versions() {
    return versions;
  }

  Lists lists() {
    return lists;
  }

  Problems problems() {
    return problems;
  }

  int count() {
    return count;
  }

  int operations() {
    return operations;
  }

  int invocation(int transaction) {
    return invocations[transaction];
  }

  int completion(int transaction) {
    return completions[transaction];
  }

  /** Returns when {@code transaction} was invoked, in nanoseconds since the run began. */
  long invocationNanos(int transaction) {
    return begins[transaction];
  }

  /** Returns when it completed, if it did. */
  long completionNanos(int transaction) {
    return ends[transaction];
  }

  int process(int transaction) {
    return processes[transaction];
  }

  Outcome outcome(int transaction) {
    if (isOk(transaction)) {
      return Outcome.OK;
    }
    return isFailed(transaction) ? Outcome.FAIL : Outcome.INFO;
  }

  boolean isOk(int transaction) {
    return outcomes[transaction] == Outcome.OK.code();
  }

  boolean isFailed(int transaction) {
    return outcomes[transaction] == Outcome.FAIL.code();
  }

  /** Returns the transaction that {@code operation} belongs to. */
  int transactionOf(int operation) {
    int place = Arrays.binarySearch(firsts, 0, count + 1, operation);
    int transaction = place >= 0 ? place : -place - 2;
    while (firsts[transaction + 1] == operation) {
      transaction++; // Transactions without micro-operations begin where the next one does.
    }
    return transaction;
  }

  /** Returns the first micro-operation of {@code transaction}. */
  int first(int transaction) {
    return firsts[transaction];
  }

  /** Returns the one after its last. */
  int end(int transaction) {
    return firsts[transaction + 1];
  }

  byte kind(int operation) {
    return kinds[operation];
  }

  boolean isWrite(int operation) {
    return kinds[operation] == WRITE;
  }

  boolean isRead(int operation) {
    return kinds[operation] == READ;
  }

  int key(int operation) {
    return keys[operation];
  }

  int value(int operation) {
    return values[operation];
  }

  int length(int operation) {
    return lengths[operation];
  }

  /** Returns the mod revision that the system told, or 0. */
  long revision(int operation) {
    return revisions == null ? 0 : revisions[operation];
  }

  boolean hasRevisions() {
    return revisions != null;
  }

  /**
   * Returns the last element of the list that {@code read} saw, or {@link #NIL} of an empty one.
   */
  int lastElement(int read) {
    int length = lengths[read];
    return length == 0 ? NIL : lists.element(keys[read], values[read], length - 1);
  }

  /** Returns the version that {@code read} saw: the value, or the last element of the list. */
  int seen(int read) {
    return switch (workload) {
      case APPEND -> lastElement(read);
      case WR -> values[read];
    };
  }

  /** Returns about how much memory the columns take, in bytes. */
  long sizeBytes() {
    long perTransaction = 4L * Integer.BYTES + 1 + 2L * Long.BYTES;
    long perOperation = 3L * Integer.BYTES + 1 + (revisions == null ? 0 : Long.BYTES);
    return perTransaction * invocations.length
        + perOperation * kinds.length
        + versions.sizeBytes()
        + lists.sizeBytes();
  }

  /** Returns what is wrong with the history itself, a line each. */
  List<String> problemLines() {
    return problems.lines();
  }
}

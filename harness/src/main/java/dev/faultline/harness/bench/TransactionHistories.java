package dev.faultline.harness.bench;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Writes histories of transactions as a database of some isolation would leave them, from a seed.
 * After Elle's generators: keys drawn with halving probability out of ten, one to four
 * micro-operations, 20 processes, 2 % failures, 0.5 % unknown outcomes.
 */
final class TransactionHistories {

  /** What the database guarantees. */
  enum Isolation {
    /** Each transaction happens at once when it completes. */
    VALID,
    /** Each works on the state at its invocation; the first to write a key wins. */
    SI,
    /** Reads lag behind by a few versions: everything ends up in one component. */
    HUGE
  }

  private static final int PROCESSES = 20;
  private static final int KEYS = 10;
  private static final int LONGEST = 4;
  private static final int MOST_LAG = 4;
  private static final int FAILURES_PER_MILLE = 20;
  private static final int UNKNOWN_PER_MILLE = 5;
  private static final int WRITES_PER_KEY = 256;
  private static final long EVENT_NANOS = 10_000;

  /** A key, the values written to it in order, and how many were handed out. */
  private static final class Key {
    final long number;
    final List<Integer> values = new ArrayList<>();
    int handedOut;

    Key(long number) {
      this.number = number;
    }
  }

  /** A micro-operation under way. */
  private record Operation(boolean write, Key key, int value, int seen) {}

  private final boolean lists;
  private final Isolation isolation;
  private final SplittableRandom random;
  private final Key[] window = new Key[KEYS];
  private final List<List<Operation>> open = new ArrayList<>();
  private final int[] names = new int[PROCESSES];
  private long nextKey;
  private int events;

  TransactionHistories(boolean lists, Isolation isolation, long seed) {
    this.lists = lists;
    this.isolation = isolation;
    this.random = new SplittableRandom(seed);
    for (int i = 0; i < KEYS; i++) {
      window[i] = new Key(nextKey++);
    }
    for (int i = 0; i < PROCESSES; i++) {
      open.add(List.of());
      names[i] = i;
    }
  }

  /** Writes {@code transactions} transactions to {@code file}. */
  void write(Path file, int transactions) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      StringBuilder line = new StringBuilder();
      for (int left = transactions; left > 0; ) {
        int process = random.nextInt(PROCESSES);
        line.setLength(0);
        if (open.get(process).isEmpty()) {
          invoke(process, line);
        } else {
          complete(process, line);
          left--;
        }
        out.append(line);
        events++;
      }
    }
  }

  private void invoke(int process, StringBuilder line) {
    List<Operation> operations = new ArrayList<>();
    int count = 1 + random.nextInt(LONGEST);
    for (int i = 0; i < count; i++) {
      int place = Math.min(KEYS - 1, Long.numberOfTrailingZeros(random.nextLong()));
      Key key = window[place];
      boolean write = random.nextBoolean();
      int value = write ? ++key.handedOut : 0;
      operations.add(new Operation(write, key, value, key.values.size()));
      if (key.handedOut >= WRITES_PER_KEY) {
        window[place] = new Key(nextKey++);
      }
    }
    open.set(process, operations);
    begin(process, "invoke", line);
    for (Operation each : operations) {
      append(each, null, line);
    }
    finish(line);
  }

  private void complete(int process, StringBuilder line) {
    List<Operation> operations = open.get(process);
    open.set(process, List.of());
    int luck = random.nextInt(1000);
    boolean unknown = luck < UNKNOWN_PER_MILLE;
    boolean failed = luck >= 1000 - FAILURES_PER_MILLE || conflicts(operations);
    begin(process, unknown ? "info" : failed ? "fail" : "ok", line);
    List<List<Integer>> seen = new ArrayList<>();
    for (int i = 0; i < operations.size(); i++) {
      seen.add(view(operations, i));
    }
    for (int i = 0; i < operations.size(); i++) {
      append(operations.get(i), unknown || failed ? null : seen.get(i), line);
    }
    finish(line);
    if (!failed && !(unknown && random.nextBoolean())) {
      for (Operation each : operations) {
        if (each.write()) {
          each.key().values.add(each.value());
        }
      }
    }
    if (unknown) {
      names[process] += PROCESSES;
    }
  }

  private boolean conflicts(List<Operation> operations) {
    return isolation == Isolation.SI
        && operations.stream()
            .anyMatch(each -> each.write() && each.key().values.size() != each.seen());
  }

  /** Returns what the {@code index}th micro-operation sees of its key. */
  private List<Integer> view(List<Operation> operations, int index) {
    Operation read = operations.get(index);
    if (read.write()) {
      return List.of();
    }
    int length =
        switch (isolation) {
          case VALID -> read.key().values.size();
          case SI -> read.seen();
          case HUGE -> Math.max(0, read.key().values.size() - random.nextInt(MOST_LAG));
        };
    List<Integer> view = new ArrayList<>(read.key().values.subList(0, length));
    for (Operation each : operations.subList(0, index)) {
      if (each.write() && each.key() == read.key()) {
        view.add(each.value());
      }
    }
    return view;
  }

  private void begin(int process, String type, StringBuilder line) {
    line.append("{\"index\":").append(events);
    line.append(",\"time\":").append(events * EVENT_NANOS);
    line.append(",\"process\":").append(names[process]);
    line.append(",\"type\":\"").append(type).append("\",\"f\":\"txn\",\"value\":[");
  }

  private static void finish(StringBuilder line) {
    line.setLength(line.length() - 1); // The last comma.
    line.append("]}\n");
  }

  private void append(Operation operation, @Nullable List<Integer> seen, StringBuilder line) {
    line.append(operation.write() ? (lists ? "[\"append\",\"" : "[\"w\",\"") : "[\"r\",\"");
    line.append(operation.key().number).append("\",");
    if (operation.write()) {
      line.append(operation.value());
    } else if (seen == null || (seen.isEmpty() && !lists)) {
      line.append("null");
    } else if (lists) {
      line.append('[');
      for (int i = 0; i < seen.size(); i++) {
        if (i > 0) {
          line.append(',');
        }
        line.append((int) seen.get(i));
      }
      line.append(']');
    } else {
      line.append((int) seen.getLast());
    }
    line.append("],");
  }
}

package dev.faultline.checkers.transactions;

import dev.faultline.checkers.history.HistoryFormatException;
import dev.faultline.checkers.history.HistoryReader;
import dev.faultline.checkers.history.LineInput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads transactions from a history file straight into columns.
 *
 * <p>It understands the lines that nearly every history consists of: whole transactions of
 * integers. At the first line that is anything else it gives up, and the file is read the slow way,
 * which knows all there is to know about what may be wrong.
 */
final class TransactionFile {

  private final Transactions transactions;
  private final TransactionLine line;

  /** What each process waits for. */
  private final Map<Integer, Invocation> open = new HashMap<>();

  private int events;
  private long lastNanos;

  private TransactionFile(Workload workload) {
    this.transactions = new Transactions(workload);
    this.line = new TransactionLine(transactions);
  }

  /** An invocation, with its micro-operations as {@link TransactionLine} packs them. */
  record Invocation(int event, long nanos, PackedOperations operations) {}

  /**
   * Reads {@code file}.
   *
   * @throws HistoryFormatException if its content is not a history
   * @throws IOException if it cannot be read
   */
  static Transactions read(Path file, Workload workload) throws IOException {
    Transactions everyday = readEveryday(file, workload);
    return everyday != null ? everyday : TransactionReader.read(HistoryReader.read(file), workload);
  }

  /** Reads {@code file} the fast way; null if a line needs the slow one. */
  static @Nullable Transactions readEveryday(Path file, Workload workload) throws IOException {
    TransactionFile fast = new TransactionFile(workload);
    try (InputStream in = HistoryReader.open(file)) {
      return fast.readAll(new LineInput(in)) ? fast.transactions : null;
    }
  }

  /** Reads every line; false if one needs the slow way. */
  private boolean readAll(LineInput lines) throws IOException {
    while (lines.next()) {
      if (!lines.isTerminated() || !line.scan(lines.bytes(), lines.start(), lines.end(), events)) {
        return false;
      }
      if (!line.isNemesis() && !take()) {
        return false;
      }
      lastNanos = Math.max(lastNanos, line.nanos(lastNanos));
      events++;
    }
    open.entrySet().stream()
        .sorted((a, b) -> Integer.compare(a.getValue().event(), b.getValue().event()))
        .forEach(each -> neverCompleted(each.getKey(), each.getValue()));
    return true;
  }

  private boolean take() {
    long nanos = line.nanos(lastNanos);
    if (nanos < lastNanos) {
      return false;
    }
    if (line.isInvocation()) {
      PackedOperations operations = new PackedOperations();
      return line.pack(operations)
          && open.put(line.process(), new Invocation(events, nanos, operations)) == null;
    }
    Invocation invocation = open.remove(line.process());
    if (invocation == null) {
      return false;
    }
    transactions.begin(line.process(), invocation.event(), events, line.outcome());
    transactions.times(invocation.nanos(), nanos);
    return line.addTo(invocation.operations());
  }

  private void neverCompleted(int process, Invocation invocation) {
    transactions.begin(process, invocation.event(), Transactions.NEVER, Outcome.INFO);
    transactions.times(invocation.nanos(), lastNanos);
    PackedOperations operations = invocation.operations();
    for (int i = 0; i < operations.size(); i++) {
      if (operations.isWrite(i)) {
        transactions.addWrite(operations.key(i), operations.code(i));
      } else {
        transactions.addUnknownRead(operations.key(i));
      }
    }
  }
}

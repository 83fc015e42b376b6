package dev.faultline.harness.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.faultline.checkers.Budget;
import dev.faultline.checkers.CheckResult;
import dev.faultline.checkers.transactions.TransactionChecker;
import dev.faultline.checkers.transactions.TransactionOptions;
import dev.faultline.checkers.transactions.Workload;
import dev.faultline.harness.bench.TransactionHistories.Isolation;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Measures reading histories of transactions from a file and checking strict serializability, in
 * CPU time of the whole process, compiling and collecting garbage included. The baseline beside it
 * is reading the lines of the file and nothing more.
 */
public final class ElleBenchmark {

  private static final long SEED = 0x656c6c65L;
  private static final int ROUNDS = 3;
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double BYTES_PER_MB = 1 << 20;

  private final Workload workload;
  private final Isolation isolation;
  private final int transactions;

  /**
   * Makes a benchmark.
   *
   * @param workload {@code append} or {@code wr}
   * @param isolation {@code valid}, {@code si}, or {@code huge} for one component of all
   * @param transactions how many transactions
   * @throws IllegalArgumentException if there is no such workload or isolation
   */
  public ElleBenchmark(String workload, String isolation, int transactions) {
    this.workload =
        Workload.named(workload)
            .orElseThrow(
                () -> new IllegalArgumentException("no workload '" + workload + "'; append or wr"));
    this.isolation = Isolation.valueOf(isolation.toUpperCase(Locale.ROOT));
    this.transactions = transactions;
  }

  /**
   * Prints a line for each of three rounds; the first warms up.
   *
   * @throws IOException if the history cannot be written or read
   */
  public void print(PrintWriter out) throws IOException {
    Path file = Files.createTempFile("faultline-transactions", ".ndjson");
    try {
      new TransactionHistories(workload == Workload.APPEND, isolation, SEED)
          .write(file, transactions);
      out.printf(
          Locale.ROOT,
          "%s, %s: %,d transactions, %.0f MB%n",
          workload.word(),
          isolation.name().toLowerCase(Locale.ROOT),
          transactions,
          Files.size(file) / BYTES_PER_MB);
      out.flush();
      for (int round = 0; round < ROUNDS; round++) {
        round(file, out);
      }
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private void round(Path file, PrintWriter out) throws IOException {
    long lines = cpuNanos();
    readLines(file);
    long baseline = cpuNanos() - lines;
    heapPools().forEach(MemoryPoolMXBean::resetPeakUsage);
    long wall = System.nanoTime();
    long cpu = cpuNanos();
    CheckResult result =
        new TransactionChecker(workload, TransactionOptions.standard())
            .check(file, new Budget(Duration.ofMinutes(10), Budget.standard().memoryBytes()));
    double cpuSeconds = (cpuNanos() - cpu) / NANOS_PER_SECOND;
    double wallSeconds = (System.nanoTime() - wall) / NANOS_PER_SECOND;
    out.printf(
        Locale.ROOT,
        "  %-7s  %,9.0f transactions a CPU second  CPU %.2f s  wall %.2f s  columns %,.0f MB  heap"
            + " peak %,.0f MB  %.1f × reading the lines%n",
        result.verdict().word(),
        transactions / cpuSeconds,
        cpuSeconds,
        wallSeconds,
        result.peakBytes() / BYTES_PER_MB,
        heapPools().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum() / BYTES_PER_MB,
        cpuSeconds * NANOS_PER_SECOND / Math.max(1, baseline));
    out.flush();
  }

  private static void readLines(Path file) throws IOException {
    long characters = 0;
    try (BufferedReader in = Files.newBufferedReader(file)) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        characters += line.length();
      }
    }
    if (characters == 0) {
      throw new IOException(file + " is empty");
    }
  }

  private static Stream<MemoryPoolMXBean> heapPools() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP);
  }

  private static long cpuNanos() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }
}

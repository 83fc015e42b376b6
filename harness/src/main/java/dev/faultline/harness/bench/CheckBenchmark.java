package dev.faultline.harness.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.faultline.checkers.Budget;
import dev.faultline.checkers.CheckResult;
import dev.faultline.checkers.Recording;
import dev.faultline.checkers.history.History;
import dev.faultline.checkers.history.HistoryExport;
import dev.faultline.checkers.history.HistoryFormat;
import dev.faultline.checkers.history.HistoryReader;
import dev.faultline.checkers.linearizability.LinearizabilityChecker;
import dev.faultline.checkers.linearizability.Models;
import dev.faultline.harness.bench.HistoryGenerator.Settings;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Measures the linearizability checker on generated histories and prints a table.
 *
 * <p>Every row is written to a file, read back and checked: small ones after a warm-up of the same
 * kind, those of a million operations and more once. Beside wall-clock time stands the processor
 * time of the whole JVM, which a busy machine does not stretch. The time to check includes
 * explaining a violation; it does not include reading. The last column is what a large history
 * takes in memory, as the collector sees it.
 */
public final class CheckBenchmark {

  private static final String HEADER =
      "operations  processes      keys  values   info  history   verdict   read ms  check ms"
          + "    cpu ms  peak MB  bytes/op";
  private static final String OBJECTS_HEADER =
      "operations  processes  object               info  history   verdict   read ms  check ms"
          + "    cpu ms  peak MB";
  private static final List<String> OBJECTS =
      List.of(
          "queue",
          "stack",
          "mutex",
          "fenced-lock",
          "counter",
          "set",
          "versioned-register",
          "etcd-kv");
  private static final int OBJECT_OPERATIONS = 100_000;

  /** Reads of the whole make the history of a set grow with the square of its operations. */
  private static final int MOST_OF_A_SET = 1_000_000;

  private static final int OBJECT_PROCESSES = 16;
  private static final double OBJECT_INFOS = 0.01;
  private static final int GROWTH = 10;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int WARM_UP_BELOW = 200_000;
  private static final double NOWHERE = -1;
  private static final double MIDDLE = 0.5;

  private final PrintWriter out;
  private final int most;
  private final long seed;
  private final int threads;

  /**
   * Prepares a measurement.
   *
   * @param most rows with more operations than this are left out
   * @param seed the seed of all histories
   * @param threads how many threads may work on one key
   */
  public CheckBenchmark(PrintWriter out, int most, long seed, int threads) {
    this.threads = threads;
    this.out = out;
    this.most = most;
    this.seed = seed;
  }

  /**
   * Measures, and prints what was measured.
   *
   * @throws IOException if the histories cannot be written or read
   */
  public void run() throws IOException {
    out.printf(
        Locale.ROOT,
        "seed %d, heap %,d MB, threads within a key %d%n",
        seed,
        megabytes(heapBytes()),
        threads);
    out.println(HEADER);
    for (Settings row : rows()) {
      if (row.operations() <= most) {
        if (row.operations() < WARM_UP_BELOW) {
          measure(row, false);
        }
        measure(row, true);
      }
    }
    measureObjects();
  }

  /** Measures each object that is no register, with a valid and a spoilt history. */
  private void measureObjects() throws IOException {
    out.println();
    out.println(OBJECTS_HEADER);
    for (String model : OBJECTS) {
      for (double wrongAt : new double[] {NOWHERE, MIDDLE}) {
        int largest = model.equals("set") ? Math.min(most, MOST_OF_A_SET) : most;
        for (int operations = OBJECT_OPERATIONS; operations <= largest; operations *= GROWTH) {
          measure(
              new ObjectHistories.Settings(
                  model, operations, OBJECT_PROCESSES, OBJECT_INFOS, wrongAt, seed));
        }
      }
    }
  }

  private void measure(ObjectHistories.Settings row) throws IOException {
    History made = ObjectHistories.generate(row);
    Source source = file -> HistoryExport.write(made, HistoryFormat.NDJSON, file);
    if (row.operations() < WARM_UP_BELOW) {
      Measured _ = measure(source, row.model(), false);
    }
    Measured measured = measure(source, row.model(), false);
    out.printf(
        Locale.ROOT,
        "%,10d %,10d  %-18s %5.1f%%  %-8s  %-8s %,8d %,9d %,9d %,8d%n",
        row.operations(),
        row.processes(),
        row.model(),
        row.infos() * 100,
        row.wrongAt() < 0 ? "valid" : "wrong",
        measured.result().verdict().word(),
        measured.readNanos() / 1_000_000,
        measured.result().elapsedNanos() / 1_000_000,
        measured.cpuNanos() / 1_000_000,
        megabytes(measured.result().peakBytes()));
    out.flush();
  }

  private List<Settings> rows() {
    List<Settings> rows = new ArrayList<>();
    for (int operations = 10_000; operations <= 10_000_000; operations *= 10) {
      rows.add(row(operations, 10, 1, 0, 0.01, NOWHERE));
      rows.add(row(operations, 10, Math.max(1, operations / 1_000), 0, 0.01, NOWHERE));
    }
    for (int operations = 10_000; operations <= 1_000_000; operations *= 10) {
      rows.add(row(operations, 10, 1, 0, 0.01, MIDDLE));
      rows.add(row(operations, 10, 1, 5, 0.01, NOWHERE));
      rows.add(row(operations, 10, 1, 5, 0.01, MIDDLE));
    }
    for (double infos : new double[] {0, 0.01}) {
      rows.add(row(100_000, 50, 1, 5, infos, NOWHERE));
      rows.add(row(100_000, 50, 1, 5, infos, MIDDLE));
    }
    return rows;
  }

  private Settings row(
      int operations, int processes, int keys, int values, double infos, double staleAt) {
    return new Settings(operations, processes, keys, values, infos, staleAt, seed);
  }

  /** Measures one row, and prints it if asked to. */
  private void measure(Settings row, boolean printed) throws IOException {
    Measured measured =
        measure(
            file -> {
              int _ = HistoryGenerator.write(row, file);
            },
            "cas-register",
            printed && row.operations() >= WARM_UP_BELOW);
    if (printed) {
      print(row, measured);
    }
  }

  /** Writes a history to a file. */
  private interface Source {
    void writeTo(Path file) throws IOException;
  }

  /**
   * What came of one check.
   *
   * @param historyBytes what the history takes in memory; 0 if nobody looked
   */
  private record Measured(CheckResult result, long readNanos, long cpuNanos, long historyBytes) {}

  private Measured measure(Source source, String model, boolean weighed) throws IOException {
    Path file = Files.createTempFile("faultline-bench", ".ndjson");
    try {
      source.writeTo(file);
      long bytesBefore = weighed ? usedBytes() : 0;
      long start = System.nanoTime();
      History history = HistoryReader.read(file);
      long readNanos = System.nanoTime() - start;
      long historyBytes = weighed ? usedBytes() - bytesBefore : 0;
      long cpuBefore = cpuNanos();
      CheckResult result =
          new LinearizabilityChecker(Models.named(model).orElseThrow())
              .withThreads(threads)
              .check(new Recording(history, null), new Budget(PATIENCE, heapBytes() / 2));
      return new Measured(result, readNanos, cpuNanos() - cpuBefore, historyBytes);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private void print(Settings row, Measured measured) {
    CheckResult result = measured.result();
    out.printf(
        Locale.ROOT,
        "%,10d %,10d %,9d  %6s %5.1f%%  %-8s  %-8s %,8d %,9d %,9d %,8d %9s%n",
        row.operations(),
        row.processes(),
        row.keys(),
        row.values() == 0 ? "unique" : "0-" + (row.values() - 1),
        row.infos() * 100,
        row.staleAt() < 0 ? "valid" : "stale",
        result.verdict().word(),
        measured.readNanos() / 1_000_000,
        result.elapsedNanos() / 1_000_000,
        measured.cpuNanos() / 1_000_000,
        megabytes(result.peakBytes()),
        measured.historyBytes() == 0 ? "" : "" + measured.historyBytes() / row.operations());
    out.flush();
  }

  /**
   * Writes one generated history to {@code file}, gzipped if its name ends with {@code .gz};
   * returns how many events it has. It may be larger than memory.
   *
   * @param values how many different values are written, or 0 if no two writes are alike
   * @param infos the share of indeterminate operations, from 0 to 1
   * @param staleAt where, from 0 to 1, a read returns what had been overwritten; none if negative
   * @throws IOException if the file cannot be written
   */
  public static int generate(
      Path file,
      int operations,
      int processes,
      int keys,
      int values,
      double infos,
      double staleAt,
      long seed)
      throws IOException {
    return HistoryGenerator.write(
        new Settings(operations, processes, keys, values, infos, staleAt, seed), file);
  }

  /** Returns what is in use after all garbage was collected. */
  private static long usedBytes() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static long cpuNanos() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private static long heapBytes() {
    return Runtime.getRuntime().maxMemory();
  }

  private static long megabytes(long bytes) {
    return bytes >> 20;
  }
}

package dev.faultline.harness.bench;

import dev.faultline.harness.EnvironmentException;
import dev.faultline.harness.cluster.ClusterEvents;
import dev.faultline.harness.cluster.ClusterLayout;
import dev.faultline.harness.cluster.LinkBackend;
import dev.faultline.harness.cluster.NodeExit;
import dev.faultline.harness.ledger.RunLedger;
import dev.faultline.harness.process.ProcessCluster;
import dev.faultline.harness.system.RaftSystem;
import dev.faultline.harness.system.SystemOptions;
import dev.faultline.nemeses.NodeStatus;
import dev.faultline.workloads.client.Client;
import dev.faultline.workloads.client.ClientFactory;
import dev.faultline.workloads.client.Operation;
import dev.faultline.workloads.client.Outcome;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Measures a cluster of the bundled server as processes on this machine, through the same client as
 * a run and with nobody breaking it: the time until a leader is observed, puts and linearizable
 * gets a second with their latencies, and the memory of a node. Clients and servers share the
 * machine's cores.
 */
public final class ServerBenchmark {

  private static final int CLIENTS = 64;
  private static final int KEYS = 1_000;
  private static final int READY_SAMPLES = 3;
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final Duration READY_WITHIN = Duration.ofSeconds(60);

  private final int nodes;
  private final int seconds;

  /**
   * Prepares a measurement.
   *
   * @param nodes how many nodes
   * @param seconds how long puts and gets are measured, after as long a warm-up
   */
  public ServerBenchmark(int nodes, int seconds) {
    this.nodes = nodes;
    this.seconds = seconds;
  }

  /** Measures, and prints what was measured. */
  public void run(PrintWriter out) throws IOException, EnvironmentException {
    Path scratch = Files.createTempDirectory("faultline-bench");
    try (RunLedger ledger = RunLedger.open(RunLedger.directory(), "bench")) {
      for (int i = 1; i < READY_SAMPLES; i++) {
        try (ProcessCluster cluster = cluster(scratch.resolve("ready" + i), ledger)) {
          out.printf(
              Locale.ROOT, "%d nodes ready after %,d ms%n", nodes, millisUntilReady(cluster));
          out.flush();
        }
      }
      try (ProcessCluster cluster = cluster(scratch.resolve("load"), ledger)) {
        out.printf(Locale.ROOT, "%d nodes ready after %,d ms%n", nodes, millisUntilReady(cluster));
        load(cluster, out);
        out.printf(Locale.ROOT, "memory of a node   %s%n", memory(cluster));
      }
    }
  }

  private ProcessCluster cluster(Path directory, RunLedger ledger)
      throws IOException, EnvironmentException {
    return ProcessCluster.create(
        new ClusterLayout(
            new RaftSystem(),
            SystemOptions.STANDARD,
            IntStream.rangeClosed(1, nodes).mapToObj(i -> "n" + i).toList(),
            LinkBackend.PROXIES,
            directory.resolve("data"),
            directory.resolve("logs")),
        ledger,
        new SplittableRandom(),
        new ClusterEvents() {
          @Override
          public void exited(NodeExit exit) {
            throw new IllegalStateException("a node ended by itself: " + exit);
          }

          @Override
          public void lost(String why) {
            throw new IllegalStateException(why);
          }
        });
  }

  private static long millisUntilReady(ProcessCluster cluster) {
    long start = System.nanoTime();
    cluster.startAll().toCompletableFuture().join();
    while (cluster.nodes().stream().noneMatch(node -> leads(cluster, node))) {
      if (System.nanoTime() - start > READY_WITHIN.toNanos()) {
        throw new IllegalStateException("no leader within " + READY_WITHIN);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
  }

  private static boolean leads(ProcessCluster cluster, String node) {
    try {
      NodeStatus status = cluster.status(node).toCompletableFuture().join();
      return status.claimsLeadership() && status.appliedIndex() > 0;
    } catch (CompletionException _) {
      return false; // It does not listen yet.
    }
  }

  private void load(ProcessCluster cluster, PrintWriter out) {
    try (ClientFactory factory = new RaftSystem().clients(cluster.clientEndpoints(), TIMEOUT)) {
      List<Client> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        clients.add(factory.open("n" + (i % nodes + 1)).toCompletableFuture().join());
      }
      AtomicLong value = new AtomicLong();
      IntFunction<Operation> put =
          i -> new Operation.Write("k" + i % KEYS, value.incrementAndGet());
      IntFunction<Operation> get = i -> new Operation.Read("k" + i % KEYS);
      measure(clients, put);
      print(out, "puts", measure(clients, put));
      measure(clients, get);
      print(out, "linearizable gets", measure(clients, get));
      clients.forEach(client -> client.close().toCompletableFuture().join());
    }
  }

  /**
   * Keeps every client busy for the time of a window; returns the latencies of what succeeded, in
   * nanoseconds.
   */
  private Histogram measure(List<Client> clients, IntFunction<Operation> operations) {
    Histogram latencies = new ConcurrentHistogram(TimeUnit.SECONDS.toNanos(60), 3);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    List<CompletableFuture<Void>> loops = new ArrayList<>();
    for (int i = 0; i < clients.size(); i++) {
      CompletableFuture<Void> done = new CompletableFuture<>();
      loops.add(done);
      next(clients.get(i), operations, i * 7_919, end, latencies, done);
    }
    CompletableFuture.allOf(loops.toArray(CompletableFuture[]::new)).join();
    return latencies;
  }

  private static void next(
      Client client,
      IntFunction<Operation> operations,
      int number,
      long end,
      Histogram latencies,
      CompletableFuture<Void> done) {
    long start = System.nanoTime();
    if (start - end >= 0) {
      done.complete(null);
      return;
    }
    client
        .invoke(operations.apply(number))
        .whenCompleteAsync((outcome, _) -> {
          if (outcome instanceof Outcome.Ok) {
            latencies.recordValue(System.nanoTime() - start);
          }
          next(client, operations, number + 1, end, latencies, done);
        });
  }

  private void print(PrintWriter out, String what, Histogram latencies) {
    out.printf(
        Locale.ROOT,
        "%-18s %,8d a second   p50 %.2f ms   p99 %.2f ms   max %.1f ms%n",
        what,
        latencies.getTotalCount() / seconds,
        latencies.getValueAtPercentile(50) / 1e6,
        latencies.getValueAtPercentile(99) / 1e6,
        latencies.getMaxValue() / 1e6);
    out.flush();
  }

  private static String memory(ProcessCluster cluster) throws IOException {
    List<String> each = new ArrayList<>();
    for (long pid : cluster.processIds()) {
      Path status = Path.of("/proc", Long.toString(pid), "status");
      if (Files.exists(status)) {
        Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("VmRSS:"))
            .map(line -> line.replaceAll("\\D", ""))
            .forEach(kilobytes -> each.add(Long.parseLong(kilobytes) / 1024 + " MB"));
      }
    }
    return each.isEmpty() ? "not known on this system" : String.join(", ", each);
  }
}

package dev.faultline.raft.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.KV;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Measures three servers on this machine, under jetcd with 64 requests in flight: requests a
 * second, latency, memory, and how long the cluster takes to have a leader. Client and servers
 * share the machine's cores. Not a test: run it from the class path of the tests, with the number
 * of seconds a window lasts (default 5).
 */
final class ServerBenchmark {

  private static final int NODES = 3;
  private static final int IN_FLIGHT = 64;
  private static final int KEYS = 1_000;
  private static final int WARM_UP_WINDOWS = 2;
  private static final int MAX_SAMPLES = 2_000_000;
  private static final double NANOS_PER_MILLI = 1e6;
  private static final ByteSequence VALUE = ByteSequence.from("v".repeat(32), UTF_8);

  private final PrintStream out;
  private final Duration window;

  private ServerBenchmark(PrintStream out, Duration window) {
    this.out = out;
    this.window = window;
  }

  public static void main(String[] args) throws Exception {
    long seconds = args.length > 0 ? Long.parseLong(args[0]) : 5;
    new ServerBenchmark(System.out, Duration.ofSeconds(seconds)).run();
    System.exit(0);
  }

  private void run() throws Exception {
    Path dir = Files.createTempDirectory("raft-server-benchmark");
    long start = System.nanoTime();
    try (ProcessCluster cluster = new ProcessCluster(dir, NODES)) {
      cluster.startAll();
      await().atMost(Duration.ofSeconds(60)).until(() -> !cluster.leader().isEmpty());
      out.printf("leader after      %6.0f ms%n", (System.nanoTime() - start) / NANOS_PER_MILLI);
      List<Client> clients = new ArrayList<>();
      for (String node : cluster.nodes()) {
        clients.add(Client.builder().endpoints("http://" + cluster.endpoint(node)).build());
      }
      List<KV> kvs = clients.stream().map(Client::getKVClient).toList();
      printMemory(cluster, "at rest");
      measure("put", kvs, kv -> kv.put(key(), VALUE));
      measure("linearizable get", kvs, kv -> kv.get(key()));
      printMemory(cluster, "after load");
      clients.forEach(Client::close);
    }
  }

  private static ByteSequence key() {
    return ByteSequence.from("k" + ThreadLocalRandom.current().nextInt(KEYS), UTF_8);
  }

  private void measure(String name, List<KV> kvs, Function<KV, CompletableFuture<?>> request)
      throws InterruptedException {
    for (int i = 0; i < WARM_UP_WINDOWS; i++) {
      new Window().run(kvs, request);
    }
    new Window().run(kvs, request).print(name);
  }

  private void printMemory(ProcessCluster cluster, String when) throws Exception {
    for (String node : cluster.nodes()) {
      Path status = Path.of("/proc", Long.toString(cluster.process(node).pid()), "status");
      if (Files.exists(status)) {
        String resident =
            Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS"))
                .findFirst()
                .orElse("");
        out.println("memory of " + node + " " + when + ": " + resident);
      }
    }
  }

  /** One stretch of time in which requests are kept in flight. */
  private final class Window {

    private final long[] latencies = new long[MAX_SAMPLES];
    private final AtomicInteger samples = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();

    Window run(List<KV> kvs, Function<KV, CompletableFuture<?>> request)
        throws InterruptedException {
      Semaphore slots = new Semaphore(IN_FLIGHT);
      long end = System.nanoTime() + window.toNanos();
      for (int i = 0; System.nanoTime() < end; i++) {
        slots.acquire();
        long sent = System.nanoTime();
        var _ =
            request
                .apply(kvs.get(i % kvs.size()))
                .whenComplete((_, failure) -> {
                  record(System.nanoTime() - sent, failure != null);
                  slots.release();
                });
      }
      slots.acquire(IN_FLIGHT);
      return this;
    }

    private void record(long latencyNanos, boolean failed) {
      if (failed) {
        failures.incrementAndGet();
        return;
      }
      int sample = samples.getAndIncrement();
      if (sample < MAX_SAMPLES) {
        latencies[sample] = latencyNanos;
      }
    }

    void print(String name) {
      int count = Math.min(samples.get(), MAX_SAMPLES);
      long[] sorted = Arrays.copyOf(latencies, count);
      Arrays.sort(sorted);
      out.printf(
          "%-17s %6.0f/s   p50 %.2f ms   p99 %.2f ms   max %.2f ms   failed %d%n",
          name,
          samples.get() / (window.toMillis() / 1e3),
          sorted[count / 2] / NANOS_PER_MILLI,
          sorted[(int) (count * 0.99)] / NANOS_PER_MILLI,
          sorted[count - 1] / NANOS_PER_MILLI,
          failures.get());
    }
  }
}

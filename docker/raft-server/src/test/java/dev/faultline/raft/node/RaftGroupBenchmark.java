package dev.faultline.raft.node;

import dev.faultline.raft.core.NodeId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Measures proposals and linearizable reads a second of three nodes in one process, with real disks
 * (every answer waits for a sync on a majority) and over loopback connections with a relay in each
 * directed link. One line per load; the first is the baseline: one request at a time.
 *
 * <p>{@code java -cp target/test-classes:target/classes:...
 * dev.faultline.raft.node.RaftGroupBenchmark [DIRECTORY]}
 */
final class RaftGroupBenchmark {

  private static final int[] IN_FLIGHT = {1, 8, 64, 512};
  private static final Duration WARM_UP = Duration.ofSeconds(4);
  private static final Duration MEASURED = Duration.ofSeconds(4);
  private static final int COMMAND_BYTES = 128;
  private static final int MAX_SAMPLES = 2_000_000;

  private RaftGroupBenchmark() {}

  private interface Request {
    CompletableFuture<?> send();
  }

  /** Runs the benchmark. */
  public static void main(String[] arguments) throws Exception {
    Path parent = arguments.length > 0 ? Path.of(arguments[0]) : Path.of("target");
    Path directory = Files.createTempDirectory(parent, "raft-benchmark");
    try (var group = new RaftGroup(directory, 3)) {
      while (group.leader().isEmpty()) {
        Thread.sleep(Duration.ofMillis(10));
      }
      NodeId leader = group.leader().orElseThrow();
      RaftServer<Integer> server = group.member(leader).server();
      Request propose = () -> server.propose(new byte[COMMAND_BYTES]).toCompletableFuture();
      Request read = () -> server.readIndex().toCompletableFuture();
      run("warm-up", propose, 64, WARM_UP);
      run("warm-up", read, 64, WARM_UP);
      for (int inFlight : IN_FLIGHT) {
        run("propose", propose, inFlight, MEASURED);
      }
      for (int inFlight : IN_FLIGHT) {
        run("read", read, inFlight, MEASURED);
      }
    } finally {
      delete(directory);
    }
  }

  private static void run(String what, Request request, int inFlight, Duration duration)
      throws InterruptedException {
    var permits = new Semaphore(inFlight);
    var latencies = new long[MAX_SAMPLES];
    var answered = new AtomicInteger();
    long startNanos = System.nanoTime();
    while (System.nanoTime() - startNanos < duration.toNanos()) {
      permits.acquire();
      long sentNanos = System.nanoTime();
      var _ =
          request
              .send()
              .whenComplete((_, error) -> {
                if (error != null) {
                  throw new CompletionException(error);
                }
                latencies[answered.getAndIncrement() % MAX_SAMPLES] = System.nanoTime() - sentNanos;
                permits.release();
              });
    }
    permits.acquire(inFlight);
    double seconds = (System.nanoTime() - startNanos) / 1e9;
    report(what, inFlight, answered.get(), seconds, latencies);
  }

  private static void report(
      String what, int inFlight, int count, double seconds, long[] latencies) {
    long[] sorted = Arrays.copyOf(latencies, Math.min(count, MAX_SAMPLES));
    Arrays.sort(sorted);
    System.out.printf(
        "%-8s in flight %4d  %8.0f/s  p50 %6d us  p99 %6d us%n",
        what,
        inFlight,
        count / seconds,
        TimeUnit.NANOSECONDS.toMicros(sorted[sorted.length / 2]),
        TimeUnit.NANOSECONDS.toMicros(sorted[(int) (sorted.length * 0.99)]));
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      files
          .sorted(Comparator.reverseOrder())
          .forEach(file -> {
            try {
              Files.delete(file);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }
  }
}

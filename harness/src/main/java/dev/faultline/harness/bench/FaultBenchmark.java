package dev.faultline.harness.bench;

import dev.faultline.harness.EnvironmentException;
import dev.faultline.harness.cluster.ClusterEvents;
import dev.faultline.harness.cluster.ClusterKind;
import dev.faultline.harness.cluster.ClusterLayout;
import dev.faultline.harness.cluster.LinkBackend;
import dev.faultline.harness.cluster.ManagedCluster;
import dev.faultline.harness.cluster.NodeExit;
import dev.faultline.harness.docker.DockerCluster;
import dev.faultline.harness.ledger.RunLedger;
import dev.faultline.harness.process.ProcessCluster;
import dev.faultline.harness.system.SystemOptions;
import dev.faultline.harness.system.SystemUnderTest;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Measures faults on a real cluster that nobody uses: how long each act takes, how long it takes
 * until probes show it, and the same for taking it away. Healed means that every link answers and
 * every node follows one leader with all that is committed applied.
 *
 * <p>Probes follow one another without a pause, so that what is printed is as fine as a probe is
 * long.
 */
public final class FaultBenchmark {

  /** How long a fault lasts: nodes have noticed, and TCP's back-off has grown. */
  private static final Duration HOLD = Duration.ofSeconds(2);

  private static final Duration ACT_WITHIN = Duration.ofSeconds(30);

  private final ClusterKind kind;
  private final LinkBackend links;
  private final SystemUnderTest system;
  private final int nodes;
  private final int rounds;
  private final AtomicReference<@Nullable String> lost = new AtomicReference<>();

  /**
   * Prepares a measurement.
   *
   * @param links what stands in the links; one of the kind's backends
   * @param nodes how many nodes; one of them is struck, so two at least
   * @param rounds how often everything is measured
   */
  public FaultBenchmark(
      ClusterKind kind, LinkBackend links, SystemUnderTest system, int nodes, int rounds) {
    this.kind = kind;
    this.links = links;
    this.system = system;
    this.nodes = nodes;
    this.rounds = rounds;
  }

  /**
   * Measures, and prints what was measured.
   *
   * @return whether every effect and every healing was seen
   */
  public boolean run(PrintWriter out) throws IOException, EnvironmentException {
    Path scratch = Files.createTempDirectory("faultline-bench");
    FaultTable table =
        new FaultTable(
            String.format(
                Locale.ROOT,
                "%s, %d nodes, cluster %s, links %s, %d rounds; ms, median / max",
                system.name(),
                nodes,
                kind.word(),
                links.word(),
                rounds));
    List<Long> laidOut = new ArrayList<>();
    List<Long> ready = new ArrayList<>();
    Map<String, List<FaultTable.Sample>> samples = new LinkedHashMap<>();
    try (RunLedger ledger = RunLedger.open(RunLedger.directory(), "bench")) {
      for (int round = 1; round <= rounds; round++) {
        out.printf(Locale.ROOT, "round %d of %d%n", round, rounds);
        out.flush();
        round(scratch.resolve("round" + round), ledger, laidOut, ready, samples);
      }
    }
    table.span("laid out", "network, links and what nodes need; images are there", laidOut);
    table.span("ready", "from the first start until all follow one leader", ready);
    table.heading();
    samples.forEach(table::row);
    table.remark(
        "One follower is struck, for "
            + HOLD.toSeconds()
            + " s after the effect was seen. A probe counts as unanswered after "
            + ClusterEye.SILENT_AFTER.toMillis()
            + " ms.");
    table.print(out);
    return table.isComplete();
  }

  private void round(
      Path directory,
      RunLedger ledger,
      List<Long> laidOut,
      List<Long> ready,
      Map<String, List<FaultTable.Sample>> samples)
      throws IOException, EnvironmentException {
    long begun = System.nanoTime();
    ManagedCluster cluster = create(directory, ledger);
    Thread onExit = new Thread(() -> closeQuietly(cluster), "bench-interrupted");
    Runtime.getRuntime().addShutdownHook(onExit);
    try (cluster) {
      laidOut.add(System.nanoTime() - begun);
      ClusterEye eye = new ClusterEye(cluster);
      ready.add(nanosUntilReady(cluster, eye));
      int trials = FaultTrial.of(cluster, eye, eye.follower()).size();
      for (int i = 0; i < trials; i++) {
        // Whoever was struck last may lead by now.
        eye.await(System.nanoTime(), eye::isLevel);
        FaultTrial trial = FaultTrial.of(cluster, eye, eye.follower()).get(i);
        samples.computeIfAbsent(trial.name(), _ -> new ArrayList<>()).add(measure(eye, trial));
        complainIfLost();
      }
    }
    try {
      Runtime.getRuntime().removeShutdownHook(onExit);
    } catch (IllegalStateException _) {
      // The JVM is on its way out already, which is what the hook was for.
    }
  }

  /** The JVM is on its way out; what cannot be taken away now is left to the next run's sweep. */
  private static void closeQuietly(ManagedCluster cluster) {
    try {
      cluster.close();
    } catch (IOException _) {
      // The ledger is still there: the next run sweeps.
    }
  }

  private long nanosUntilReady(ManagedCluster cluster, ClusterEye eye) {
    long begun = System.nanoTime();
    join(cluster.startAll());
    OptionalLong ready = eye.await(begun, eye::isLevel);
    complainIfLost();
    return ready.orElseThrow(() -> new IllegalStateException("the cluster does not get ready"));
  }

  private static FaultTable.Sample measure(ClusterEye eye, FaultTrial trial) {
    Timed act = Timed.begin(trial.act());
    OptionalLong seen = eye.await(act.begunNanos, trial.seen());
    long actNanos = act.nanos();
    LockSupport.parkNanos(HOLD.toNanos());
    Timed heal = Timed.begin(trial.heal());
    OptionalLong healed = eye.await(heal.begunNanos, trial.healed());
    return new FaultTable.Sample(actNanos, seen, heal.nanos(), healed);
  }

  /** An act on its way, while others look for its effect. */
  private static final class Timed {

    private final long begunNanos;
    private final CompletableFuture<Long> took;

    private Timed(long begunNanos, CompletableFuture<Long> took) {
      this.begunNanos = begunNanos;
      this.took = took;
    }

    static Timed begin(Supplier<? extends CompletionStage<?>> act) {
      long begun = System.nanoTime();
      return new Timed(
          begun, act.get().toCompletableFuture().thenApply(_ -> System.nanoTime() - begun));
    }

    long nanos() {
      return join(took);
    }
  }

  private static <T> T join(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(ACT_WITHIN.toSeconds(), TimeUnit.SECONDS).join();
  }

  private void complainIfLost() {
    String what = lost.get();
    if (what != null) {
      throw new IllegalStateException(what);
    }
  }

  private ManagedCluster create(Path directory, RunLedger ledger)
      throws IOException, EnvironmentException {
    ClusterLayout layout =
        new ClusterLayout(
            system,
            SystemOptions.STANDARD,
            IntStream.rangeClosed(1, nodes).mapToObj(i -> "n" + i).toList(),
            links,
            directory.resolve("data"),
            directory.resolve("logs"));
    ClusterEvents events =
        new ClusterEvents() {
          @Override
          public void exited(NodeExit exit) {
            lost("a node ended by itself: " + exit);
          }

          @Override
          public void lost(String why) {
            lost.compareAndSet(null, why + "; logs in " + directory);
          }
        };
    return switch (kind) {
      case PROCESS -> ProcessCluster.create(layout, ledger, new SplittableRandom(), events);
      case DOCKER -> DockerCluster.create(layout, ledger, new SplittableRandom(), events);
    };
  }
}

package dev.faultline.harness.cli;

import dev.faultline.harness.EnvironmentException;
import dev.faultline.harness.bench.CheckBenchmark;
import dev.faultline.harness.bench.ElleBenchmark;
import dev.faultline.harness.bench.FaultBenchmark;
import dev.faultline.harness.bench.InterpreterBenchmark;
import dev.faultline.harness.bench.ServerBenchmark;
import dev.faultline.harness.cluster.ClusterKind;
import dev.faultline.harness.cluster.LinkBackend;
import dev.faultline.harness.system.SystemUnderTest;
import dev.faultline.harness.system.Systems;
import dev.faultline.results.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code faultline bench}: measures Faultline itself; every number in its documentation comes from
 * here.
 */
@Command(name = "bench", description = "Measure Faultline itself.")
final class BenchCommand implements Runnable {

  @Spec CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "say what to do: check, elle, interpreter, server, faults or generate");
  }

  /** Measures how many operations a second the interpreter schedules. */
  @Command(
      name = "interpreter",
      mixinStandardHelpOptions = true,
      description = "Operations a second against a client that answers at once.")
  int interpreter(
      @Option(names = "--operations", defaultValue = "1000000", description = "how many (1000000)")
          int operations,
      @Option(names = "--concurrency", defaultValue = "10", description = "how many threads (10)")
          int concurrency)
      throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    InterpreterBenchmark.print(out, operations, concurrency);
    out.flush();
    return 0;
  }

  /** Measures the linearizability checker on generated histories. */
  @Command(
      name = "check",
      mixinStandardHelpOptions = true,
      description = "The linearizability checker, on generated histories with known verdicts.")
  int check(
      @Option(
              names = "--most",
              defaultValue = "1000000",
              description = "leave out rows with more operations; up to 10000000 (1000000)")
          int most,
      @Option(names = "--seed", defaultValue = "1", description = "seed of the histories (1)")
          long seed,
      @Option(
              names = "--within-key",
              description = "also use several threads within one key, as 'check' does")
          boolean withinKey)
      throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    int threads = withinKey ? Runtime.getRuntime().availableProcessors() : 1;
    new CheckBenchmark(out, most, seed, threads).run();
    out.flush();
    return 0;
  }

  /** Writes a history to check, of any length. */
  @Command(
      name = "generate",
      mixinStandardHelpOptions = true,
      description = {
        "Write the history of simulated registers, as NDJSON, to measure 'check' with.",
        "It is linearizable by construction, or has one stale read."
      })
  int generate(
      @Parameters(paramLabel = "FILE", description = "where to; gzipped if it ends with .gz")
          Path file,
      @Option(names = "--operations", defaultValue = "1000000", description = "how many (1000000)")
          int operations,
      @Option(names = "--processes", defaultValue = "10", description = "how many at once (10)")
          int processes,
      @Option(names = "--keys", defaultValue = "1", description = "how many keys (1)") int keys,
      @Option(
              names = "--values",
              defaultValue = "0",
              description = "how many different values are written; 0 if each is unique (0)")
          int values,
      @Option(
              names = "--infos",
              defaultValue = "0.01",
              description = "share of indeterminate operations (0.01)")
          double infos,
      @Option(
              names = "--stale-at",
              defaultValue = "-1",
              description = "where, from 0 to 1, a read is stale; below 0 if nowhere (-1)")
          double staleAt,
      @Option(names = "--seed", defaultValue = "1", description = "seed of the history (1)")
          long seed)
      throws IOException {
    if (operations < 1 || processes < 1 || keys < 1 || values < 0 || infos < 0 || infos > 1) {
      throw badArgument("it takes an operation, a process and a key at least");
    }
    int events =
        CheckBenchmark.generate(file, operations, processes, keys, values, infos, staleAt, seed);
    PrintWriter out = spec.commandLine().getOut();
    out.printf(Locale.ROOT, "%s: %,d events, %,d bytes%n", file, events, Files.size(file));
    out.flush();
    return 0;
  }

  /** Measures what a cluster of the bundled server does when nobody breaks it. */
  @Command(
      name = "server",
      mixinStandardHelpOptions = true,
      description =
          "Ready time, puts and linearizable gets a second, and memory of the bundled server.")
  int server(
      @Option(names = "--nodes", defaultValue = "3", description = "how many nodes (3)") int nodes,
      @Option(names = "--seconds", defaultValue = "8", description = "for how long (8)")
          int seconds)
      throws IOException, EnvironmentException {
    PrintWriter out = spec.commandLine().getOut();
    new ServerBenchmark(nodes, seconds).run(out);
    out.flush();
    return 0;
  }

  /** Measures how long faults take to show, and their healing. */
  @Command(
      name = "faults",
      mixinStandardHelpOptions = true,
      description =
          "For each fault that a cluster can suffer: until it is seen, and until it is healed.")
  int faults(
      @Option(names = "--cluster", defaultValue = "process", description = "process or docker")
          ClusterKind kind,
      @Option(names = "--system", defaultValue = "raft", description = "raft or etcd (raft)")
          String system,
      @Option(
              names = "--links",
              description = "proxies or packets, as the cluster has them (its first)")
          @Nullable LinkBackend links,
      @Option(names = "--nodes", defaultValue = "3", description = "how many nodes (3)") int nodes,
      @Option(names = "--rounds", defaultValue = "3", description = "how often (3)") int rounds)
      throws IOException, EnvironmentException {
    if (nodes < 2 || rounds < 1) {
      throw badArgument("it takes two nodes at least, one of them to be struck, and one round");
    }
    LinkBackend backend = links == null ? kind.backends().getFirst() : links;
    if (!kind.backends().contains(backend)) {
      throw badArgument(
          "no " + backend.word() + " stand in the links of a " + kind.word() + " cluster");
    }
    PrintWriter out = spec.commandLine().getOut();
    boolean complete = new FaultBenchmark(kind, backend, named(system), nodes, rounds).run(out);
    return complete ? ExitCode.VALID.status() : ExitCode.UNKNOWN.status();
  }

  private SystemUnderTest named(String name) {
    try {
      return new Systems().named(name);
    } catch (IllegalArgumentException e) {
      throw badArgument(String.valueOf(e.getMessage()));
    }
  }

  private ParameterException badArgument(String what) {
    return new ParameterException(spec.commandLine(), what);
  }

  /** Measures reading and checking histories of transactions. */
  @Command(
      name = "elle",
      mixinStandardHelpOptions = true,
      description = "Transactions a CPU second, read from a file and checked.")
  int elle(
      @Option(names = "--workload", defaultValue = "append", description = "append or wr (append)")
          String workload,
      @Option(
              names = "--isolation",
              defaultValue = "valid",
              description = "valid, si, or huge: one component (valid)")
          String isolation,
      @Option(names = "--transactions", defaultValue = "100000", description = "how many (100000)")
          int transactions)
      throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    new ElleBenchmark(workload, isolation, transactions).print(out);
    out.flush();
    return 0;
  }
}

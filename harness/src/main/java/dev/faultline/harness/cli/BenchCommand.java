package dev.faultline.harness.cli;

import dev.faultline.harness.EnvironmentException;
import dev.faultline.harness.bench.ElleBenchmark;
import dev.faultline.harness.bench.InterpreterBenchmark;
import dev.faultline.harness.bench.ServerBenchmark;
import java.io.IOException;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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
    throw new picocli.CommandLine.ParameterException(
        spec.commandLine(), "say what to measure: interpreter, server or elle");
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

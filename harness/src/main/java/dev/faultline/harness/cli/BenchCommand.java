package dev.faultline.harness.cli;

import dev.faultline.harness.bench.CheckBenchmark;
import dev.faultline.harness.bench.InterpreterBenchmark;
import dev.faultline.harness.bench.ServerBenchmark;
import dev.faultline.harness.run.EnvironmentException;
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
        spec.commandLine(), "say what to measure: check, interpreter or server");
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
          long seed)
      throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    new CheckBenchmark(out, most, seed).run();
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
}

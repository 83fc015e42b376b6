package dev.faultline.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The command line in a process of its own, with ledgers and runs in a directory of the test's. */
final class HarnessProcess {

  private static final int SIGINT = 2;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Process process;
  private final Path runs;
  private final Path out;
  private final Path err;

  private HarnessProcess(Process process, Path runs, Path out, Path err) {
    this.process = process;
    this.runs = runs;
    this.out = out;
    this.err = err;
  }

  /** Starts {@code faultline run} with {@code options}; {@code environment} is laid over ours. */
  static HarnessProcess run(Path directory, Map<String, String> environment, String... options)
      throws IOException {
    Path scratch = Files.createTempDirectory(directory, "harness");
    Path runs = scratch.resolve("runs");
    List<String> words =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"));
    String home = System.getProperty("faultline.home");
    if (home != null) {
      words.add("-Dfaultline.home=" + home);
    }
    words.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "run",
            "--progress",
            "plain",
            "--out",
            runs.toString()));
    words.addAll(List.of(options));
    Path out = scratch.resolve("out");
    Path err = scratch.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(words).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().put("FAULTLINE_STATE", directory.resolve("state").toString());
    builder.environment().putAll(environment);
    return new HarnessProcess(builder.start(), runs, out, err);
  }

  /** Waits until clients have been at work for a while. */
  HarnessProcess awaitMidRun() {
    await()
        .atMost(PATIENCE)
        .until(() -> !process.isAlive() || (hasRun() && Files.size(history()) > 50_000));
    assertThat(process.isAlive()).as(this::said).isTrue();
    return this;
  }

  private boolean hasRun() throws IOException {
    return Files.isDirectory(runs)
        && directories().findFirst().isPresent()
        && Files.exists(history());
  }

  private Path history() throws IOException {
    return directory().resolve("history.ndjson");
  }

  private Stream<Path> directories() throws IOException {
    try (Stream<Path> entries = Files.list(runs)) {
      return entries
          .filter(entry -> Files.isDirectory(entry) && !Files.isSymbolicLink(entry))
          .toList()
          .stream();
    }
  }

  /** Returns where the run is kept. */
  Path directory() throws IOException {
    return directories().findFirst().orElseThrow();
  }

  /** Returns the id by which everything of the run is labelled. */
  String runId() throws IOException {
    return process.pid() + "-" + directory().getFileName();
  }

  /**
   * Tells whether processes that are started here ignore SIGINT, as they do if the tests run in the
   * background of a shell without job control.
   */
  static boolean isDeafToInterrupts() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return false;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("SigIgn:"))
        .map(line -> Long.parseUnsignedLong(line.substring("SigIgn:".length()).strip(), 16))
        .anyMatch(ignored -> (ignored & 1L << (SIGINT - 1)) != 0);
  }

  /** Sends {@code signal}, such as {@code INT}. */
  void signal(String signal) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
  }

  /** Waits for its end and returns its exit code. */
  int status() throws InterruptedException {
    assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).as(this::said).isTrue();
    return process.exitValue();
  }

  String out() throws IOException {
    return Files.readString(out);
  }

  String err() throws IOException {
    return Files.readString(err);
  }

  String said() {
    try {
      return out() + err();
    } catch (IOException e) {
      return e.toString();
    }
  }

  void endForcibly() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }
}

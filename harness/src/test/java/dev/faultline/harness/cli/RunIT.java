package dev.faultline.harness.cli;

import static dev.faultline.harness.cli.CommandLineFixture.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.faultline.harness.cli.CommandLineFixture.Ran;
import dev.faultline.harness.ledger.RunLedger;
import dev.faultline.results.RunDirectory;
import dev.faultline.results.RunSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job as a user sees it: real processes, real faults. */
class RunIT {

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir Path directory;

  @Test
  void theBundledServerKeepsItsPromisesUnderFaults() throws IOException {
    Ran ran = runUntilKnown("--nodes", "3", "--duration", "12s", "--every", "3s", "--for", "2s");
    assertThat(ran.out()).as(ran.err()).startsWith("VALID");
    assertThat(ran.status()).isZero();
    assertThat(ran.err()).contains("seed: '0x");
    RunDirectory kept = RunDirectory.open(directory.resolve("latest"));
    RunSummary summary = RunSummary.read(kept.runJson());
    assertThat(summary.operations().ok()).isPositive();
    assertThat(summary.recoveryNanos()).isPositive();
    assertThat(summary.faults()).containsExactlyInAnyOrder("partition", "kill", "pause");
    assertThat(
            Stream.of(
                kept.scenarioYaml(),
                kept.planJson(),
                kept.historyNdjson(),
                kept.resultsJson(),
                kept.junitXml(),
                kept.summaryMarkdown()))
        .allMatch(Files::isRegularFile);
    assertThat(kept.path().resolve("data")).doesNotExist();
    assertThat(leftProcesses()).isEmpty();

    Ran again = run("analyze", kept.path().toString());
    assertThat(again.out()).startsWith("VALID");
    assertThat(again.status()).isZero();

    Ran replayed =
        runWith("--nodes", "3", "--duration", "12s", "--plan", kept.planJson().toString());
    assertThat(replayed.status()).as(replayed.out() + replayed.err()).isIn(0, 2);
    RunDirectory second = RunDirectory.open(directory.resolve("latest"));
    assertThat(second.planJson()).hasSameTextualContentAs(kept.planJson());
  }

  @Test
  void aKnownBugIsCaughtAndShown() {
    Ran ran =
        runWith(
            "--deviation", "acknowledge-before-commit",
            "--faults", "partition:isolate-leader",
            "--duration", "20s",
            "--every", "4s",
            "--for", "3s",
            "--seed", "42");
    assertThat(ran.status()).as(ran.out() + ran.err()).isEqualTo(1);
    assertThat(ran.out())
        .startsWith("INVALID")
        .contains(
            "(linearizable)", "isolate-leader", "  #", "  again    ./faultline run", "  recheck  ");
    assertThat(ran.err()).contains("BROKEN ON PURPOSE");
  }

  @Test
  void aHarnessThatIsKilledLeavesNoProcessAndAHistoryThatCanBeJudged() throws Exception {
    Process harness =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "run",
                "--nodes",
                "3",
                "--duration",
                "10m",
                "--faults",
                "pause",
                "--every",
                "3s",
                "--for",
                "2s",
                "--progress",
                "none",
                "--out",
                directory.toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("harness.log").toFile())
            .start();
    List<ProcessHandle> nodes;
    try {
      await().atMost(PATIENCE).until(() -> historySize() > 20_000);
      nodes = harness.descendants().toList();
      assertThat(nodes).hasSize(3);
    } finally {
      harness.destroyForcibly().waitFor();
    }
    Ran next = runWith("--nodes", "1", "--duration", "2s", "--faults", "none");
    assertThat(next.status()).as(next.err()).isZero();
    await().atMost(PATIENCE).until(() -> nodes.stream().noneMatch(ProcessHandle::isAlive));
    assertThat(ledgersOf(harness.pid())).isEmpty();

    Ran analyzed = run("analyze", killedRun().toString());
    assertThat(analyzed.status()).as(analyzed.out() + analyzed.err()).isEqualTo(2);
    assertThat(analyzed.out()).startsWith("UNKNOWN").contains("ends before");
  }

  @Test
  void aNodeThatEndsAtOnceIsShownWithItsLastWords() {
    Ran ran = runWith("--system", "stillborn", "--nodes", "3", "--duration", "5s");
    assertThat(ran.status()).isEqualTo(4);
    assertThat(ran.err()).contains("ended at once, exit code 7", "no license found");
  }

  @Test
  void aPortThatIsTakenIsNoReasonToGiveUp() {
    Ran ran =
        runWith("--system", "unlucky", "--nodes", "3", "--duration", "3s", "--faults", "none");
    assertThat(ran.status()).as(ran.out() + ran.err()).isZero();
  }

  /**
   * On a busy machine a fault may be over before it was seen; such a run is UNKNOWN and proves
   * nothing.
   */
  private Ran runUntilKnown(String... options) {
    Ran ran = runWith(options);
    for (int i = 0; i < 3 && ran.status() == 2; i++) {
      ran = runWith(options);
    }
    return ran;
  }

  private Ran runWith(String... options) {
    String[] always = {"run", "--progress", "plain", "--out", directory.toString()};
    return run(Stream.of(always, options).flatMap(Stream::of).toArray(String[]::new));
  }

  private List<ProcessHandle> leftProcesses() {
    return ProcessHandle.current()
        .descendants()
        .filter(ProcessHandle::isAlive)
        .filter(process -> process.info().commandLine().orElse("").contains(directory.toString()))
        .toList();
  }

  private long historySize() throws IOException {
    Optional<Path> run = runs().findFirst();
    if (run.isEmpty()) {
      return 0;
    }
    Path history = run.get().resolve("history.ndjson");
    return Files.exists(history) ? Files.size(history) : 0;
  }

  private Path killedRun() throws IOException {
    return runs().filter(run -> !Files.exists(run.resolve("run.json"))).findFirst().orElseThrow();
  }

  private Stream<Path> runs() throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries
          .filter(entry -> Files.isDirectory(entry) && !Files.isSymbolicLink(entry))
          .toList()
          .stream();
    }
  }

  private static List<Path> ledgersOf(long pid) throws IOException {
    try (Stream<Path> ledgers = Files.list(RunLedger.directory())) {
      return ledgers
          .filter(ledger -> ledger.getFileName().toString().startsWith(pid + "-"))
          .toList();
    }
  }
}

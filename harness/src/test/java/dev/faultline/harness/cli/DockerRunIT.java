package dev.faultline.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.faultline.harness.docker.EngineFront;
import dev.faultline.harness.docker.EngineView;
import dev.faultline.harness.docker.NeedsDocker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The main job on containers, as a user sees it, and everything that can go wrong around it. */
@NeedsDocker
class DockerRunIT {

  private static final String[] LONG = {
    "--nodes",
    "3",
    "--duration",
    "5m",
    "--faults",
    "partition,pause",
    "--every",
    "3s",
    "--for",
    "2s"
  };

  @TempDir Path directory;
  private final List<HarnessProcess> started = new ArrayList<>();

  @AfterEach
  void endAll() throws InterruptedException {
    for (HarnessProcess harness : started) {
      harness.endForcibly();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"raft", "etcd"})
  void bothSystemsKeepTheirPromises(String system) throws Exception {
    String[] options = {
      "--nodes", "3", "--system", system, "--duration", "10s", "--every", "3s", "--for", "2s"
    };
    HarnessProcess harness = onDocker(options);
    for (int i = 0; i < 3 && harness.status() == 2; i++) {
      harness = onDocker(options); // A busy machine shows nothing: it proves nothing either way.
    }
    assertThat(harness.status()).as(harness.said()).isZero();
    assertThat(harness.out()).startsWith("VALID");
    assertNothingLeft(harness.runId());
  }

  @Test
  void aKnownBugIsCaught() throws Exception {
    HarnessProcess harness =
        onDocker(
            "--nodes",
            "3",
            "--deviation",
            "acknowledge-before-commit",
            "--faults",
            "partition:isolate-leader",
            "--duration",
            "20s",
            "--every",
            "4s",
            "--for",
            "3s",
            "--seed",
            "42");
    assertThat(harness.status()).as(harness.said()).isEqualTo(1);
    assertThat(harness.out()).startsWith("INVALID").contains("--cluster docker");
  }

  @Test
  void whatAKilledHarnessLeftIsTakenAwayByTheNextRunAndNothingElse() throws Exception {
    HarnessProcess killed = onDocker(LONG).awaitMidRun();
    killed.endForcibly();
    String id = killed.runId();
    EngineView engine = EngineView.connect();
    assertThat(engine.containers(id)).isNotEmpty();
    assertThat(engine.packetFilters()).contains(EngineView.table(id));
    try (EngineView.Foreigner foreigner = engine.foreigner("not-ours-" + id)) {
      HarnessProcess next = run(Map.of(), "--nodes", "1", "--duration", "1s", "--faults", "none");
      assertThat(next.status()).as(next.said()).isIn(0, 2);
      assertThat(next.err()).contains("ended what a killed run had left");
      assertNothingLeft(id);
      assertThat(foreigner.isUntouched()).isTrue();
    }
    var analyzed = CommandLineFixture.run("analyze", killed.directory().toString());
    assertThat(analyzed.status()).as(analyzed.out() + analyzed.err()).isEqualTo(2);
    assertThat(analyzed.out()).startsWith("UNKNOWN").contains("ends before");
  }

  @Test
  void anImageThatCannotBeHadIsNamedWithWhatToDo() throws Exception {
    HarnessProcess harness = onDocker("--image", "no/such:tag", "--duration", "5s");
    assertThat(harness.status()).as(harness.said()).isEqualTo(4);
    assertThat(harness.err()).contains("the image no/such:tag is not there", "--image");
  }

  /** etcd does not know the flags of the bundled server, and says so. */
  @Test
  void aContainerThatEndsAtOnceIsShownWithItsLastWords() throws Exception {
    HarnessProcess harness =
        onDocker("--system", "raft", "--image", "faultline/etcd:latest", "--duration", "5s");
    assertThat(harness.status()).as(harness.said()).isEqualTo(4);
    assertThat(harness.err()).contains("ended at once, exit code 2", "etcd -h");
    assertNothingLeft(harness.runId());
  }

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143"})
  void aRunThatIsInterruptedIsEndedInOrderAndJudged(String signal, int status) throws Exception {
    assumeTrue(
        !signal.equals("INT") || !HarnessProcess.isDeafToInterrupts(),
        "SIGINT is ignored here, as in the background of a shell");
    HarnessProcess harness = onDocker(LONG).awaitMidRun();
    harness.signal(signal);
    assertThat(harness.status()).as(harness.said()).isEqualTo(status);
    assertThat(harness.out()).contains("interrupted");
    assertThat(harness.directory().resolve("run.json")).isRegularFile();
    assertNothingLeft(harness.runId());
  }

  @Test
  void anEngineThatGoesAwayInMidRunEndsItAsUnknownAndTheHistoryIsKept() throws Exception {
    assumeTrue(EngineFront.isPossible(), "the engine has no socket in /var/run");
    HarnessProcess harness;
    try (EngineFront front = EngineFront.open()) {
      harness =
          run(
              Map.of("DOCKER_HOST", front.address()),
              Stream.concat(Stream.of("--cluster", "docker"), Stream.of(LONG))
                  .toArray(String[]::new));
      harness.awaitMidRun();
    }
    assertThat(harness.status()).as(harness.said()).isEqualTo(2);
    assertThat(harness.out()).startsWith("UNKNOWN").contains("container engine");
    assertThat(Files.size(harness.directory().resolve("history.ndjson"))).isPositive();
    HarnessProcess next = run(Map.of(), "--nodes", "1", "--duration", "1s", "--faults", "none");
    assertThat(next.status()).as(next.said()).isIn(0, 2);
    assertNothingLeft(harness.runId());
  }

  private static void assertNothingLeft(String id) throws InterruptedException {
    EngineView engine = EngineView.connect();
    assertThat(engine.containers(id)).isEmpty();
    assertThat(engine.networks(id)).isEmpty();
    assertThat(engine.packetFilters()).doesNotContain(EngineView.table(id));
  }

  private HarnessProcess onDocker(String... options) throws IOException {
    return run(
        Map.of(),
        Stream.concat(Stream.of("--cluster", "docker"), Stream.of(options)).toArray(String[]::new));
  }

  private HarnessProcess run(Map<String, String> environment, String... options)
      throws IOException {
    HarnessProcess harness = HarnessProcess.run(directory, environment, options);
    started.add(harness);
    return harness;
  }
}

package dev.faultline.harness.cli;

import static dev.faultline.harness.cli.CommandLineFixture.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.faultline.harness.EnvironmentException;
import dev.faultline.harness.cli.CommandLineFixture.Ran;
import dev.faultline.harness.docker.Engine;
import dev.faultline.harness.system.Program;
import dev.faultline.results.RunDirectory;
import dev.faultline.results.RunSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Systems that no class of ours knows: described in a file, or brought in a jar. */
class DescribedSystemIT {

  private static final Path ETCD = Path.of("scenarios", "systems", "etcd.yaml");

  /** The bundled server, as somebody would describe it who has only read its usage text. */
  private static final String RAFT =
      """
      name: raft-described
      program: [JAVA, -cp, 'CLASS_PATH', dev.faultline.raft.server.Main]
      peers: addresses
      ports: {client: 2379, peer: 2380, metrics: 2381}
      arguments:
        - --name={node}
        - --data-dir={data}
        - --listen-client={client}
        - --listen-peer={peer}
        - --listen-metrics={metrics}
        - --initial-cluster={cluster:NODE=ADDRESS}
        - --heartbeat-interval={heartbeat.ms}
        - --election-timeout={election.ms}
      health: /health
      peer-health: tcp
      client: plugged.Silent
      """;

  @TempDir Path directory;

  @Test
  void etcdDescribedRunsAsProcesses() throws IOException {
    assumeTrue(
        new Program("etcd", "").onPath().isPresent(), "there is no program etcd on the path");
    Ran ran = runUntilKnown("--system", ETCD.toString(), "--nodes", "3", "--duration", "5s");
    assertThat(ran.status()).as(ran.out() + ran.err()).isZero();
    assertThat(latest().system()).isEqualTo("etcd-described");
  }

  @Test
  void etcdDescribedRunsInContainers() throws IOException {
    assumeTrue(engineAnswers(), "no container engine answers");
    Ran ran =
        runUntilKnown(
            "--system",
            ETCD.toString(),
            "--cluster",
            "docker",
            "--nodes",
            "3",
            "--duration",
            "5s",
            "--faults",
            "partition");
    assertThat(ran.status()).as(ran.out() + ran.err()).isZero();
    assertThat(latest().system()).isEqualTo("etcd-described");
  }

  @Test
  void aSystemThatTellsNothingOfItselfIsTestedWithAClientClassAlone() throws Exception {
    Path jar = new PluginFixture(directory).jar("Silent", PluginFixture.SILENT_DRIVER, false);
    Path systems = Files.createDirectories(directory.resolve("systems"));
    Files.writeString(
        systems.resolve("raft.yaml"),
        RAFT.replace("JAVA", java()).replace("CLASS_PATH", classPath()));
    Path scenario =
        Files.writeString(
            directory.resolve("scenario.yaml"),
            "system: systems/raft.yaml\nplugin: %s\nnodes: 3\nduration: 8s\n"
                    .formatted(jar.getFileName())
                + "faults: [partition, kill]\nevery: 3s\nfor: 2s\n");
    Ran ran = runUntilKnown("-f", scenario.toString());
    assertThat(ran.status()).as(ran.out() + ran.err()).isZero();
    RunSummary summary = latest();
    assertThat(summary.system()).isEqualTo("raft-described");
    assertThat(summary.leaderChanges()).isNull();
    assertThat(summary.recoveryNanos()).isPositive();
    assertThat(summary.again().getFirst()).contains("-f " + scenario);

    RunDirectory kept = RunDirectory.open(directory.resolve("runs").resolve("latest"));
    Ran analyzed = run("analyze", kept.path().toString());
    assertThat(analyzed.status()).as(analyzed.out() + analyzed.err()).isZero();
    assertThat(RunSummary.read(kept.runJson()).system()).isEqualTo("raft-described");

    Ran fromTheRun = runUntilKnown("-f", kept.scenarioYaml().toString());
    assertThat(fromTheRun.status()).as(fromTheRun.out() + fromTheRun.err()).isZero();
  }

  @Test
  void aSystemInAJarIsFound() throws Exception {
    Path jar =
        new PluginFixture(directory)
            .jar("Plugged", PluginFixture.system("Plugged", "plugged-raft"), true);
    Ran ran =
        runUntilKnown(
            "--plugin",
            jar.toString(),
            "--system",
            "plugged-raft",
            "--nodes",
            "3",
            "--duration",
            "3s",
            "--faults",
            "none");
    assertThat(ran.status()).as(ran.out() + ran.err()).isZero();
    assertThat(latest().again().getFirst()).contains("--plugin " + jar, "--system plugged-raft");
  }

  @Test
  void aProgramThatEndsAtOnceIsShownWithItsLastWords() throws Exception {
    Path system =
        Files.writeString(
            directory.resolve("sick.yaml"),
            """
            name: sick
            program: [sh, -c, 'echo no license found >&2; exit 3']
            peers: addresses
            """);
    Ran ran = run("run", "--system", system.toString(), "--out", runs(), "--nodes", "3");
    assertThat(ran.status()).isEqualTo(4);
    assertThat(ran.err()).contains("ended at once, exit code 3", "no license found");
  }

  private static boolean engineAnswers() {
    try {
      var _ = Engine.connect();
      return true;
    } catch (EnvironmentException _) {
      return false;
    }
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private static String classPath() {
    return System.getProperty("java.class.path");
  }

  /**
   * On a busy machine a fault may be over before it was seen; such a run is UNKNOWN and proves
   * nothing.
   */
  private Ran runUntilKnown(String... options) {
    String[] always = {
      "run", "--progress", "plain", "--every", "2s", "--for", "1s", "--out", runs()
    };
    String[] words = Stream.of(always, options).flatMap(Stream::of).toArray(String[]::new);
    Ran ran = run(words);
    for (int i = 0; i < 3 && ran.status() == 2; i++) {
      ran = run(words);
    }
    return ran;
  }

  private String runs() {
    return directory.resolve("runs").toString();
  }

  private RunSummary latest() throws IOException {
    return RunSummary.read(RunDirectory.open(Path.of(runs(), "latest")).runJson());
  }
}

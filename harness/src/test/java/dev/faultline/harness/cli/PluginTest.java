package dev.faultline.harness.cli;

import static dev.faultline.harness.cli.CommandLineFixture.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.harness.cli.CommandLineFixture.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong with plugins is said before anything is started. */
class PluginTest {

  @TempDir Path directory;

  @Test
  void aJarThatIsNotThereIsNamed() {
    Ran ran = runWith("no-such.jar", "raft");
    assertThat(ran.status()).isEqualTo(254);
    assertThat(ran.err()).contains("plugin: there is no jar", "no-such.jar");
  }

  @Test
  void aFileThatIsNoJarIsNamed() throws IOException {
    Path text = Files.writeString(directory.resolve("notes.txt"), "not a jar");
    Ran ran = runWith(text.toString(), "raft");
    assertThat(ran.status()).isEqualTo(254);
    assertThat(ran.err()).contains("notes.txt is no jar");
  }

  @Test
  void aServiceOfTheWrongTypeIsRefused() throws IOException {
    Path jar = plugin("Stranger", "public final class Stranger {}", true);
    Ran ran = runWith(jar.toString(), "raft");
    assertThat(ran.status()).isEqualTo(254);
    assertThat(ran.err()).contains("plugin: ", "plugged.Stranger", "not a subtype");
  }

  @Test
  void aServiceWhoseConstructorThrowsIsRefused() throws IOException {
    Path jar =
        plugin(
            "Broken",
            """
            public final class Broken extends dev.faultline.harness.cli.PluggableRaft {
              public Broken() {
                super("broken");
                throw new IllegalStateException("no license");
              }
            }
            """,
            true);
    Ran ran = runWith(jar.toString(), "broken");
    assertThat(ran.status()).isEqualTo(254);
    assertThat(ran.err()).contains("plugged.Broken", "IllegalStateException: no license");
  }

  @Test
  void aSystemThatTakesTheNameOfAnotherIsRefused() throws IOException {
    Path jar = plugin("Twin", PluginFixture.system("Twin", "raft"), true);
    Ran ran = runWith(jar.toString(), "raft");
    assertThat(ran.status()).isEqualTo(254);
    assertThat(ran.err()).contains("2 systems are called 'raft'", "plugged.Twin", "RaftSystem");
  }

  @Test
  void aClientClassOfTheWrongTypeIsRefusedWithItsPlace() throws IOException {
    Path jar = plugin("Stranger", "public final class Stranger {}", false);
    Path system =
        Files.writeString(
            directory.resolve("my.yaml"),
            "name: my\nprogram: sh\npeers: addresses\nclient: plugged.Stranger\n");
    Ran ran = runWith(jar.toString(), system.toString());
    assertThat(ran.status()).isEqualTo(254);
    assertThat(ran.err())
        .contains(system + ":4:9: the class plugged.Stranger does not implement")
        .contains("SystemDriver");
  }

  @Test
  void aSystemFileThatIsNotThereIsNamed() {
    Ran ran = run("run", "--system", "no-such.yaml");
    assertThat(ran.status()).isEqualTo(254);
    assertThat(ran.err()).contains("system: there is no file", "no-such.yaml");
  }

  @Test
  void nodesThatDialOneAnotherDirectlyCannotBeCutOffAsProcesses() throws IOException {
    Path system =
        Files.writeString(directory.resolve("my.yaml"), "name: my\nprogram: sh\npeers: direct\n");
    Ran ran = run("run", "--system", system.toString());
    assertThat(ran.status()).isEqualTo(254);
    assertThat(ran.err()).contains("dial one another directly", "--cluster docker");
  }

  @Test
  void aFaultAimedAtALeaderIsRefusedWhereNodesDoNotTellWhoLeads() throws IOException {
    Path jar = plugin("Silent", PluginFixture.SILENT_DRIVER, false);
    Path system =
        Files.writeString(
            directory.resolve("my.yaml"),
            "name: my\nprogram: sh\npeers: addresses\nclient: plugged.Silent\n");
    Ran ran =
        run(
            "run",
            "--plugin",
            jar.toString(),
            "--system",
            system.toString(),
            "--faults",
            "kill:leader");
    assertThat(ran.status()).isEqualTo(254);
    assertThat(ran.err()).containsIgnoringCase("leader");
  }

  private Ran runWith(String plugin, String system) {
    return run("run", "--plugin", plugin, "--system", system);
  }

  private Path plugin(String name, String source, boolean asService) throws IOException {
    return new PluginFixture(directory).jar(name, source, asService);
  }
}

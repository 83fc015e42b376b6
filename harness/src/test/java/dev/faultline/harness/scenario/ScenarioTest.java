package dev.faultline.harness.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.harness.Seed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScenarioTest {

  @TempDir Path directory;

  @Test
  void everyWordHasADefaultThatResolves() throws ScenarioException {
    Scenario scenario = Scenario.resolve(ScenarioWords.NONE);
    assertThat(scenario.nodes()).isEqualTo(5);
    assertThat(scenario.name()).isEqualTo("register");
    assertThat(scenario.faults()).containsExactly("partition", "kill", "pause");
    assertThat(scenario.concurrency() % scenario.nodes()).isZero();
  }

  @Test
  void optionsWinOverTheFileAndTheFileOverDefaults() throws Exception {
    Path file = write("duration: 12s\nnodes: 3\nfaults: [kill, pause]\nseed: 0x2a\n");
    ScenarioWords words =
        ScenarioWords.read(file)
            .overlaidWith(
                ScenarioWords.ofOptions(
                    Map.of(ScenarioKey.NODES, "7", ScenarioKey.CONCURRENCY, "2n")));
    Scenario scenario = Scenario.resolve(words);
    assertThat(scenario.duration()).isEqualTo(Duration.ofSeconds(12));
    assertThat(scenario.nodes()).isEqualTo(7);
    assertThat(scenario.concurrency()).isEqualTo(14);
    assertThat(scenario.faults()).containsExactly("kill", "pause");
    assertThat(scenario.seed()).isEqualTo(new Seed(42));
  }

  @Test
  void whatIsWrittenIsReadAsTheSameScenario() throws Exception {
    Scenario scenario =
        Scenario.resolve(
            ScenarioWords.ofOptions(
                Map.of(
                    ScenarioKey.DEVIATION, "leader-local-read",
                    ScenarioKey.FAULTS, "none",
                    ScenarioKey.CLUSTER, "docker",
                    ScenarioKey.LINKS, "proxies",
                    ScenarioKey.IMAGE, "example.org/etcd:v3.5.16",
                    ScenarioKey.PROGRAM, "/opt/etcd 3.5/etcd",
                    ScenarioKey.RATE, "12.5",
                    ScenarioKey.PLAN, "some where/plan.json")));
    assertThat(Scenario.resolve(ScenarioWords.read(write(scenario.toYaml())))).isEqualTo(scenario);
  }

  @Test
  void filesThatAScenarioNamesLieBesideIt() throws Exception {
    Path file = write("system: systems/my.yaml\nplugin: [a.jar, /lib/b.jar]\n");
    Scenario scenario = Scenario.resolve(ScenarioWords.read(file));
    assertThat(scenario.system()).isEqualTo(directory.resolve("systems/my.yaml").toString());
    assertThat(scenario.plugins())
        .containsExactly(directory.resolve("a.jar"), Path.of("/lib/b.jar"));
  }

  @Test
  void filesThatAnOptionNamesAreSeenFromTheWorkingDirectory() throws Exception {
    Path file = write("system: systems/my.yaml\n");
    Scenario scenario =
        Scenario.resolve(
            ScenarioWords.read(file)
                .overlaidWith(ScenarioWords.ofOptions(Map.of(ScenarioKey.SYSTEM, "other.yml"))));
    assertThat(scenario.system()).isEqualTo(Path.of("other.yml").toAbsolutePath().toString());
  }

  @Test
  void aStoredScenarioNamesItsFilesWhereverItLies() throws Exception {
    Scenario scenario =
        Scenario.resolve(
            ScenarioWords.ofOptions(
                Map.of(
                    ScenarioKey.SYSTEM, "some where/it's.yaml",
                    ScenarioKey.PLUGIN, "a.jar,b.jar")));
    assertThat(Scenario.resolve(ScenarioWords.read(write(scenario.toYaml())))).isEqualTo(scenario);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nodez: 3|:1:1: unknown key 'nodez'; did you mean 'nodes'?",
        "nodes: 3\\nnodes: 4|:2:1: 'nodes' is said twice",
        "nodes: many|:1:8: 'many' is no number between 1 and 9",
        "nodes: 10|:1:8: '10' is no number between 1 and 9",
        "nodes: 3\\nduration: 30|:2:11: '30' is not a duration",
        "duration: 0s|:1:11: 'duration' must be longer than nothing",
        "values: big|:1:9: 'big' is neither 'unique' nor 'small'",
        "rate: -1|:1:7: '-1' is no rate",
        "concurrency: 0n|:1:14: 0 processes",
        "seed: abc|:1:7: 'abc' is no seed",
        "name: ../x|:1:7: '../x' is no name",
        "faults: {a: b}|:1:9: 'faults' takes a value or a list",
        "- a|:1:1: a scenario is a list of 'key: value' lines",
        "nodes: [|not YAML",
      })
  void saysWhereAndWhatIsWrong(String text, String message) throws IOException {
    Path file = write(text.replace("\\n", "\n"));
    assertThatThrownBy(() -> Scenario.resolve(ScenarioWords.read(file)))
        .isInstanceOf(ScenarioException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining(message);
  }

  @Test
  void anOptionIsNamedAsAnOption() {
    ScenarioWords words = ScenarioWords.ofOptions(Map.of(ScenarioKey.DURATION, "soon"));
    assertThatThrownBy(() -> Scenario.resolve(words))
        .hasMessageStartingWith("--duration: 'soon' is not a duration");
  }

  @Test
  void anEmptyFileSaysNothing() throws Exception {
    assertThat(Scenario.resolve(ScenarioWords.read(write(""))).nodes()).isEqualTo(5);
  }

  private Path write(String text) throws IOException {
    return Files.writeString(directory.resolve("scenario.yaml"), text);
  }
}

package dev.faultline.harness.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.harness.cluster.LinkBackend;
import dev.faultline.harness.scenario.Scenario;
import dev.faultline.harness.scenario.ScenarioException;
import dev.faultline.harness.scenario.ScenarioKey;
import dev.faultline.harness.scenario.ScenarioWords;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreparationTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "process | partition                | PROXIES",
        "docker  | partition,kill,pause     | PACKETS",
        "docker  | partition:drop-out       | PACKETS",
        "docker  | partition:mute           | PROXIES",
        "docker  | partition,slow           | PROXIES",
        "docker  | none                     | PACKETS"
      })
  void whatStandsInTheLinksFollowsFromTheFaults(String cluster, String faults, LinkBackend expected)
      throws ScenarioException {
    assertThat(prepared(Map.of(ScenarioKey.CLUSTER, cluster, ScenarioKey.FAULTS, faults)).links())
        .isEqualTo(expected);
  }

  @Test
  void whatWasSaidOfTheLinksHolds() throws ScenarioException {
    assertThat(
            prepared(Map.of(ScenarioKey.CLUSTER, "docker", ScenarioKey.LINKS, "proxies")).links())
        .isEqualTo(LinkBackend.PROXIES);
  }

  @Test
  void aFaultThatTheLinksCannotShowIsRefusedWithWhatTheyCan() {
    assertThatThrownBy(() ->
            prepared(
                Map.of(
                    ScenarioKey.CLUSTER, "docker",
                    ScenarioKey.LINKS, "packets",
                    ScenarioKey.FAULTS, "slow")))
        .isInstanceOf(ScenarioException.class)
        .hasMessageContaining("slow")
        .hasMessageContaining("delay messages")
        .hasMessageContaining("partition:drop-out");
  }

  @Test
  void processesHaveNoPacketFilter() {
    assertThatThrownBy(() -> prepared(Map.of(ScenarioKey.LINKS, "packets")))
        .isInstanceOf(ScenarioException.class)
        .hasMessageContaining("'packets'")
        .hasMessageContaining("proxies");
  }

  @Test
  void faultsThatNoOneKindOfLinkCanShowTogetherAreRefused() {
    assertThatThrownBy(() ->
            prepared(
                Map.of(
                    ScenarioKey.CLUSTER, "docker",
                    ScenarioKey.FAULTS, "slow,partition:drop-in")))
        .isInstanceOf(ScenarioException.class);
  }

  private static RunRequest prepared(Map<ScenarioKey, String> words) throws ScenarioException {
    Map<ScenarioKey, String> all = new EnumMap<>(ScenarioKey.class);
    all.put(ScenarioKey.SEED, "0x1");
    all.putAll(words);
    Scenario scenario = Scenario.resolve(ScenarioWords.ofOptions(all));
    return Preparation.of(scenario, Path.of("runs"), false, "test", List.of()).request();
  }
}

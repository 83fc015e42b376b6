package dev.faultline.harness.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.DockerClient;
import dev.faultline.nemeses.Link;
import dev.faultline.nemeses.LinkState;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PacketFilterTest {

  private final PacketFilter filter =
      new PacketFilter(
          noEngine(), "sidecar", "faultline_1", Map.of("n1", "10.9.8.11", "n2", "10.9.8.12"));

  @Test
  void aCutIsAPairInTheSetAndOneWayOnly() {
    assertThat(filter.edits(Map.of(new Link("n1", "n2"), LinkState.CUT)))
        .contains("add element bridge faultline_1 cut { 10.9.8.11 . 10.9.8.12 }")
        .noneMatch(edit -> edit.contains("10.9.8.12 . 10.9.8.11"));
  }

  @Test
  void lossDropsAShareOfALinksPackets() {
    assertThat(
            filter.edits(
                Map.of(
                    new Link("n2", "n1"),
                    LinkState.lossy(0.25, Duration.ofMillis(200), Duration.ZERO))))
        .contains(
            "add rule bridge faultline_1 links ip saddr 10.9.8.12 ip daddr 10.9.8.11"
                + " numgen random mod 1000 < 250 counter drop");
  }

  @Test
  void everyChangeBeginsFromNothingSoThatAHealedLinkIsHealed() {
    assertThat(filter.edits(Map.of()))
        .containsExactly(
            "flush chain bridge faultline_1 links",
            "flush set bridge faultline_1 cut",
            "add rule bridge faultline_1 links ip saddr . ip daddr @cut counter drop");
  }

  @Test
  void differentRunsHaveDifferentRuleSets() {
    assertThat(PacketFilter.table("1-a")).isNotEqualTo(PacketFilter.table("2-a"));
    assertThat(PacketFilter.table("1-a")).matches("[a-z_0-9]+");
  }

  /** An engine that must not be asked. */
  private static DockerClient noEngine() {
    return (DockerClient)
        Proxy.newProxyInstance(
            DockerClient.class.getClassLoader(),
            new Class<?>[] {DockerClient.class},
            (_, method, _) -> {
              throw new AssertionError(method);
            });
  }
}

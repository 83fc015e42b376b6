package dev.faultline.harness.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.harness.EnvironmentException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EtcdSystemTest {

  @TempDir Path directory;

  private final EtcdSystem etcd = new EtcdSystem();

  @Test
  void peersAreDialledByNameThroughTheFront() {
    Map<String, InetSocketAddress> peers = new LinkedHashMap<>();
    peers.put("n1", InetSocketAddress.createUnresolved("n1.test", 4001));
    peers.put("n2", InetSocketAddress.createUnresolved("n2.test", 4002));
    Launch launch =
        etcd.container(node(peers, Optional.of(loopback(1080))), SystemOptions.STANDARD);
    assertThat(launch.words())
        .contains(
            "--name=n1",
            "--initial-cluster=n1=http://n1.test:4001,n2=http://n2.test:4002",
            "--initial-advertise-peer-urls=http://n1.test:4001",
            "--listen-peer-urls=http://127.0.0.1:4001",
            "--listen-client-urls=http://127.0.0.1:3001",
            "--advertise-client-urls=http://127.0.0.1:6001",
            "--heartbeat-interval=100",
            "--election-timeout=1000");
    assertThat(launch.environment()).containsEntry("HTTP_PROXY", "socks5://127.0.0.1:1080");
  }

  @Test
  void withoutAFrontNoProxyOfTheUsersComesBetween() {
    Map<String, InetSocketAddress> peers = Map.of("n1", loopback(4001));
    Launch launch = etcd.container(node(peers, Optional.empty()), SystemOptions.STANDARD);
    assertThat(launch.environment())
        .containsEntry("HTTP_PROXY", "")
        .containsEntry("http_proxy", "")
        .containsEntry("NO_PROXY", "");
  }

  @Test
  void aProgramThatIsNamedIsTaken() throws Exception {
    Path program = Files.createFile(directory.resolve("my-etcd"));
    assertThat(program.toFile().setExecutable(true)).isTrue();
    Launch launch = etcd.process(node(), options(program.toString()));
    assertThat(launch.words().getFirst()).isEqualTo(program.toString());
  }

  @Test
  void aProgramThatIsNotThereIsAnErrorOfTheEnvironment() {
    assertThatThrownBy(() -> etcd.process(node(), options(directory + "/none")))
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining(directory + "/none")
        .hasMessageContaining("--program");
  }

  private static SystemOptions options(String program) {
    return new SystemOptions(
        Optional.empty(),
        Duration.ofMillis(100),
        Duration.ofSeconds(1),
        Optional.of(program),
        Optional.empty());
  }

  private static NodeAddresses node() {
    return node(Map.of("n1", loopback(4001)), Optional.empty());
  }

  private static NodeAddresses node(
      Map<String, InetSocketAddress> peers, Optional<InetSocketAddress> socks) {
    return new NodeAddresses(
        "n1",
        loopback(3001),
        loopback(4001),
        loopback(5001),
        loopback(6001),
        peers,
        socks,
        "/data");
  }

  private static InetSocketAddress loopback(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }
}

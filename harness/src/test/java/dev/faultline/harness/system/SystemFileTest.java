package dev.faultline.harness.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.harness.EnvironmentException;
import dev.faultline.workloads.client.ClientFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SystemFileTest {

  private static final String LEAST = "name: db\nprogram: sh\npeers: addresses\n";

  @TempDir Path directory;

  @Test
  void readsEveryKey() throws Exception {
    SystemUnderTest system =
        read(
            """
            name: mydb
            description: a database
            image: example.org/mydb:1.4
            entry-point: [/bin/mydb, serve]
            data: /var/lib/mydb
            program: [sh, -c]
            ports: {client: 7000, peer: 7001, metrics: 7002}
            peers: socks
            arguments:
              - --id={index}
              - "{node}"
            environment:
              ALL_PROXY: "{socks:socks5://ADDRESS}"
              WORKERS: 4
              EMPTY: ""
            health: /ready
            peer-health: /version
            api: etcd-v3
            """);
    assertThat(system.name()).isEqualTo("mydb");
    assertThat(system.description()).isEqualTo("a database");
    assertThat(system.peerRouting()).isEqualTo(PeerRouting.SOCKS);
    assertThat(system.servesMetrics()).isTrue();
    assertThat(system.tellsStatus()).isTrue();
    ContainerImage image = system.image(SystemOptions.STANDARD).orElseThrow();
    assertThat(image.reference()).isEqualTo("example.org/mydb:1.4");
    assertThat(image.recipe()).isEmpty();
    assertThat(image.entryPoint()).containsExactly("/bin/mydb", "serve");
    assertThat(image.clientPort()).isEqualTo(7000);
    assertThat(image.peerPort()).isEqualTo(7001);
    assertThat(image.metricsPort()).isEqualTo(7002);
    assertThat(image.dataDirectory()).isEqualTo("/var/lib/mydb");

    NodeAddresses node = Nodes.second(Optional.of(Nodes.at(6000)));
    Launch container = system.container(node, SystemOptions.STANDARD);
    assertThat(container.words()).containsExactly("--id=2", "n2");
    assertThat(container.environment())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("ALL_PROXY", "socks5://127.0.0.1:6000", "WORKERS", "4", "EMPTY", ""));
    Launch process = system.process(node, SystemOptions.STANDARD);
    assertThat(process.words().getFirst()).endsWith("/sh");
    assertThat(process.words().subList(1, 4)).containsExactly("-c", "--id=2", "n2");
  }

  @Test
  void whatIsNotSaidHasADefault() throws Exception {
    SystemUnderTest system = read(LEAST + "image: db\n");
    ContainerImage image = system.image(SystemOptions.STANDARD).orElseThrow();
    assertThat(image.clientPort()).isEqualTo(2379);
    assertThat(image.peerPort()).isEqualTo(2380);
    assertThat(image.dataDirectory()).isEqualTo("/data");
    assertThat(image.entryPoint()).isEmpty();
    assertThat(system.servesMetrics()).isFalse();
    assertThat(system.description()).contains("system.yaml");
  }

  @Test
  void theCommandLineNamesAnotherImage() throws Exception {
    SystemUnderTest system = read(LEAST + "image: db:1\nports: {client: 7000}\n");
    ContainerImage image = system.image(named(Optional.empty(), Optional.of("db:2"))).orElseThrow();
    assertThat(image.reference()).isEqualTo("db:2");
    assertThat(image.clientPort()).isEqualTo(7000);
  }

  @Test
  void aProgramWithASlashIsSeenFromTheFile() throws Exception {
    Path program = Files.writeString(directory.resolve("mydb"), "#!/bin/sh\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
    SystemUnderTest system = read("name: db\nprogram: ./mydb\npeers: addresses\n");
    Path started = Path.of(launched(system).words().getFirst());
    assertThat(started).isAbsolute().hasSameBinaryContentAs(program);
  }

  @Test
  void aProgramThatIsNotThereIsNamed() throws Exception {
    SystemUnderTest system = read("name: db\nprogram: ./no-such\npeers: addresses\n");
    assertThatThrownBy(() -> launched(system))
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining("there is no program " + directory)
        .hasMessageContaining("--program");
    SystemUnderTest imageOnly = read("name: db\nimage: db\npeers: addresses\n");
    assertThatThrownBy(() -> launched(imageOnly))
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining("names no program");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nmae: db|:1:1: unknown key 'nmae'; did you mean 'name'?",
        "name: db\\nname: db2|:2:1: 'name' is said twice",
        "- a|:1:1: a system is a list of 'key: value' lines",
        "''|:1:1: 'name' is missing",
        "name: a b|:1:7: 'a b' is no name",
        "name: [a]|:1:7: 'name' takes plain text here",
        "name: db|:1:1: a system needs an 'image' or a 'program', or both",
        "name: db\\nprogram: sh|:1:1: 'peers' is missing: how do nodes find their peers?",
        "name: db\\nprogram: sh\\npeers: adresses|:3:8: 'adresses' is none of addresses, socks, direct; did you mean 'addresses'?",
        "name: db\\nprogram: sh\\npeers: socks|:1:1: with 'peers: socks' the nodes must be told",
        "LEAST:arguments: ['{socks:ADDRESS}']|:4:13: '{socks}' needs 'peers: socks'",
        "LEAST:arguments:\\n  - a\\n  - b {nod}|:6:5: in 'b {nod}': unknown variable '{nod}'",
        "LEAST:arguments: ['{metrics}']|:4:13: '{metrics}' needs 'metrics' among the 'ports'",
        "LEAST:arguments: [[a]]|:4:13: 'arguments' takes plain text here",
        "LEAST:environment: [a]|:4:14: 'environment' is a list of 'key: value' lines",
        "LEAST:environment:\\n  A: '{nodez}'|:5:6: in '{nodez}': unknown variable",
        "LEAST:ports: {clients: 1}|:4:9: unknown key 'clients'; did you mean 'client'?",
        "LEAST:ports: {client: 0}|:4:17: '0' is no port between 1 and 65535",
        "LEAST:image: x\\nports: {peer: 65536}|:5:15: '65536' is no port",
        "LEAST:health: ready|:4:9: 'ready' is neither 'tcp' nor a path",
        "LEAST:api: etcd-v2|:4:6: 'etcd-v2' is none of etcd-v3; did you mean 'etcd-v3'?",
        "LEAST:api: etcd-v3\\nclient: x.Y|:5:9: say 'api' or 'client', not both",
        "LEAST:client: x.Y|:4:9: the class x.Y is not on the class path; name the jar",
        "LEAST:client: java.lang.String|:4:9: the class java.lang.String does not implement",
        "LEAST:client: dev.faultline.harness.system.SystemFileTest$Broken|constructor throws java.lang.IllegalStateException: no license",
        "LEAST:client: dev.faultline.harness.system.SystemFileTest$Needy|has no public constructor without parameters",
        "LEAST:client: dev.faultline.harness.system.SystemFileTest$Abstract|it must be a public class that is not abstract",
        "name: [|not YAML",
      })
  void saysWhereAndWhatIsWrong(String text, String message) {
    assertThatThrownBy(() -> read(text.replace("LEAST:", LEAST).replace("\\n", "\n")))
        .isInstanceOf(SystemFileException.class)
        .hasMessageStartingWith(directory.resolve("system.yaml") + ":")
        .hasMessageContaining(message);
  }

  @Test
  void aClientClassIsMadeOnceAndTellsNoStatusUnlessItSaysSo() throws Exception {
    SystemUnderTest system =
        read(LEAST + "client: dev.faultline.harness.system.SystemFileTest$Silent\n");
    assertThat(system.tellsStatus()).isFalse();
    assertThatThrownBy(() -> system.statusProbe(Map.of()))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> system.clients(Map.of(), Duration.ofSeconds(1)))
        .hasMessage("asked the driver");
  }

  private SystemUnderTest read(String text) throws IOException, SystemFileException {
    Path file = Files.writeString(directory.resolve("system.yaml"), text);
    return SystemFile.read(file, getClass().getClassLoader());
  }

  private static Launch launched(SystemUnderTest system) throws EnvironmentException {
    return system.process(Nodes.second(Optional.empty()), SystemOptions.STANDARD);
  }

  private static SystemOptions named(Optional<String> program, Optional<String> image) {
    return new SystemOptions(
        Optional.empty(), Duration.ofMillis(100), Duration.ofSeconds(1), program, image);
  }

  /** The smallest driver. */
  public static class Silent implements SystemDriver {
    @Override
    public ClientFactory clients(Map<String, InetSocketAddress> endpoints, Duration timeout) {
      throw new IllegalStateException("asked the driver");
    }
  }

  /** One whose constructor throws. */
  public static final class Broken extends Silent {
    public Broken() {
      throw new IllegalStateException("no license");
    }
  }

  /** One whose constructor has a parameter. */
  public static final class Needy extends Silent {
    public Needy(String need) {
      throw new IllegalStateException(need);
    }
  }

  /** One that is abstract. */
  public abstract static class Abstract extends Silent {}
}

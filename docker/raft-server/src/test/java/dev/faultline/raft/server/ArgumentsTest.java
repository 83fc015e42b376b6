package dev.faultline.raft.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import dev.faultline.raft.core.NodeId;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArgumentsTest {

  @TempDir Path dir;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @Test
  void aDataDirectoryIsEnough() throws Exception {
    ServerConfig config = parse("--data-dir", "/d");
    assertThat(config.self()).isEqualTo(new NodeId("n1"));
    assertThat(config.members()).containsOnlyKeys(new NodeId("n1"));
    assertThat(config.listenClient()).isEqualTo(new HostPort("127.0.0.1", 2379));
    assertThat(config.heartbeat()).isEqualTo(Duration.ofMillis(100));
    assertThat(config.electionTimeout()).isEqualTo(Duration.ofSeconds(1));
    assertThat(config.listenMetrics()).isNull();
    assertThat(config.deviation()).isNull();
    assertThat(config.exitWithStdin()).isFalse();
  }

  @Test
  void readsEveryFlag() throws Exception {
    ServerConfig config =
        parse(
            "--name=n2",
            "--data-dir=/d",
            "--listen-client=127.0.0.1:1",
            "--listen-peer=[::1]:2",
            "--listen-metrics=127.0.0.1:3",
            "--initial-cluster=n1=127.0.0.1:4,n2=http://127.0.0.1:5",
            "--client-addresses=n1=127.0.0.1:6",
            "--cluster-token=t",
            "--heartbeat-interval=20",
            "--election-timeout=200",
            "--deviation=forget-vote",
            "--exit-with-stdin",
            "--log-level=debug");
    assertThat(config)
        .isEqualTo(
            new ServerConfig(
                new NodeId("n2"),
                Path.of("/d"),
                new HostPort("127.0.0.1", 1),
                new HostPort("::1", 2),
                new HostPort("127.0.0.1", 3),
                ServerOptions.Addresses.parse("n1=127.0.0.1:4,n2=127.0.0.1:5").byNode(),
                ServerOptions.Addresses.parse("n1=127.0.0.1:6").byNode(),
                "t",
                Duration.ofMillis(20),
                Duration.ofMillis(200),
                "forget-vote",
                true,
                Level.DEBUG));
  }

  @Test
  void theCommandLineOutranksTheFile() throws Exception {
    Path file =
        file(
            "# a comment",
            "",
            "name: n9",
            "data-dir = /from-file",
            "exit-with-stdin: true",
            "listen-client: \"127.0.0.1:9\"",
            "initial-cluster: n9=127.0.0.1:1");
    ServerConfig config = parse("--config-file", file.toString(), "--data-dir", "/from-flag");
    assertThat(config.self()).isEqualTo(new NodeId("n9"));
    assertThat(config.dataDir()).isEqualTo(Path.of("/from-flag"));
    assertThat(config.listenClient().port()).isEqualTo(9);
    assertThat(config.exitWithStdin()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "--data-dri=/d | unknown option '--data-dri=/d'; did you mean --data-dir?",
        "--data-dir=/d --qwertyuiop | unknown option '--qwertyuiop'",
        "--name=n1 | --data-dir must be given",
        "--data-dir=/d --listen-client=nowhere | 'nowhere' is not an address of the form host:port",
        "--data-dir=/d --listen-client=h:70000 | 'h:70000' is not an address of the form host:port",
        "--data-dir=/d --listen-client=::1:5 | '::1:5' is not an address of the form host:port",
        "--data-dir=/d --initial-cluster=n1 | 'n1' is not of the form name=host:port",
        "--data-dir=/d --initial-cluster=n1=h:1,n1=h:2 | 'n1' is given twice",
        "--data-dir=/d --initial-cluster=n2=h:1 | --name n1 is not in --initial-cluster, which has [n2]",
        "--data-dir=/d --heartbeat-interval=x | 'x' is not an int",
        "--data-dir=/d --heartbeat-interval=0 | --heartbeat-interval must be at least 1 ms",
        "--data-dir=/d --election-timeout=499 | --election-timeout (499 ms) must be at least 5 times --heartbeat-interval (100 ms)",
        "--data-dir=/d --election-timeout=60000 | --election-timeout must be at most 50000 ms",
        "--data-dir=/d --log-level=loud | 'loud' is not one of error, warn, info, debug, trace",
        "--data-dir=/d --config-file=/no/such/file | /no/such/file: no such file"
      })
  void saysWhatIsWrong(String line, String message) {
    assertThatThrownBy(() -> parse(line.split(" ")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "hearbeat-interval: 5 | :2: unknown key 'hearbeat-interval'; did you mean heartbeat-interval?",
        "help: true | :2: unknown key 'help'",
        "just words | :2: expected 'key: value', found 'just words'",
        "data-dir: /other | :2: 'data-dir' is given twice"
      })
  void saysWhichLineOfTheFileIsWrong(String line, String message) throws Exception {
    Path file = file("data-dir: /d", line);
    assertThatThrownBy(() -> parse("--config-file=" + file))
        .isInstanceOf(ConfigException.class)
        .hasMessage(file + message);
  }

  @Test
  void printsHelp() throws Exception {
    assertThat(
            new Arguments()
                .parse(List.of("--help"), new PrintStream(out, true, StandardCharsets.UTF_8)))
        .isEmpty();
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("--data-dir", "--deviation");
  }

  private ServerConfig parse(String... args) throws ConfigException {
    return new Arguments()
        .parse(List.of(args), new PrintStream(out, true, StandardCharsets.UTF_8))
        .orElseThrow();
  }

  private Path file(String... lines) throws Exception {
    return Files.write(dir.resolve("server.conf"), List.of(lines));
  }
}

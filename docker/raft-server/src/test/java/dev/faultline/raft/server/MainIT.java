package dev.faultline.raft.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The process as a harness sees it: its first line, its exit codes, what it says when it refuses.
 */
@Timeout(120)
class MainIT {

  @TempDir Path dir;

  private final List<ServerProcess> started = new ArrayList<>();

  @AfterEach
  void stop() {
    started.forEach(ServerProcess::close);
  }

  @Test
  void endsCleanlyWhenItIsTerminated() throws Exception {
    ServerProcess server = start("--data-dir=" + dir);
    assertThat(server.awaitReady().port()).isPositive();
    server.terminate();
    assertThat(server.awaitExit()).isZero();
    assertThat(server.output()).doesNotContain("Exception");
  }

  @Test
  void endsWithItsStandardInput() throws Exception {
    ServerProcess server = start("--data-dir=" + dir, "--exit-with-stdin");
    server.awaitReady();
    server.closeInput();
    assertThat(server.awaitExit()).isZero();
  }

  @Test
  void namesAPortThatIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String address = "127.0.0.1:" + taken.getLocalPort();
      for (String flag : List.of("--listen-client", "--listen-peer", "--listen-metrics")) {
        ServerProcess server = start("--data-dir=" + dir, flag + "=" + address);
        assertThat(server.awaitExit()).isEqualTo(4);
        assertThat(server.output()).contains("address already in use: " + address);
      }
    }
  }

  @Test
  void refusesADataDirectoryThatIsInUse() throws Exception {
    start("--data-dir=" + dir).awaitReady();
    ServerProcess second = start("--data-dir=" + dir);
    assertThat(second.awaitExit()).isEqualTo(4);
    assertThat(second.output()).contains("in use by another server");
  }

  @Test
  void refusesADataDirectoryFullOfGarbage() throws Exception {
    ServerProcess first = start("--data-dir=" + dir);
    first.awaitReady();
    first.terminate();
    first.awaitExit();
    overwriteLargestFile(dir);
    ServerProcess second = start("--data-dir=" + dir);
    assertThat(second.awaitExit()).isEqualTo(4);
    assertThat(second.output()).contains(dir.toString()).doesNotContain("\tat ");
  }

  @Test
  void refusesArgumentsThatMakeNoSense() throws Exception {
    ServerProcess misspelt = start("--data-dir=" + dir, "--heartbeat-intervall=5");
    ServerProcess unknown = start("--data-dir=" + dir, "--deviation=forget-votes");
    assertThat(misspelt.awaitExit()).isEqualTo(254);
    assertThat(misspelt.output()).contains("did you mean --heartbeat-interval?");
    assertThat(unknown.awaitExit()).isEqualTo(254);
    assertThat(unknown.output()).contains("did you mean forget-vote?", "leader-local-read");
  }

  @Test
  void isLoudAboutADeviation() throws Exception {
    ServerProcess server = start("--data-dir=" + dir, "--deviation=leader-local-read");
    server.awaitReady();
    assertThat(server.output())
        .contains("THIS SERVER IS BROKEN ON PURPOSE: deviation leader-local-read")
        .contains("WARN");
  }

  private ServerProcess start(String... arguments) throws IOException {
    List<String> all =
        new ArrayList<>(List.of("--listen-client=127.0.0.1:0", "--listen-peer=127.0.0.1:0"));
    for (String argument : arguments) {
      all.removeIf(other -> sameFlag(other, argument));
      all.add(argument);
    }
    ServerProcess process = ServerProcess.start(all);
    started.add(process);
    return process;
  }

  private static boolean sameFlag(String one, String other) {
    return one.split("=", 2)[0].equals(other.split("=", 2)[0]);
  }

  private static void overwriteLargestFile(Path dir) throws IOException {
    try (Stream<Path> files = Files.walk(dir)) {
      Path largest =
          files
              .filter(Files::isRegularFile)
              .max((a, b) -> Long.compare(a.toFile().length(), b.toFile().length()))
              .orElseThrow();
      Files.write(
          largest,
          "garbage in place of a log, longer than any header of one"
              .getBytes(StandardCharsets.UTF_8));
    }
  }
}

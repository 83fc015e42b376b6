package dev.faultline.raft.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
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
  void isLoudAboutADeviationAndEndsWithItsStandardInput() throws Exception {
    ServerProcess server =
        start("--data-dir=" + dir, "--deviation=leader-local-read", "--exit-with-stdin");
    server.awaitReady();
    assertThat(server.output())
        .contains("THIS SERVER IS BROKEN ON PURPOSE: deviation leader-local-read")
        .contains("WARN");
    server.closeInput();
    assertThat(server.awaitExit()).isZero();
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void leavesInterruptsToItsOwner() throws Exception {
    ServerProcess server = start("--data-dir=" + dir, "--exit-with-stdin");
    server.awaitReady();
    server.interrupt();
    await().during(Duration.ofMillis(500)).until(server::isAlive);
    server.closeInput();
    assertThat(server.awaitExit()).isZero();
    assertThat(server.output()).contains("standard input has ended");
  }

  private ServerProcess start(String... arguments) throws IOException {
    List<String> all =
        new ArrayList<>(List.of("--listen-client=127.0.0.1:0", "--listen-peer=127.0.0.1:0"));
    all.addAll(List.of(arguments));
    ServerProcess process = ServerProcess.start(all);
    started.add(process);
    return process;
  }
}

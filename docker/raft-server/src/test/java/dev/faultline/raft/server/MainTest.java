package dev.faultline.raft.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.raft.core.RaftPolicy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way not to start. */
@Timeout(60)
class MainTest {

  @TempDir Path dir;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @ParameterizedTest
  @ValueSource(strings = {"--listen-client", "--listen-peer", "--listen-metrics"})
  void namesAPortThatIsTaken(String flag) throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String address = "127.0.0.1:" + taken.getLocalPort();
      assertThat(run("--data-dir=" + dir, flag + "=" + address)).isEqualTo(ExitCode.CANNOT_START);
      assertThat(errors()).isEqualTo("raft-server: address already in use: " + address + "\n");
    }
    // What had been started before is closed again: the directory is free.
    startNode().close();
  }

  @Test
  void refusesADataDirectoryThatIsInUse() throws Exception {
    try (NodeServer _ = startNode()) {
      assertThat(run("--data-dir=" + dir)).isEqualTo(ExitCode.CANNOT_START);
      assertThat(errors()).contains(dir.toString(), "in use by another server");
    }
  }

  @Test
  void namesTheDataDirectoryThatItCannotMake() throws Exception {
    Path file = Files.writeString(dir.resolve("file"), "in the way");
    assertThat(run("--data-dir=" + file.resolve("data"))).isEqualTo(ExitCode.CANNOT_START);
    assertThat(errors()).contains("the data directory " + file.resolve("data"));
  }

  @Test
  void refusesADataDirectoryFullOfGarbage() throws Exception {
    startNode().close();
    Files.writeString(largestFile(), "garbage in place of a log, longer than any header of one");
    assertThat(run("--data-dir=" + dir)).isEqualTo(ExitCode.CORRUPT_LOG);
    assertThat(errors()).contains(largestFile().getFileName().toString()).doesNotContain("\tat ");
  }

  @Test
  void refusesArgumentsThatMakeNoSense() {
    assertThat(run("--data-dir=" + dir, "--heartbeat-intervall=5")).isEqualTo(ExitCode.USAGE);
    assertThat(errors()).contains("did you mean --heartbeat-interval?");
  }

  @Test
  void refusesADeviationThatItDoesNotKnow() {
    assertThat(run("--data-dir=" + dir, "--deviation=forget-votes")).isEqualTo(ExitCode.USAGE);
    assertThat(errors()).contains("did you mean forget-vote?", "leader-local-read");
  }

  @Test
  void hasAnExitCodeWhateverIsThrown() {
    PrintStream full =
        new PrintStream(out, true, StandardCharsets.UTF_8) {
          @Override
          public void write(byte[] bytes, int offset, int length) {
            throw new OutOfMemoryError("no room for it");
          }
        };
    Main main =
        new Main(
            InputStream.nullInputStream(),
            full,
            new PrintStream(err, true, StandardCharsets.UTF_8));
    assertThat(main.run(List.of("--help"))).isEqualTo(ExitCode.INTERNAL);
    assertThat(errors()).contains("internal error", "no room for it");
  }

  @Test
  void helps() {
    assertThat(run("--help")).isEqualTo(ExitCode.OK);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("--initial-cluster", "the log is corrupt");
  }

  /** Runs main to its end; with arguments that it accepts, it would not end. */
  private int run(String... arguments) {
    return new Main(
            InputStream.nullInputStream(),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8))
        .run(withFreePorts(arguments));
  }

  private static List<String> withFreePorts(String... arguments) {
    List<String> all =
        new ArrayList<>(List.of("--listen-client=127.0.0.1:0", "--listen-peer=127.0.0.1:0"));
    for (String argument : arguments) {
      all.removeIf(other -> flag(other).equals(flag(argument)));
      all.add(argument);
    }
    return all;
  }

  private static String flag(String argument) {
    return argument.split("=", 2)[0];
  }

  private NodeServer startNode() throws Exception {
    ServerConfig config =
        new Arguments()
            .parse(
                withFreePorts("--data-dir=" + dir),
                new PrintStream(out, true, StandardCharsets.UTF_8))
            .orElseThrow();
    return NodeServer.start(
        config,
        "",
        new RaftPolicy(),
        (message, cause) -> {
          throw new AssertionError(message, cause);
        });
  }

  private Path largestFile() throws IOException {
    try (Stream<Path> files = Files.walk(dir)) {
      return files
          .filter(Files::isRegularFile)
          .max(Comparator.comparingLong(file -> file.toFile().length()))
          .orElseThrow();
    }
  }

  private String errors() {
    return err.toString(StandardCharsets.UTF_8);
  }
}

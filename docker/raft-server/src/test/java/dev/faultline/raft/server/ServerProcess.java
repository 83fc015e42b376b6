package dev.faultline.raft.server;

import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * A server in a process of its own, started from the class path of the tests. It ends with the
 * tests, whatever becomes of them, since its standard input is a pipe that ends with them.
 */
final class ServerProcess implements AutoCloseable {

  private static final Duration START_TIMEOUT = Duration.ofSeconds(30);
  private static final long END_TIMEOUT_SECONDS = 30;
  private static final String READY = "ready to serve client requests on ";

  private final Process process;
  private final List<String> output = new CopyOnWriteArrayList<>();
  private final Thread reader;

  private ServerProcess(Process process) {
    this.process = process;
    this.reader = Thread.ofVirtual().start(this::readOutput);
  }

  static ServerProcess start(List<String> arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx96m",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    command.addAll(arguments);
    return new ServerProcess(new ProcessBuilder(command).redirectErrorStream(true).start());
  }

  private void readOutput() {
    try (BufferedReader lines = process.inputReader()) {
      lines.lines().forEach(output::add);
    } catch (IOException | UncheckedIOException e) {
      // The pipe of a killed process may break in the middle of a line.
      output.add("(output ends: " + e.getMessage() + ")");
    }
  }

  /** Waits until the server serves, and returns where. */
  HostPort awaitReady() {
    await()
        .atMost(START_TIMEOUT)
        .until(
            () -> !process.isAlive() || output.stream().anyMatch(line -> line.startsWith(READY)));
    return output.stream()
        .filter(line -> line.startsWith(READY))
        .map(line -> HostPort.parse(line.substring(READY.length())))
        .findFirst()
        .orElseThrow(() -> new AssertionError("the server has ended: " + output));
  }

  /** Waits until the process has ended, and returns its exit code. */
  int awaitExit() throws InterruptedException {
    if (!process.waitFor(END_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("the server still runs: " + output);
    }
    reader.join();
    return process.exitValue();
  }

  /** Returns what it has printed so far, errors included. */
  String output() {
    return String.join("\n", output);
  }

  long pid() {
    return process.pid();
  }

  /** Asks it to end: SIGTERM. */
  void terminate() {
    process.destroy();
  }

  /** Interrupts it, as Ctrl-C in a terminal does: SIGINT. */
  void interrupt() throws IOException, InterruptedException {
    int failed = new ProcessBuilder("kill", "-INT", String.valueOf(pid())).start().waitFor();
    if (failed != 0) {
      throw new AssertionError("kill failed: " + failed);
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Ends its standard input. */
  void closeInput() throws IOException {
    process.getOutputStream().close();
  }

  /** Kills it, SIGKILL, and waits until it is dead. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  @Override
  public void close() {
    kill();
  }
}

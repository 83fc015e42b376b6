package dev.faultline.harness.process;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Takes away what harnesses that were killed have left behind.
 *
 * <p>It touches only what stands in the {@linkplain RunLedger ledger} of a harness that is dead,
 * and only processes that still have the start time noted there, so runs side by side never meet.
 */
public final class OrphanSweeper {

  /** Start times are computed from the boot time, which a clock adjustment may move a little. */
  private static final long SAME_START_MILLIS = 2_000;

  private static final long GONE_WITHIN_SECONDS = 10;

  private final Path directory;

  /** Makes a sweeper of the ledgers in {@code directory}. */
  public OrphanSweeper(Path directory) {
    this.directory = directory;
  }

  /** Sweeps, and returns a line for each process that was ended. */
  public List<String> sweep() throws IOException {
    List<String> ended = new ArrayList<>();
    if (!Files.isDirectory(directory)) {
      return ended;
    }
    try (DirectoryStream<Path> ledgers = Files.newDirectoryStream(directory, RunLedger::isLedger)) {
      for (Path ledger : ledgers) {
        sweepLedger(ledger, ended);
      }
    }
    return ended;
  }

  private static void sweepLedger(Path ledger, List<String> ended) throws IOException {
    List<Line> lines = new ArrayList<>();
    try {
      for (String text : Files.readAllLines(ledger)) {
        Line.parse(text).ifPresent(lines::add);
      }
    } catch (NoSuchFileException _) {
      return; // Its owner, or another sweeper, was quicker.
    }
    if (lines.isEmpty() || lines.stream().anyMatch(line -> line.isOwner() && line.isAlive())) {
      return;
    }
    for (Line line : lines) {
      if (!line.isOwner() && line.isAlive()) {
        end(line);
        ended.add(line.name() + " (process " + line.pid() + ")");
      }
    }
    Files.deleteIfExists(ledger);
  }

  private static void end(Line line) throws IOException {
    Optional<ProcessHandle> process = ProcessHandle.of(line.pid());
    if (process.isEmpty()) {
      return;
    }
    process.get().destroyForcibly();
    try {
      process.get().onExit().get(GONE_WITHIN_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while process " + line.pid() + " was ending", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException(
          "process " + line.pid() + " (" + line.name() + "), left by an earlier run, does not end",
          e);
    }
  }

  /** One line of a ledger. */
  private record Line(boolean isOwner, long pid, long startMillis, String name) {

    static Optional<Line> parse(String text) {
      String[] words = text.split(" ", 4);
      if (words.length < 3 || !(words[0].equals("owner") || words[0].equals("process"))) {
        return Optional.empty(); // A remark, or torn when the harness was killed.
      }
      try {
        return Optional.of(
            new Line(
                words[0].equals("owner"),
                Long.parseLong(words[1]),
                Long.parseLong(words[2]),
                words.length > 3 ? words[3] : ""));
      } catch (NumberFormatException _) {
        return Optional.empty();
      }
    }

    boolean isAlive() {
      OptionalLong start = ProcessTable.startTime(pid);
      return start.isPresent() && Math.abs(start.getAsLong() - startMillis) <= SAME_START_MILLIS;
    }
  }
}
